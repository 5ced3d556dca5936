// What can be done without the program.
"use strict";
window.sextant.rescue = {
  /** What all of this program's keys and caches begin with: a host's origin is shared with other programs. */
  prefix: `sextant:${location.pathname.replace(/[^/]*$/, "")}:`,

  /** Notes that the program crashed now. */
  noteCrash() {
    try {
      const [, earlier = 0] = this.crashes();
      sessionStorage.setItem(`${this.prefix}crashes`, JSON.stringify([earlier, Date.now()]));
    } catch {
      // Without storage each crash is the first.
    }
  },

  /** Whether it crashed twice within half a minute in this tab. Says so once. */
  crashedTwice() {
    const [first, second] = this.crashes();
    // What happened long ago in a tab that stayed open is no reason.
    const twice = second - first < 30_000 && Date.now() - second < 600_000;
    if (twice) sessionStorage.removeItem(`${this.prefix}crashes`);
    return twice;
  },

  /** When it crashed the last two times. Throws where storage does. */
  crashes() {
    return JSON.parse(sessionStorage.getItem(`${this.prefix}crashes`)) ?? [];
  },

  /** Hands over everything saved, as it is, readable or not. Returns the name of the text that says how it went. */
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
    link.download = `sextant-${new Date(exported).toISOString().slice(0, 10)}.json`;
    link.click();
    // Some browsers begin to read it later.
    setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
    return "saved";
  },

  /** The service workers and caches of this folder. */
  async offlineCopy() {
    const scope = new URL("./", document.baseURI).href;
    // Neither is there on a page that was not fetched safely.
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

  /** Removes them; whether the browser did. */
  async reset() {
    try {
      const [workers, names] = await this.offlineCopy();
      const gone = Promise.all([...workers.map((worker) => worker.unregister()), ...names.map((name) => caches.delete(name))]);
      // A WebKit whose worker never ends its installation never answers.
      await Promise.race([gone, new Promise((resolve) => { setTimeout(resolve, 3000); })]);
      return !await this.hasOfflineCopy();
    } catch {
      return false;
    }
  },

  /** Puts a text on the clipboard; whether the browser let it. */
  async copy(text) {
    try {
      await navigator.clipboard.writeText(text);
      return true;
    } catch {
      return false;
    }
  },
};
