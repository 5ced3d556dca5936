// Keeps one release whole in this browser, so that it works offline and never meets a file of another release.
//
// The browser installs it when these bytes change: it then fetches what changed, in the background, and waits. Only
// when every tab of the earlier release is gone, or src/web/offline.js says that none is in the midst of something, it takes over.
"use strict";

// The build fills in both: the release's name, and every file that it needs with the hash of its content. The empty
// path is the page itself.
const RELEASE = "";
const FILES = [];

const HASHES = new Map(FILES);
const SCOPE = registration.scope;
// As in src/web/rescue.js: a host's origin is shared with other programs.
const PREFIX = `sextant:${new URL(SCOPE).pathname}:`;
const CACHE = PREFIX + RELEASE;
// Holds the name of the release that took over last.
const LOG = `${PREFIX}active`;
const AT_ONCE = 4;
// A file that takes longer is asked for once more, and then this release is given up until the next look.
const PATIENCE = 60_000;

addEventListener("install", (event) => event.waitUntil(install()));
addEventListener("activate", (event) => event.waitUntil(activate()));

addEventListener("message", ({ data, ports: [port] }) => {
  if (data === "release") port?.postMessage(RELEASE);
  if (data === "activate") skipWaiting();
});

addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method !== "GET" || !request.url.startsWith(SCOPE)) return;
  const path = request.url.slice(SCOPE.length).replace(/[?#].*/s, "");
  if (request.mode === "navigate") {
    // Folders below may hold other programs.
    if (path === "" || path === "index.html") event.respondWith(page(request));
  } else if (HASHES.has(path) || isHashed(path)) {
    event.respondWith(file(path));
  }
});

/** Whether a file's name holds a hash of its content, so that every release means the same by it. */
function isHashed(path) {
  return /-[0-9a-f]{16}\.\w+$/.test(path);
}

/** Fetches what is missing of this release. One file that fails, fails all. */
async function install() {
  const left = FILES.values();
  const fetchOnes = async () => {
    for (const [path, hash] of left) await keep(path, hash);
  };
  // To the end of each: nothing may write to a cache that is given up.
  const ends = await Promise.allSettled(Array.from({ length: AT_ONCE }, fetchOnes));
  const failed = ends.find(({ status }) => status === "rejected");
  if (!failed) return;
  // WebKit loses what the next try would add to it. The browser's own cache still has what arrived.
  await caches.delete(CACHE);
  throw failed.reason;
}

async function keep(path, hash) {
  const cache = await caches.open(CACHE);
  if (await cache.match(SCOPE + path)) return;
  const copy = isHashed(path) ? await kept(path) : undefined;
  await cache.put(SCOPE + path, copy ?? await fetched(path, hash));
}

/** A file from the host, or a rejection: what is answered must be what the build wrote, to the last byte. */
async function fetched(path, integrity) {
  const attempt = async (cache) => {
    const signal = AbortSignal.timeout(PATIENCE);
    const response = await fetch(SCOPE + path, { integrity, cache, signal, redirect: "error", priority: "low" });
    if (response.status !== 200) throw new TypeError(`${path} answered ${response.status}`);
    return response;
  };
  try {
    return await attempt(isHashed(path) ? "default" : "no-cache");
  } catch {
    // A damaged copy must not come from the browser's own cache again.
    return await attempt("reload");
  }
}

/** A file that any release here has under a name which holds its hash. */
async function kept(path) {
  for (const name of [CACHE, ...await ours()]) {
    const found = await caches.match(SCOPE + path, { cacheName: name, ignoreVary: true });
    if (found) return found;
  }
  return undefined;
}

/** The caches of this folder. */
async function ours() {
  return (await caches.keys()).filter((name) => name.startsWith(PREFIX));
}

/** Keeps the release before, from which open tabs may still need a file, and deletes those before it. */
async function activate() {
  const log = await caches.open(LOG);
  const before = await (await log.match(SCOPE))?.text();
  const needed = [CACHE, LOG, PREFIX + before];
  // What a newer one has fetched so far has a name that is not known here; then all of it stays until the next time.
  const old = registration.installing ? [] : (await ours()).filter((name) => !needed.includes(name));
  await Promise.all(old.map((name) => caches.delete(name)));
  await log.put(SCOPE, new Response(RELEASE));
}

/** The page of this release; from the host where the browser lost the copy. */
async function page(request) {
  return await caches.match(SCOPE, { cacheName: CACHE, ignoreVary: true }) ?? fetch(request);
}

async function file(path) {
  const own = await caches.match(SCOPE + path, { cacheName: CACHE, ignoreVary: true });
  if (own) return own;
  const copy = isHashed(path) ? await kept(path) : undefined;
  return copy ?? fetch(SCOPE + path, HASHES.has(path) ? { integrity: HASHES.get(path) } : {});
}
