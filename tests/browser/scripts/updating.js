// Updates under open tabs. Needs take.js.

/** Answers a question, in a quiz that isn't finished or in a new one. Resolves to the acknowledged answers. */
const answerOne = async () => {
  const heard = new Set();
  let clicked = false;
  await take(window, what => {
    const name = acknowledged(window);
    if (name) heard.add(name);
    clicked ||= what === "clicked";
    return clicked && ["answered", "result"].includes(what);
  });
  return [...heard];
};

/** Makes this tab go to a question when another tab calls `race`. */
const joinRace = () => { new BroadcastChannel("race").onmessage = () => onward(document)?.click(); };

const race = () => new BroadcastChannel("race").postMessage("");

/**
 * Clicks on a button that updates, after `before`. Returns whether there is one. Sets `window.refused` if the update is
 * refused: the message on the page may disappear, along with the offer, when another release replaces this one.
 */
const update = (selector, before = () => {}) => {
  const button = document.querySelector(selector);
  before();
  if (!button) return false;
  const { offline } = sextant;
  const takeRelease = window.takeRelease ??= offline.take;
  offline.take = async () => {
    const taken = await takeRelease();
    window.refused = !taken;
    return taken;
  };
  window.before = true;
  window.refused = false;
  button.click();
  return true;
};

/**
 * Whether the tab offers an update or runs a release that nothing is waiting to replace. Checks for an update once per
 * round: a tab without a worker doesn't reload with the others.
 */
const isSettled = (release, selector, round) => {
  const offline = window.sextant?.offline;
  if (!offline) return false;
  if (window.checked !== round) {
    window.checked = round;
    offline.check();
  }
  return document.querySelector(selector) || (offline.release === release && !offline.waiting);
};

/** Resolves to what there is of releases, to explain a failure. */
const describeReleases = async () => {
  const { offline } = sextant;
  const registration = await navigator.serviceWorker.getRegistration("./");
  const { installing, waiting, active } = registration ?? {};
  const states = [installing, waiting, active, navigator.serviceWorker.controller].map(worker => worker?.state);
  const late = new Promise(resolve => setTimeout(resolve, 2000, "no answer"));
  const update = await Promise.race([late, registration?.update().then(() => "done", String)]);
  return { offline: JSON.stringify(offline), states, update, caches: await caches.keys() };
};
