// What a reader can do when the app doesn't run.
"use strict";
window.sextant.rescue = {
  /** The prefix of all our keys and caches. Other apps may share the origin. */
  prefix: `sextant:${location.pathname.replace(/[^/]*$/, "")}:`,

  /** Notes the time of a crash, for boot.js. */
  noteCrash() {
    try {
      const [, earlier = 0] = this.crashes();
      sessionStorage.setItem(`${this.prefix}crashes`, JSON.stringify([earlier, Date.now()]));
    } catch {
      // Without storage, every crash counts as the first.
    }
  },

  /** The times of the last two crashes. Throws if storage is refused. */
  crashes() {
    return JSON.parse(sessionStorage.getItem(`${this.prefix}crashes`)) ?? [];
  },

  /** Downloads everything saved, unchanged, readable or not. Returns the key of the text that reports the outcome. */
  save() {
    let found;
    try {
      found = Object.keys(localStorage).filter((key) => key.startsWith(this.prefix)).map((key) => [key, localStorage.getItem(key)]);
    } catch {
      return "refused";
    }
    if (found.length === 0) return "nothingSaved";
    const exported = Date.now();
    const content = { format: 2, exported, stored: found };
    const file = new Blob([JSON.stringify(content)], { type: "application/json" });
    const link = document.createElement("a");
    link.href = URL.createObjectURL(file);
    link.download = `sextant-${this.date(new Date(exported))}.json`;
    link.click();
    // Some browsers start reading it later.
    setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
    return "saved";
  },

  /** A day where the reader is, as in file names. */
  date(at) {
    const digits = (number) => String(number).padStart(2, "0");
    return `${at.getFullYear()}-${digits(at.getMonth() + 1)}-${digits(at.getDate())}`;
  },

  /** The service workers and caches of this folder. */
  async offlineCopy() {
    const scope = new URL("./", document.baseURI).href;
    // Neither exists on a page that was loaded without https.
    const workers = await navigator.serviceWorker?.getRegistrations() ?? [];
    const caches = await window.caches?.keys() ?? [];
    return [workers.filter((worker) => worker.scope === scope), caches.filter((name) => name.startsWith(this.prefix))];
  },

  async hasOfflineCopy() {
    try {
      return (await this.offlineCopy()).flat().length > 0;
    } catch {
      return false;
    }
  },

  /** Removes the offline copy. Resolves to whether that worked. */
  async reset() {
    try {
      const [workers, names] = await this.offlineCopy();
      const gone = Promise.all([...workers.map((worker) => worker.unregister()), ...names.map((name) => caches.delete(name))]);
      // WebKit never answers if a worker's installation hangs.
      await Promise.race([gone, new Promise((resolve) => { setTimeout(resolve, 3000); })]);
      return !await this.hasOfflineCopy();
    } catch {
      return false;
    }
  },

  /** Copies a text to the clipboard. Resolves to whether the browser allowed it. */
  async copy(text) {
    try {
      await navigator.clipboard.writeText(text);
      return true;
    } catch {
      return false;
    }
  },
};
