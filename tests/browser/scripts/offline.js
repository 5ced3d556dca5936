// The service worker and its caches.

/** Takes the waiting release while an update check is answered late. Notes the order in `sessionStorage.order`. */
const takeWhileChecking = () => {
  sessionStorage.order = "";
  addEventListener("beforeunload", () => { sessionStorage.order += "gone"; });
  const answer = done => {
    sessionStorage.order += "answered, ";
    done();
  };
  // The host answers when the page is already about to reload.
  ServiceWorkerRegistration.prototype.update = () => new Promise(done => {
    navigator.serviceWorker.addEventListener("controllerchange", () => setTimeout(answer, 300, done));
  });
  sextant.offline.check();
  sextant.offline.take();
};

/** Activates the waiting release as another tab would, while this page is busy. Resolves after an update check. */
const activateElsewhere = async () => {
  const { offline } = sextant;
  offline.busy(true);
  const { waiting } = await navigator.serviceWorker.getRegistration();
  await new Promise(activated => {
    waiting.onstatechange = () => waiting.state === "activated" && activated();
    waiting.postMessage("activate");
  });
  await offline.check();
};

/** Creates caches that belong to other apps. */
const createOtherCaches = async () => {
  for (const name of ["sextant:/at/a/:other", "other"]) await caches.open(name);
};

/** Waits until the worker and its caches are gone. Resolves to the names of the caches that are left. */
const gone = async () => {
  for (;;) {
    const workers = await navigator.serviceWorker.getRegistrations();
    const names = await caches.keys();
    if (!workers.length && !names.some(name => name.startsWith(sextant.rescue.prefix))) return names.sort();
    await new Promise(later => setTimeout(later, 20));
  }
};

/** Checks for an update. Resolves to what became of its worker ("installed", "redundant" or "unseen") or to an error. */
const install = async () => {
  const registration = await navigator.serviceWorker.getRegistration();
  const outcome = new Promise(done => {
    setTimeout(done, 5000, "unseen");
    registration.addEventListener("updatefound", () => {
      const worker = registration.installing;
      worker.addEventListener("statechange", () => {
        if (["installed", "redundant"].includes(worker.state)) done(worker.state);
      });
    }, { once: true });
  });
  return Promise.race([outcome, registration.update().then(() => outcome, String)]);
};

/** Resolves to whether a release's worker serves that release's page and a file of every skill. */
const works = async release => {
  const page = new DOMParser().parseFromString(await (await fetch("./")).text(), "text/html");
  if (navigator.serviceWorker.controller?.state !== "activated") return "no worker";
  const catalog = await (await fetch(document.getElementById("catalog").href)).json();
  const shards = await Promise.all(catalog.skills.map(skill => fetch(skill.shard)));
  return page.querySelector("meta[name=release]").content === release && shards.every(shard => shard.ok);
};

/** Counts in `sessionStorage.loads` how often the tab is loaded from now on. */
const countLoads = () => {
  addEventListener("pagehide", () => { sessionStorage.loads = Number(sessionStorage.loads ?? 0) + 1; });
};
