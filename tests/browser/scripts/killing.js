// Answers at a reader's pace until the browser is killed. Needs take.js.

/** Starts answering, with a pause before each answer. `window.heard` lists the acknowledged answers and their times. */
const startAnswering = thought => {
  window.heard = [];
  window.hears = () => {};
  const names = new Set();
  take(window, async what => {
    const name = acknowledged(window);
    if (name && !names.has(name)) {
      names.add(name);
      heard.push([name, Date.now()]);
      hears();
    }
    if (what === "filled") await new Promise(done => setTimeout(done, thought));
  }).catch(error => {
    window.failed = String(error);
    hears();
  });
};

/** Resolves when a number of answers has been acknowledged. */
const waitFor = count => new Promise((done, fail) => {
  window.hears = () => {
    if (window.failed) fail(window.failed);
    else if (heard.length >= count) done();
  };
  hears();
});
