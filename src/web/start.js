// Downloads and starts the program, the app's WebAssembly. `index.html` preloads its two files under the names that the build
// gave them.
"use strict";
{
  // After this time without any data, a notice appears and the download starts again.
  const PATIENCE = 15_000;
  // Pauses before the second and the third try.
  const PAUSES = [250, 750];
  // If failure.js is missing, the program starts without it.
  const sextant = window.sextant ?? minimal();

  /** A minimal replacement for failure.js. */
  function minimal() {
    const show = () => document.querySelector("#shell .loading")?.replaceChildren("Sextant could not start. Reload the page.");
    return { TEXTS: { slow: "Still loading." }, fail: show, stop: show };
  }
  // The program removes it.
  const loading = document.querySelector("#shell .loading");
  const text = loading?.textContent;

  let silence;
  let download = new AbortController();

  /** Starts to wait for data. */
  function wait() {
    clearTimeout(silence);
    silence = setTimeout(() => {
      download.abort();
      download = new AbortController();
      loading?.replaceChildren(sextant.TEXTS.slow);
      loading?.classList.add("slow");
    }, PATIENCE);
  }

  /** Data has arrived. */
  function progress() {
    if (loading && loading.textContent !== text) loading.replaceChildren(text);
    loading?.classList.remove("slow");
    wait();
  }

  /** Tries something up to three times. */
  async function retry(attempt) {
    for (let tried = 0; ; tried += 1) {
      try {
        wait();
        const done = await attempt(tried, download.signal);
        progress();
        return done;
      } catch (error) {
        if (tried === PAUSES.length) throw error;
        console.warn(error);
        await new Promise((resolve) => setTimeout(resolve, PAUSES[tried]));
      }
    }
  }

  // A browser may remember that an import failed, so each further try uses another address.
  const glue = (address) => retry((tried, signal) => Promise.race([
    import(tried ? `${address}?try=${tried + 1}` : address),
    new Promise((_, reject) => signal.addEventListener("abort", () => reject(signal.reason))),
  ]));

  const program = ({ href, integrity }) => retry(async (tried, signal) => {
    // Don't get an incomplete copy from the browser's cache again.
    const response = await fetched(href, { cache: tried ? "reload" : "default", signal });
    // Watch a clone as it arrives. Browsers cache the compiled code only for the response itself.
    const verification = verified(response.clone(), integrity);
    // Compiling reports the same failure.
    verification.catch(() => {});
    // Without the right type the program can't be compiled while it downloads.
    const module = await (response.headers.get("content-type") === "application/wasm"
      ? WebAssembly.compileStreaming(response)
      : WebAssembly.compile(await response.arrayBuffer()));
    await verification;
    return module;
  });

  /** The host's response, or the offline copy's, which a tab that has no worker yet doesn't get by itself. */
  async function fetched(href, options) {
    try {
      const response = await fetch(href, options);
      if (!response.ok) throw new DOMException(`${href} answered ${response.status}`, "NetworkError");
      return response;
    } catch (error) {
      const copy = await window.caches?.match(href).catch(() => undefined);
      if (!copy) throw error;
      return copy;
    }
  }

  /** A part of the program. The parts' loader, in the program's script, calls this. */
  sextant.part = (href, integrity) => program({ href, integrity });

  /**
   * Rejects a response that differs from what the build wrote. With the hash as an argument of `fetch` the browser would
   * check it too, but deliver nothing until everything has arrived. Then the program couldn't be compiled while it
   * downloads, and a slow host would look like a dead one.
   */
  async function verified(response, integrity) {
    const parts = [];
    await response.body.pipeTo(new WritableStream({ write: (part) => { parts.push(part); progress(); } }));
    // A page loaded without https has no `subtle`, and an unsealed build may have no hash.
    if (!integrity || !window.crypto?.subtle) return;
    const hash = await crypto.subtle.digest("SHA-384", await new Blob(parts).arrayBuffer());
    if (integrity !== `sha384-${btoa(String.fromCharCode(...new Uint8Array(hash)))}`) throw new Error("the program's hash differs from the one in the page");
  }

  // If no file arrived, fetch and import reject with one of these. Compiling something else rejects with other errors.
  const isAbsence = (error) => error instanceof TypeError || error instanceof DOMException;

  async function start() {
    if (!window.WebAssembly?.compileStreaming) {
      sextant.fail("noWebAssembly", new Error("no WebAssembly"));
      return;
    }
    let parts;
    try {
      const [js, wasm] = ["link[rel=modulepreload]", "link[type='application/wasm']"].map((link) => document.querySelector(link));
      parts = await Promise.all([glue(js.href), program(wasm)]);
    } catch (error) {
      sextant.fail(isAbsence(error) ? "unreachable" : "damaged", error);
      return;
    }
    const [{ default: init }, module_or_path] = parts;
    // Something else may have failed in the meantime.
    if (sextant.failed) return;
    try {
      await init({ module_or_path });
    } catch (error) {
      // The two files are from different builds, or the glue isn't a module.
      if (error instanceof WebAssembly.LinkError || typeof init !== "function") sextant.fail("damaged", error);
      else sextant.stop(error);
    }
  }

  /** Shows, until the reader moves on, that boot.js opened the start page instead of the page in the address. */
  function showRestarted(hash) {
    const { element, TEXTS } = sextant;
    const text = element("p", {}, TEXTS.restarted, " ", element("a", { href: hash }, TEXTS.back));
    const notice = element("div", { className: "notices", role: "status" }, text);
    // The program adds its elements to the body when it has the catalog.
    new MutationObserver((_, observer) => {
      const main = document.getElementById("shell") ? null : document.getElementById("main");
      if (!main) return;
      observer.disconnect();
      main.before(notice);
    }).observe(document.body, { childList: true });
    addEventListener("hashchange", () => notice.remove(), { once: true });
  }

  /** Loads a shard beside the program, which then begins a quiz with a question from it. */
  function preloadShard() {
    const shards = document.querySelector("meta[name=shards]")?.content.split(" ").filter(Boolean) ?? [];
    const href = shards[Math.floor(Math.random() * shards.length)];
    if (href) document.head.append(Object.assign(document.createElement("link"), { id: "shard", rel: "preload", as: "fetch", crossOrigin: "", href }));
  }

  // A page that was opened as a file says so itself, but some browsers run its scripts nevertheless.
  if (location.protocol.startsWith("http")) {
    preloadShard();
    // The offline copy must not compete with the program for bandwidth. A program that fails to start needs updates too.
    start().finally(() => sextant.offline?.begin());
  }
  const { crashedAt } = document.documentElement.dataset;
  if (crashedAt) showRestarted(crashedAt);
}
