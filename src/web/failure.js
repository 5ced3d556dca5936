// The failure screen, for when the app doesn't start or has stopped. It is plain, because nothing else may work.
"use strict";
{
  // Every text that is shown without the app. tests/browser/failing.rs checks that each one appears.
  const TEXTS = {
    noWebAssembly: "This browser can’t run WebAssembly, which Sextant needs. It may be too old, or a setting such as lockdown mode may have switched WebAssembly off.",
    unreachable: "Sextant could not be downloaded. This device may be offline, or the site may be down.",
    damaged: "The download is incomplete or was changed on the way, or the site is being updated right now. Reload to try again.",
    stopped: "Something went wrong in Sextant, and it can’t continue. Everything saved so far is still in this browser.",
    notStarted: "Sextant could not start.",
    hasStopped: "Sextant has stopped.",
    newer: "A newer version is now available. Reload to start it.",
    slow: "Still loading. The connection may be slow, or the site may be down. Sextant keeps trying.",
    restarted: "Sextant stopped twice within half a minute, so it opened the start page instead of the page you were on. Your saved answers are unchanged.",
    back: "Go back to where you were",
    reload: "Reload",
    save: "Export my data",
    saved: "The file contains everything that Sextant saved in this browser.",
    nothingSaved: "Sextant hasn’t saved anything in this browser, so there is nothing to export.",
    refused: "This browser doesn’t let the page store anything, so there is nothing to export.",
    reset: "Remove offline copy",
    wasReset: "The offline copy was removed. Your answers are still saved. Reload to download Sextant again.",
    notReset: "The browser didn’t remove the offline copy. Clearing this site’s data in the browser’s settings does, but also deletes your answers, so export them first.",
    copy: "Copy technical details",
    copied: "Copied.",
    notCopied: "The browser blocked copying. Select the text below and copy it yourself.",
    details: "Technical details",
  };

  const sextant = window.sextant = { TEXTS, failed: false, fail, stop, element };

  /** Replaces the page with the reason for a failure. Only the first reason counts. */
  function fail(reason, error) {
    console.error(error);
    if (sextant.failed) return;
    sextant.failed = true;
    const show = () => {
      document.body.replaceChildren(screen(reason, technical(reason, error)));
      document.querySelector("#failure h1").focus();
      performance.mark("failure shown");
    };
    // Anything still being parsed would be added below.
    if (document.readyState === "loading") addEventListener("DOMContentLoaded", show);
    else show();
  }

  /** Stops an app that failed while it ran, and notes the time for boot.js. Called by start.js and src/main.rs. */
  function stop(error) {
    if (!sextant.failed) sextant.rescue.noteCrash();
    fail("stopped", error);
  }

  function element(name, properties, ...children) {
    const made = Object.assign(document.createElement(name), properties);
    made.append(...children);
    return made;
  }

  function button(text, onclick, className = "button") {
    return element("button", { type: "button", className, onclick }, text);
  }

  function screen(reason, text) {
    const title = reason === "stopped" ? TEXTS.hasStopped : TEXTS.notStarted;
    document.title = title;
    const status = element("p", { className: "soft", role: "status" });
    const details = element("details", {}, element("summary", {}, TEXTS.details), element("pre", { tabIndex: 0 }, text));
    return element(
      "main", { id: "failure", className: "stack" },
      element("div", { className: "note wrong", role: "alert" },
        element("h1", { tabIndex: -1 }, title), element("p", {}, TEXTS[reason])),
      element("div", { className: "row" },
        button(TEXTS.reload, reload, "button primary"), ...rescueButtons(text, status, details)),
      status, details,
    );
  }

  /** Reloads the page, into the waiting release if there is one, because that may fix the problem. */
  function reload() {
    if (sextant.offline) sextant.offline.force();
    else location.reload();
  }

  /** The buttons that need rescue.js. */
  function rescueButtons(text, status, details) {
    const { rescue } = sextant;
    const say = (key) => { status.textContent = TEXTS[key]; };
    const reset = button(TEXTS.reset, async () => say(await rescue.reset() ? "wasReset" : "notReset"));
    reset.hidden = true;
    addEventListener("sextant-offline", () => sextant.offline.waiting && say("newer"));
    rescue.hasOfflineCopy().then((has) => { reset.hidden = !has; });
    const copy = button(TEXTS.copy, async () => {
      const copied = await rescue.copy(text);
      details.open ||= !copied;
      say(copied ? "copied" : "notCopied");
    });
    return [button(TEXTS.save, () => say(rescue.save())), reset, copy];
  }

  /** What a developer needs. The files' names contain hashes of their content, so they identify the version. */
  function technical(reason, error) {
    const files = document.querySelectorAll("link[rel=modulepreload], link[type='application/wasm'], #catalog");
    return [
      `${reason}: ${error?.message ?? error}`, error?.stack ?? "", navigator.userAgent,
      ...[...files].map((link) => link.href), new Date().toISOString(),
    ].join("\n");
  }

  /** Whether an error comes from this app rather than from an extension or an injected script. */
  function isOurs(error, file) {
    const origin = `${file}\n${error?.stack ?? ""}`;
    if (origin.includes("-extension://")) return false;
    if (/wasm-function|\[wasm code\]/.test(origin)) return true;
    const files = document.querySelectorAll("script[src], link[rel=modulepreload]");
    const folder = new URL("./", document.baseURI).href;
    return [...files].map((from) => from.src ?? from.href).some((file) => file.startsWith(folder) && origin.includes(file));
  }

  addEventListener("error", ({ target, error, filename }) => {
    // One of the app's scripts did not load, which nothing else would report.
    if (target instanceof HTMLScriptElement && isOurs(null, target.src)) fail("unreachable", new Error(`${target.src} did not load`));
    // An event without an error comes from another origin, or is a browser's own message, such as ResizeObserver's.
    else if (error && isOurs(error, filename)) stop(error);
  }, true);
  // By then start.js has run. If it did not load, this may be the only sign: some browsers report it before this script runs.
  addEventListener("DOMContentLoaded", () => {
    if (!sextant.part) fail("unreachable", new Error("start.js did not load"));
  });
  addEventListener("unhandledrejection", ({ reason }) => {
    // When the browser itself cancels a transition or a download, the promise rejects with a DOMException.
    if (!(reason instanceof DOMException) && isOurs(reason, "")) stop(reason);
  });
  // An app that stopped halfway must not get any more events.
  for (const type of ["hashchange", "popstate", "storage", "visibilitychange", "keydown", "keyup"]) {
    addEventListener(type, (event) => sextant.failed && event.stopImmediatePropagation(), true);
  }
}
