// What readers, browsers and other programs do to the app in use.

/** Makes the clock show another time from now on. */
const shiftClock = (by) => {
  window.rightNow ??= Date.now;
  Date.now = () => window.rightNow.call(Date) + by;
};

/** Makes the reader's day differ from the day in Greenwich, as in Auckland in the morning. */
const moveToAuckland = () => {
  Date.prototype.getFullYear = () => 2031;
  Date.prototype.getMonth = () => 2;
  Date.prototype.getDate = () => 4;
};

/** Resolves after some turns of the event loop, in which the app does all that it can do without waiting. */
const turns = async () => {
  for (let turn = 0; turn < 20; turn += 1) await new Promise((resolve) => { setTimeout(resolve); });
};

/** Makes what the app waits for slow, downloads only if asked to. `window.release()` lets it arrive, and resolves when the app has reacted. */
const slowDown = (downloads) => {
  const waiting = [];
  const held = new Promise((resolve) => { waiting.push(resolve); });
  const slow = (object, name) => {
    const fast = object[name];
    object[name] = function (...given) { return held.then(() => fast.apply(this, given)); };
  };
  slow(File.prototype, "arrayBuffer");
  if (downloads) slow(window, "fetch");
  slow(Clipboard.prototype, "writeText");
  slow(LockManager.prototype, "request");
  for (const name of ["check", "take", "install"]) slow(sextant.offline, name);
  slow(sextant.rescue, "reset");
  window.release = async () => {
    waiting.forEach((resolve) => resolve());
    await turns();
  };
};

/** Types into the number field, as an input method does, and presses the Enter that ends the composition. */
const compose = (text) => {
  const field = document.getElementById("number");
  field.focus();
  field.value = text;
  field.dispatchEvent(new InputEvent("input", { bubbles: true }));
  field.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", bubbles: true, isComposing: true }));
};

/** Clicks "I don't know" as the second click of a double click on "Next" does. */
const clickAgain = () => {
  const button = document.querySelector(".answering > .row:last-child button");
  button.dispatchEvent(new MouseEvent("click", { bubbles: true, cancelable: true, detail: 2 }));
};

/** Dispatches what browsers and extensions that fill in fields dispatch: a key event without a key. */
const fillIn = (selector) => { document.querySelector(selector).dispatchEvent(new Event("keydown", { bubbles: true })); };
