// Makes the app's next look at the clock overflow the stack, in the app's own code: it starts the app again, which asks
// for the page's body, which starts the app again, and so on. A module, so it has ended when it counts as loaded.
const glue = await import(document.querySelector("link[rel=modulepreload]").href);
const { __wbindgen_start: start } = await glue.default();
const { now } = Date;
Date.now = () => {
  if (!new Error().stack.includes("/sextant-")) return now();
  Object.defineProperty(document, "body", { configurable: true, get: start });
  try {
    start();
  } finally {
    delete document.body;
  }
};
