// Fetches the program and starts it. `index.html` preloads both of its files, and the build writes their names there.
"use strict";
{
  // So long nothing may come before the reader is told and what is under way is tried anew.
  const PATIENCE = 15_000;
  // Pauses before the second and the third try.
  const PAUSES = [250, 750];
  // failure.js may be what is missing: then the program starts without it.
  const sextant = window.sextant ?? bare();

  /** The least that can be told without failure.js. */
  function bare() {
    const tell = () => document.querySelector("#shell .loading")?.replaceChildren("Sextant could not start. Reload the page.");
    return { TEXTS: { slow: "Still loading." }, fail: tell, stop: tell };
  }
  // The program takes it away.
  const loading = document.querySelector("#shell .loading");
  const text = loading?.textContent;

  let silence;
  let underWay = new AbortController();

  /** Begins to wait for something to come. */
  function wait() {
    clearTimeout(silence);
    silence = setTimeout(() => {
      underWay.abort();
      underWay = new AbortController();
      loading?.replaceChildren(sextant.TEXTS.slow);
    }, PATIENCE);
  }

  /** Something came. */
  function progress() {
    if (loading && loading.textContent !== text) loading.replaceChildren(text);
    wait();
  }

  /** Does something up to three times. */
  async function insist(attempt) {
    for (let tried = 0; ; tried += 1) {
      try {
        wait();
        const done = await attempt(tried, underWay.signal);
        progress();
        return done;
      } catch (error) {
        if (tried === PAUSES.length) throw error;
        console.warn(error);
        await new Promise((resolve) => setTimeout(resolve, PAUSES[tried]));
      }
    }
  }

  // A browser may remember that an address failed, so each further try has another.
  const glue = (address) => insist((tried, signal) => Promise.race([
    import(tried ? `${address}?try=${tried + 1}` : address),
    new Promise((_, reject) => signal.addEventListener("abort", () => reject(signal.reason))),
  ]));

  const program = ({ href, integrity }) => insist(async (tried, signal) => {
    // A copy that was cut short must not come from the browser's cache again.
    const response = await fetch(href, { cache: tried ? "reload" : "default", signal });
    if (!response.ok) throw new DOMException(`${href} answered ${response.status}`, "NetworkError");
    // A copy is watched as it arrives: of the response itself browsers keep what they compiled, for the next visit.
    const whole = verified(response.clone(), integrity);
    // What goes wrong while it arrives, compiling tells as well.
    whole.catch(() => {});
    // Some hosts do not know the type, without which there is no compiling while it arrives.
    const module = await (response.headers.get("content-type") === "application/wasm"
      ? WebAssembly.compileStreaming(response)
      : WebAssembly.compile(await response.arrayBuffer()));
    await whole;
    return module;
  });

  /**
   * Rejects what is not, to the last byte, what the build wrote. The browser would do so too if `fetch` were given the
   * hash, but hand over nothing before all has arrived: no compiling meanwhile, and nothing to tell slow from silent by.
   */
  async function verified(response, integrity) {
    const parts = [];
    await response.body.pipeTo(new WritableStream({ write: (part) => { parts.push(part); progress(); } }));
    // A page that was not fetched safely has no `subtle`, and a build that was not sealed may have no hash.
    if (!integrity || !window.crypto?.subtle) return;
    const hash = await crypto.subtle.digest("SHA-384", await new Blob(parts).arrayBuffer());
    if (integrity !== `sha384-${btoa(String.fromCharCode(...new Uint8Array(hash)))}`) throw new Error("the program is another than the page names");
  }

  // What fetching and importing reject with where no file arrived. Compiling what is no program rejects with anything.
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
    // It may have failed elsewhere in the meantime.
    if (sextant.failed) return;
    try {
      await init({ module_or_path });
    } catch (error) {
      // The two files are of different builds, or the glue is none.
      if (error instanceof WebAssembly.LinkError || typeof init !== "function") sextant.fail("damaged", error);
      else sextant.stop(error);
    }
  }

  /** Tells, until the reader moves on, that boot.js opened the start page instead of what the address named. */
  function tellRestarted(hash) {
    const { element, TEXTS } = sextant;
    const text = element("p", {}, TEXTS.restarted, " ", element("a", { href: hash }, TEXTS.back));
    const notice = element("div", { className: "notices", role: "status" }, text);
    // The program puts its own pieces into the body when it has the catalog.
    new MutationObserver((_, observer) => {
      const main = document.getElementById("main");
      if (!main) return;
      observer.disconnect();
      main.before(notice);
    }).observe(document.body, { childList: true });
    addEventListener("hashchange", () => notice.remove(), { once: true });
  }

  // The offline copy must not compete with the program; and a program that does not start needs its next release all the more.
  start().finally(() => sextant.offline?.begin());
  const { crashedAt } = document.documentElement.dataset;
  if (crashedAt) tellRestarted(crashedAt);
}
