// A tab that follows orders from a channel while others do the same. Needs take.js, and `name`, the tab's name.

const channel = new BroadcastChannel("enduring");
let deaf = false;
// A deaf tab isn't notified of what others write, and continues from what it knew.
addEventListener("storage", event => deaf && event.stopImmediatePropagation(), true);
// Tabs look for changes when they become visible, and only one of these tabs really is.
Object.defineProperty(document, "hidden", { get: () => false });

/** Looks for changes, and goes to the first open question of a session. Resolves to what is shown there. */
const enter = async session => {
  deaf = false;
  for (;;) {
    document.dispatchEvent(new Event("visibilitychange", { bubbles: true }));
    location.hash = "#/";
    await sees(document, () => state(document) === "home");
    const far = `#/quiz/${session}/999`;
    location.hash = far;
    const now = await sees(document, () => (location.hash !== far || state(document) === "lost") && state(document));
    if (now !== "lost") return now;
  }
};

const orders = {
  /** Starts a session, or finds the one that isn't finished. Resolves to its ID. */
  async begin() {
    location.hash = "#/";
    await sees(document, () => state(document) === "home");
    await take(window, what => what === "asked");
    return location.hash.split("/")[2];
  },
  /** Answers some questions. Resolves to the answers that were acknowledged. */
  async answer({ session, answers, pauses, goesOn, hearsNothing }) {
    const heard = new Set();
    if (!goesOn || !location.hash.includes(session)) await enter(session);
    deaf = hearsNothing;
    let [clicks, at] = [0, 0];
    await take(window, async what => {
      const name = acknowledged(window);
      if (name) heard.add(name);
      if (what === "filled") await steps(pauses[at++ % pauses.length]);
      clicks += what === "clicked";
      return what === "result" || (clicks >= answers && what === "answered");
    });
    return [...heard];
  },
  /** Resolves to a summary of what is shown and what is stored. */
  async look({ session }) {
    await enter(session);
    const stored = JSON.stringify(Object.entries({ ...localStorage }).sort());
    let sum = 0;
    for (let at = 0; at < stored.length; at += 1) sum = Math.imul(sum, 31) + stored.charCodeAt(at) | 0;
    return [document.querySelector("h1").textContent, state(document), stored.length, sum].join(" ");
  },
};

channel.onmessage = async ({ data }) => {
  const order = data.orders?.[name];
  if (!order) return;
  try {
    channel.postMessage({ from: name, done: await orders[order.what](order) });
  } catch (error) {
    const picked = [...document.querySelectorAll("form input")].map(({ type, checked }) => `${type} ${checked}`);
    const shown = document.querySelector("main").innerText.slice(0, 300);
    channel.postMessage({ from: name, failed: `${error} at ${location.href}, ${picked}: ${shown}` });
  }
};
