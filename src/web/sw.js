// Caches one whole release, so that it works offline and never mixes with files of another release.
//
// The browser installs this worker when its bytes change. It then downloads the changed files in the background and waits.
// It takes over when every tab of the earlier release is closed, or when src/web/offline.js says that no tab is busy.
"use strict";

// The build fills in both: the name of the release, and all its files with their hashes. The empty path is the page.
const RELEASE = "";
const FILES = [];

const HASHES = new Map(FILES);
const SCOPE = registration.scope;
// As in src/web/rescue.js. Other apps may share the origin.
const PREFIX = `sextant:${new URL(SCOPE).pathname}:`;
const CACHE = PREFIX + RELEASE;
// The cache that records which release took over last.
const LOG = `${PREFIX}active`;
const PARALLEL = 4;
// A file that takes longer is requested once more. If that fails too, the release is abandoned until the next check.
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
    // Subfolders may contain other apps.
    if (path === "" || path === "index.html") event.respondWith(page(request));
  } else if (HASHES.has(path) || isHashed(path)) {
    event.respondWith(file(path));
  }
});

/** Whether the name contains a hash of the content, so that it means the same file in every release. */
function isHashed(path) {
  return /-[0-9a-f]{16}\.\w+$/.test(path);
}

/** Downloads the missing files of this release. If one file fails, the installation fails. */
async function install() {
  const remaining = FILES.values();
  const storeRemaining = async () => {
    for (const [path, hash] of remaining) await store(path, hash);
  };
  // Wait for all of them, so that nothing writes to a cache that is being deleted.
  const results = await Promise.allSettled(Array.from({ length: PARALLEL }, storeRemaining));
  const failed = results.find(({ status }) => status === "rejected");
  if (!failed) return;
  // WebKit would lose what the next try adds to it. The browser's HTTP cache still has the files that arrived.
  await caches.delete(CACHE);
  throw failed.reason;
}

async function store(path, hash) {
  const cache = await caches.open(CACHE);
  if (await cache.match(SCOPE + path)) return;
  const copy = isHashed(path) ? await cached(path) : undefined;
  await cache.put(SCOPE + path, copy ?? await download(path, hash));
}

/** Downloads a file, and rejects if it differs from what the build wrote. */
async function download(path, integrity) {
  const attempt = async (cache) => {
    const signal = AbortSignal.timeout(PATIENCE);
    const response = await fetch(SCOPE + path, { integrity, cache, signal, redirect: "error", priority: "low" });
    if (response.status !== 200) throw new TypeError(`${path} answered ${response.status}`);
    return response;
  };
  try {
    return await attempt(isHashed(path) ? "default" : "no-cache");
  } catch {
    // Don't get a damaged copy from the browser's HTTP cache again.
    return await attempt("reload");
  }
}

/** A file with a hashed name, from the cache of any release. */
async function cached(path) {
  for (const name of [CACHE, ...await ownCaches()]) {
    const found = await caches.match(SCOPE + path, { cacheName: name, ignoreVary: true });
    if (found) return found;
  }
  return undefined;
}

/** The caches of this folder. */
async function ownCaches() {
  return (await caches.keys()).filter((name) => name.startsWith(PREFIX));
}

/** Deletes old releases, except for the previous one, whose files open tabs may still need. */
async function activate() {
  const log = await caches.open(LOG);
  const before = await (await log.match(SCOPE))?.text();
  const needed = [CACHE, LOG, PREFIX + before];
  // A newer release that is being installed has an unknown name, so delete nothing until the next time.
  const old = registration.installing ? [] : (await ownCaches()).filter((name) => !needed.includes(name));
  await Promise.all(old.map((name) => caches.delete(name)));
  await log.put(SCOPE, new Response(RELEASE));
}

/** The page of this release, or from the host if the browser has lost the copy. */
async function page(request) {
  return await caches.match(SCOPE, { cacheName: CACHE, ignoreVary: true }) ?? fetch(request);
}

async function file(path) {
  const own = await caches.match(SCOPE + path, { cacheName: CACHE, ignoreVary: true });
  if (own) return own;
  const copy = isHashed(path) ? await cached(path) : undefined;
  return copy ?? fetch(SCOPE + path, HASHES.has(path) ? { integrity: HASHES.get(path) } : {});
}
