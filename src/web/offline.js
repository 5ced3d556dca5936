// The offline copy and its updates. src/web/sw.js caches the files; this script decides when a new release takes over. It
// works without the program, so that a broken release can be replaced like any other.
"use strict";
{
  const { rescue } = window.sextant;
  const HOUR = 3_600_000;
  // How long a waiting release may take to start, and a page to reload. After that the page reloads anyway.
  const PATIENCE = 10_000;
  // How long a page waits for the host's answer before it reloads.
  const ANSWER_TIME = 1000;
  // A lock that every tab with a busy reader holds. The browser releases it when the tab closes.
  const BUSY = `${rescue.prefix}busy`;
  // In sessionStorage while this tab reloads into another release: the release it is leaving.
  const FROM = `${rescue.prefix}from`;
  // This page's release. An unsealed build has no release, and no offline copy.
  const release = document.querySelector("meta[name=release]")?.content;

  /** The state that the program shows. Each change dispatches a "sextant-offline" event. */
  const offline = window.sextant.offline = {
    begin, check, take, force, busy, install, settled, release,
    /** Whether a whole release is cached. */
    kept: Boolean(navigator.serviceWorker?.controller),
    /** Whether another release is cached and can take over. */
    waiting: false,
    /** Whether the host can't be reached. */
    away: !navigator.onLine,
    /** Whether the last update led back to the same release. */
    stuck: Boolean(release) && previousRelease() === release,
    /** Whether the browser allows a button that installs the app. */
    installable: false,
  };
  let registration;
  // Whether a new worker was found while this page was open.
  let updateFound = false;
  // Whether another release took over, so that this tab must reload as soon as its reader isn't busy.
  let reloadDue = false;
  let reloading = false;
  // The current or latest request for an update.
  let checking;
  // Releases the lock of a busy reader.
  let unlock;
  let installPrompt;

  function publish(change) {
    Object.assign(offline, change);
    dispatchEvent(new Event("sextant-offline"));
  }

  function previousRelease() {
    try {
      const from = sessionStorage.getItem(FROM);
      sessionStorage.removeItem(FROM);
      return from;
    } catch {
      return null;
    }
  }

  /** Registers the worker, and checks for a new release now, every hour, and when the reader returns to the tab. */
  function begin() {
    // Anything may fail in a browser that restricts workers. The app works without one.
    checking = register().catch(console.warn);
  }

  async function register() {
    if (!release || !navigator.serviceWorker) return;
    try {
      registration = await navigator.serviceWorker.register("./sw.js", { scope: "./", updateViaCache: "none" });
    } catch (error) {
      // A private window in some browsers, or an unreachable host.
      console.warn(error);
      return;
    }
    // Test tools and extensions that block workers answer with nothing.
    if (!registration) return;
    follow(registration.installing);
    registration.addEventListener("updatefound", () => {
      updateFound = true;
      follow(registration.installing);
    });
    inspect();
    addEventListener("online", check);
    addEventListener("offline", () => publish({ away: true }));
    document.addEventListener("visibilitychange", () => document.hidden || check());
    setInterval(check, HOUR);
    // A worker that is being installed has just been downloaded.
    if (!registration.installing) await check();
  }

  function follow(worker) {
    worker?.addEventListener("statechange", inspect);
  }

  /** Updates the state from the registered workers. */
  async function inspect() {
    const { active, waiting } = registration;
    publish({ kept: active?.state === "activated" });
    // A page that was loaded from the host, bypassing the worker, may be newer than the active worker.
    const newest = waiting ?? (updateFound || navigator.serviceWorker.controller ? active : null);
    // A worker that is being replaced never answers, but then this function runs again.
    const name = newest && await releaseOf(newest);
    publish({ waiting: Boolean(name) && name !== release });
  }

  /** The release of a worker. */
  function releaseOf(worker) {
    return new Promise((resolve) => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = ({ data }) => resolve(data);
      worker.postMessage("release", [port2]);
    });
  }

  /** Asks the host for a new release. */
  function check() {
    return checking = update();
  }

  async function update() {
    if (!registration) return;
    const answered = await registration.update().then(() => true, () => false);
    // A kill switch also unregisters itself.
    const there = Boolean(await navigator.serviceWorker.getRegistration("./"));
    publish({ away: there && !answered });
    if (there) inspect();
    else publish({ kept: false, waiting: false });
  }

  /** Switches to the waiting release unless a tab is busy. Resolves to whether it switches. */
  async function take() {
    if (!navigator.locks) return force();
    return navigator.locks.request(BUSY, { ifAvailable: true }, (lock) => lock ? force() : false);
  }

  /** Reloads this page, into the waiting release if there is one. Other tabs follow as soon as they aren't busy. */
  async function force() {
    if (registration?.waiting) {
      try {
        sessionStorage.setItem(FROM, release);
      } catch {
        // Without storage, a failed update is not reported.
      }
      await activated(registration.waiting);
    }
    reloadDue = true;
    unlock = undefined;
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

  /** Notes whether the reader is doing something that a reload would interrupt. */
  function busy(is) {
    if (is === Boolean(unlock)) return;
    if (is) {
      const until = new Promise((resolve) => { unlock = resolve; });
      navigator.locks?.request(BUSY, { mode: "shared" }, () => until);
    } else {
      unlock();
      unlock = undefined;
      reload();
    }
  }

  async function reload() {
    if (!reloadDue || unlock || reloading) return;
    reloading = true;
    await settled();
    // The reader may have become busy in the meantime.
    if (!unlock) {
      location.reload();
      // Under load, Chromium sometimes drops the reload, and the button that asked for it would do nothing. Try again.
      await elapsed(PATIENCE);
    }
    reloading = false;
    reload();
  }

  /** Waits briefly for a check to end. If a page goes away just as the answer comes, WebKit never checks again. */
  function settled() {
    return Promise.race([checking, elapsed(ANSWER_TIME)]);
  }

  function elapsed(time) {
    return new Promise((resolve) => { setTimeout(resolve, time); });
  }

  /** Asks the browser to install the app. */
  async function install() {
    await installPrompt?.prompt();
    installPrompt = undefined;
    publish({ installable: false });
  }

  // Listen at once, because it can happen while the program is still loading.
  navigator.serviceWorker?.addEventListener("controllerchange", () => {
    reloadDue = true;
    reload();
  });
  addEventListener("beforeinstallprompt", (event) => {
    event.preventDefault();
    installPrompt = event;
    publish({ installable: true });
  });
  addEventListener("appinstalled", () => publish({ installable: false }));
}
