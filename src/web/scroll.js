// Back, Forward and Reload return to where the reader was on the page. Any other page starts at its top.
"use strict";
{
  // The browser would restore the position before the program has drawn the page.
  history.scrollRestoration = "manual";
  const KEY = `${window.sextant.rescue.prefix}scroll`;
  // Where the reader was on the page of each entry of the history.
  const positions = stored();
  let entry = current();
  // Watches the page grow while the program draws it, until the reader does something.
  let growth;
  let goal = 0;

  function stored() {
    try {
      return JSON.parse(sessionStorage.getItem(KEY)) ?? {};
    } catch {
      // Without storage, positions last until the page is reloaded.
      return {};
    }
  }

  /** The id of the current entry of the history, which gets one if it is new. */
  function current() {
    if (history.state?.entry) return history.state.entry;
    const id = `${Date.now()}-${Math.random()}`;
    try {
      history.replaceState({ entry: id }, "");
    } catch {
      // A browser may limit how often it can be called. Then Back leads to the top of this page.
    }
    return id;
  }

  /** Notes where the reader is on the page that is being left. */
  function note() {
    positions[entry] = growth ? goal : scrollY;
  }

  function go(position) {
    settle();
    goal = position;
    scrollTo(0, goal);
    if (goal > 0) {
      growth = new ResizeObserver(() => scrollTo(0, goal));
      growth.observe(document.documentElement);
    }
  }

  function settle() {
    growth?.disconnect();
    growth = undefined;
  }

  for (const type of ["wheel", "touchstart", "pointerdown", "keydown", "click"]) addEventListener(type, settle, { capture: true, passive: true });
  addEventListener("hashchange", () => {
    const arrived = current();
    // After several quick moves there is an event for each of them, but all arrive at the last one.
    if (arrived === entry) return;
    note();
    entry = arrived;
    go(positions[entry] ?? 0);
  });
  addEventListener("pagehide", () => {
    note();
    try {
      sessionStorage.setItem(KEY, JSON.stringify(positions));
    } catch {
      // As above.
    }
  });
  go(positions[entry] ?? 0);
}
