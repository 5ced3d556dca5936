// Makes the app fail, and looks at what its failure screen says.

/** Makes the next creation of an element throw. The view code assumes that it never does, and panics. */
const failNextElement = () => {
  const { createElement } = Document.prototype;
  Document.prototype.createElement = () => {
    Document.prototype.createElement = createElement;
    throw new Error("injected");
  };
};

/** Loads a script from the host: browsers hide errors of scripts that a driver injects. */
const load = src => new Promise(resolve => {
  document.head.append(Object.assign(document.createElement("script"), { type: "module", src, onload: () => resolve() }));
});

/** When the failure screen was shown. */
const shownAt = () => performance.getEntriesByName("failure shown")[0].startTime;

/** How long after the host's last answer for the program the failure screen was shown, in milliseconds. */
const sinceLastAnswer = () => {
  const answers = performance.getEntriesByType("resource").filter(({ name }) => name.includes(".wasm"));
  return shownAt() - Math.max(...answers.map(({ responseEnd }) => responseEnd));
};

/** Notes when something is clicked, for `sinceClick`. */
const noteClicks = () => addEventListener("click", () => { window.clicked = performance.now(); }, { capture: true });

/** How long after the last click the failure screen was shown, in milliseconds. */
const sinceClick = () => shownAt() - window.clicked;

/** Stores a value of the app, one of the same app elsewhere, and one of another app. */
const storeValues = () => {
  localStorage[`sextant:${location.pathname}:1:session:x`] = "{ cut";
  localStorage["sextant:/elsewhere/:1:label"] = "not ours";
  localStorage.other = "not ours";
};

/** Replaces the clipboard, because browsers differ in what they let an automated page copy. */
const replaceClipboard = allows => {
  const writeText = text => {
    window.copied = text;
    return allows ? Promise.resolve() : Promise.reject();
  };
  Object.defineProperty(navigator, "clipboard", { configurable: true, value: { writeText } });
};

/** Stores a theme in the current format and in the first one, or removes it, and reloads. */
const storeThemes = (...themes) => {
  [2, 1].forEach((format, at) => {
    const key = `${sextant.rescue.prefix}${format}:theme`;
    if (themes[at]) localStorage[key] = themes[at];
    else localStorage.removeItem(key);
  });
  window.before = true;
  location.reload();
};

/** Creates a cache of the app and one of another app. */
const createCaches = async () => {
  for (const name of [`sextant:${location.pathname}:1`, "other"]) await caches.open(name);
};

/** Makes the browser refuse to delete caches, or allows it again. */
const refuseToDeleteCaches = refuses => {
  window.deleteCache ??= CacheStorage.prototype.delete;
  CacheStorage.prototype.delete = refuses ? () => Promise.resolve(false) : window.deleteCache;
};

/** Makes unregistering the service worker never end, and shortens the time for which the page waits for it. */
const neverUnregister = () => {
  const { setTimeout } = window;
  window.setTimeout = (then, time, ...rest) => setTimeout(then, Math.min(time, 100), ...rest);
  const scope = new URL("./", document.baseURI).href;
  const unregister = () => new Promise(() => {});
  navigator.serviceWorker.getRegistrations = () => Promise.resolve([{ scope, unregister }]);
};

const reject = reason =>
  dispatchEvent(new PromiseRejectionEvent("unhandledrejection", { reason, promise: Promise.resolve() }));

/** Reports errors that don't come from the app's files. */
const failElsewhere = () => {
  const report = error => dispatchEvent(new ErrorEvent("error", error));
  const extension = "moz-extension://x/y.js";
  const error = new Error("theirs");
  error.stack = `f@${extension}:1:1`;
  report({ message: "Script error." });
  report({ message: "ResizeObserver loop completed with undelivered notifications.", filename: location.href });
  report({ message: "theirs", filename: extension, error });
  report({ message: "injected", filename: location.href, error: new Error("injected") });
  for (const reason of [new DOMException("skipped", "AbortError"), error, "nothing", undefined]) reject(reason);
};

/** Reports an error that comes from one of the app's files. */
const failHere = () => {
  const error = new Error("ours");
  error.stack = `f@${document.querySelector("link[rel=modulepreload]").href}:1:1`;
  reject(error);
};

/** Makes the parts of the program not arrive, arrive damaged, or arrive again. */
const breakParts = (how) => {
  window.wholeFetch ??= window.fetch;
  const { wholeFetch } = window;
  const type = { headers: { "content-type": "application/wasm" } };
  // The offline copy would take the host's place.
  window.wholeMatch ??= CacheStorage.prototype.match;
  CacheStorage.prototype.match = how === "no longer" ? window.wholeMatch : async () => undefined;
  window.fetch = (address, ...rest) => {
    if (!String(address).includes("/parts/") || how === "no longer") return wholeFetch(address, ...rest);
    return how === "away" ? Promise.reject(new TypeError("away")) : Promise.resolve(new Response("damaged", type));
  };
};
