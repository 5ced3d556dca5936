// Steps that several journeys share.

/** Replaces everything in storage with one finished session in the first format. Returns the session's ID. */
const storeFirstFormat = (form, given) => {
  const started = Date.now() - 3_600_000;
  const id = `${started.toString(16).padStart(12, "0")}-00000001`;
  const answers = given.map((answer, n) => ({ ...answer, at: started + n, took: 9000 }));
  const folder = location.pathname.replace(/[^/]*$/, "");
  const store = (name, value) => {
    localStorage.setItem(`sextant:${folder}:1:${name}`, JSON.stringify({ format: 1, ...value }));
  };
  localStorage.clear();
  store(`session:${id}`, { session: { form, seed: 1, started, answers, finished: true } });
  store("label", { label: "An older one", session: id, at: started, scores: {} });
  return id;
};

/** Keeps the files that the page offers for download from now on, and their names. */
const interceptDownloads = () => {
  const { createObjectURL } = URL;
  const { click } = HTMLElement.prototype;
  window.downloaded = undefined;
  URL.createObjectURL = blob => {
    window.downloaded = blob;
    return createObjectURL.call(URL, blob);
  };
  HTMLElement.prototype.click = function () {
    if (this.download) window.downloadedAs = this.download;
    click.call(this);
  };
};

/** Chooses a theme; on the failure screen, which has no control for it, sets it. */
const setTheme = theme => {
  const select = document.querySelector(".theme select");
  if (select) {
    select.value = theme;
    select.dispatchEvent(new Event("change", { bubbles: true }));
  } else {
    document.documentElement.dataset.theme = theme;
  }
};

/** Acts as if the reader came back to the tab. */
const comeBack = () => {
  // Some browsers call a tab hidden while they are automated. Only for now: a page that is being left is hidden.
  Object.defineProperty(document, "hidden", { get: () => false, configurable: true });
  document.dispatchEvent(new Event("visibilitychange", { bubbles: true }));
  delete document.hidden;
};

/** Runs axe-core. Resolves to a description of each violation. */
const violations = async runOnly => {
  const { violations } = await axe.run(document, { runOnly });
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(" | ")}`);
};

/** Resolves to the content of a JSON file on the host. */
const fetchJson = async address => (await fetch(address)).json();
