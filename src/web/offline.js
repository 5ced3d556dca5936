// The offline copy, and how a newer release takes over: src/web/sw.js keeps the files, this decides when. It needs no
// program, so that a release whose program is broken is replaced like any other.
"use strict";
{
  const { rescue } = window.sextant;
  const HOUR = 3_600_000;
  // So long a waiting release may take to start, and a page to go; then the page is loaded anew all the same.
  const PATIENCE = 10_000;
  // So long a page waits to go for the host to answer it.
  const MOMENT = 1000;
  // Held by every tab whose reader is in the midst of something. The browser frees those of tabs that are gone.
  const BUSY = `${rescue.prefix}busy`;
  // In sessionStorage while this tab goes over to another release: the one that it comes from.
  const FROM = `${rescue.prefix}from`;
  // The release that this page is of; a build that was not sealed has none, and no offline copy.
  const release = document.querySelector("meta[name=release]")?.content;

  /** What the program shows. A "sextant-offline" event tells of each change. */
  const offline = window.sextant.offline = {
    begin, check, take, force, busy, install, settled, release,
    /** Whether a whole release is kept here. */
    kept: Boolean(navigator.serviceWorker?.controller),
    /** Whether a release other than this page's is kept and could take over. */
    waiting: false,
    /** Whether the host does not answer. */
    away: !navigator.onLine,
    /** Whether the last update ended where it began. */
    stuck: Boolean(release) && cameFrom() === release,
    /** Whether the browser lets a button install the program. */
    installable: false,
  };
  let registration;
  // Whether a worker came while this page was open.
  let found = false;
  // Whether another release took over, and this tab is to be loaded anew as soon as it can.
  let due = false;
  let leaving = false;
  // The look for an update that is under way, or was last.
  let asking;
  // Ends what the reader is in the midst of.
  let free;
  let prompt;

  function tell(change) {
    Object.assign(offline, change);
    dispatchEvent(new Event("sextant-offline"));
  }

  function cameFrom() {
    try {
      const from = sessionStorage.getItem(FROM);
      sessionStorage.removeItem(FROM);
      return from;
    } catch {
      return null;
    }
  }

  /** Registers the worker and looks for a newer release now, hourly, and when the reader comes back. */
  function begin() {
    asking = register();
  }

  async function register() {
    if (!release || !navigator.serviceWorker) return;
    try {
      registration = await navigator.serviceWorker.register("./sw.js", { scope: "./", updateViaCache: "none" });
    } catch (error) {
      // Private windows of some browsers, or a host that does not answer. The program runs without.
      console.warn(error);
      return;
    }
    follow(registration.installing);
    registration.addEventListener("updatefound", () => {
      found = true;
      follow(registration.installing);
    });
    look();
    addEventListener("online", check);
    addEventListener("offline", () => tell({ away: true }));
    document.addEventListener("visibilitychange", () => document.hidden || check());
    setInterval(check, HOUR);
    // What was just fetched need not be asked for again.
    if (!registration.installing) await check();
  }

  function follow(worker) {
    worker?.addEventListener("statechange", look);
  }

  /** Looks at which workers there are. */
  async function look() {
    const { active, waiting } = registration;
    tell({ kept: active?.state === "activated" });
    // What is active may be of an earlier release only under a page that came past it, from the host.
    const newest = waiting ?? (found || navigator.serviceWorker.controller ? active : null);
    // One that is just being replaced never answers; then there is another look.
    const name = newest && await releaseOf(newest);
    tell({ waiting: Boolean(name) && name !== release });
  }

  /** The release that a worker keeps. */
  function releaseOf(worker) {
    return new Promise((resolve) => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = ({ data }) => resolve(data);
      worker.postMessage("release", [port2]);
    });
  }

  /** Asks the host whether there is a newer release. */
  function check() {
    return asking = ask();
  }

  async function ask() {
    if (!registration) return;
    const answered = await registration.update().then(() => true, () => false);
    // A kill switch takes itself away too.
    const there = Boolean(await navigator.serviceWorker.getRegistration("./"));
    tell({ away: there && !answered });
    if (there) look();
    else tell({ kept: false, waiting: false });
  }

  /** Goes over to the waiting release, unless a tab is in the midst of something; resolves to whether it does. */
  async function take() {
    if (!navigator.locks) return force();
    return navigator.locks.request(BUSY, { ifAvailable: true }, (lock) => lock ? force() : false);
  }

  /** Loads this page anew, as the waiting release if there is one. Other tabs follow as soon as they can. */
  async function force() {
    try {
      sessionStorage.setItem(FROM, release);
    } catch {
      // Then it is not told if the update does not come about.
    }
    if (registration?.waiting) await activated(registration.waiting);
    due = true;
    free = undefined;
    reload();
    return true;
  }

  function activated(worker) {
    const started = new Promise((resolve) => {
      worker.addEventListener("statechange", () => worker.state === "activated" && resolve());
    });
    worker.postMessage("activate");
    return Promise.race([started, elapsed(PATIENCE)]);
  }

  /** Notes whether the reader is in the midst of something that loading this page anew would take away. */
  function busy(is) {
    if (is === Boolean(free)) return;
    if (is) {
      const until = new Promise((resolve) => { free = resolve; });
      navigator.locks?.request(BUSY, { mode: "shared" }, () => until);
    } else {
      free();
      free = undefined;
      reload();
    }
  }

  async function reload() {
    if (!due || free || leaving) return;
    leaving = true;
    await settled();
    // Something may have been begun meanwhile.
    if (!free) {
      location.reload();
      // A busy Chromium has been seen to drop it, and the page stood there with a button that did nothing.
      await elapsed(PATIENCE);
    }
    leaving = false;
    reload();
  }

  /** Waits until no update is looked for. A WebKit whose page goes just as the answer comes looks for none again. */
  function settled() {
    return Promise.race([asking, elapsed(MOMENT)]);
  }

  function elapsed(time) {
    return new Promise((resolve) => { setTimeout(resolve, time); });
  }

  /** Asks the browser to install the program. */
  async function install() {
    await prompt?.prompt();
    prompt = undefined;
    tell({ installable: false });
  }

  // At once, because it may happen while the program is fetched.
  navigator.serviceWorker?.addEventListener("controllerchange", () => {
    due = true;
    reload();
  });
  addEventListener("beforeinstallprompt", (event) => {
    event.preventDefault();
    prompt = event;
    tell({ installable: true });
  });
  addEventListener("appinstalled", () => tell({ installable: false }));
}
