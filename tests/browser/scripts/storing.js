// Breaks the browser's storage in various ways.

const full = () => new DOMException("full", "QuotaExceededError");

/** Whether the browser refuses storage. */
const isRefused = () => {
  try {
    localStorage.getItem("x");
    return false;
  } catch {
    return true;
  }
};

/** Makes every write fail. */
const failWrites = () => {
  window.setItem = Storage.prototype.setItem;
  Storage.prototype.setItem = () => { throw full(); };
};

/** Makes writes of events fail and lets others succeed, after `failWrites`. */
const failEventWrites = () => {
  Storage.prototype.setItem = function (key, value) {
    if (key.includes(":event:")) throw full();
    window.setItem.call(this, key, value);
  };
};

/** Lets writes succeed again. */
const allowWrites = () => { Storage.prototype.setItem = window.setItem; };

/** Makes every use of storage throw. */
const failEverything = () => {
  for (const name of ["getItem", "setItem", "removeItem"]) {
    Storage.prototype[name] = () => { throw new DOMException("gone", "SecurityError"); };
  }
  Object.defineProperty(Storage.prototype, "length", { get() { throw new DOMException("gone"); } });
};

/** Fills the storage to the last byte. */
const fillStorage = () => {
  for (let size = 4_194_304; size >= 1; size >>= 1) {
    try {
      for (let n = 0; ; n += 1) localStorage.setItem(`other-${size}-${n}`, "x".repeat(size));
    } catch {
      // Try something smaller.
    }
  }
};

/** Removes what `fillStorage` stored. */
const freeStorage = () => {
  for (const key of Object.keys(localStorage)) if (key.startsWith("other")) localStorage.removeItem(key);
};

/** Damages two events, and stores a value of another app. Returns the keys of the three. */
const damage = () => {
  const cut = Object.keys(localStorage).find(key => /:event:.*:2$/.test(key));
  const misplaced = cut.replace(/:2$/, ":77");
  localStorage[cut] = localStorage[cut].slice(0, -9);
  localStorage[misplaced] = localStorage[cut.replace(/:2$/, ":1")];
  localStorage[cut.replace(/event.*/, "label")] = "[]";
  localStorage.theme = "another app's";
  return [cut, misplaced, "theme"];
};

/** Clicks the button on the data page that deletes something, by the start of its name. */
const clickDelete = name => {
  const buttons = [...document.querySelectorAll("main .danger, main .row .button, .sessions button")];
  buttons.find(button => (button.getAttribute("aria-label") ?? button.textContent).startsWith(name))?.click();
};

/** Chooses a file to import, as a reader does. */
const chooseFile = text => {
  const input = document.querySelector("input[type=file]");
  const transfer = new DataTransfer();
  const [, bytes] = text.match(/^bytes: (\d+)$/) ?? [];
  transfer.items.add(new File([bytes ? new Uint8Array(Number(bytes)) : text], "sextant.json", { type: "application/json" }));
  input.files = transfer.files;
  input.dispatchEvent(new Event("change", { bubbles: true }));
};
