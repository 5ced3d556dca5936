// What a reader sees when the program does not start or has stopped. Plain, because nothing else may work.
"use strict";
{
  // Every text that can be met outside the program; each is held to be shown by tests/browser/failing.rs.
  const TEXTS = {
    noWebAssembly: "This browser does not run WebAssembly, which Sextant is made of. It may be too old, or a setting or its lockdown mode may have switched WebAssembly off.",
    unreachable: "The program could not be fetched. Perhaps this device is offline, or the host does not answer.",
    damaged: "What arrived is not the whole program. It was cut short or replaced on the way, or its host is being updated.",
    stopped: "Something in the program went wrong, and it cannot go on. What was saved before is still in this browser.",
    notStarted: "Sextant could not start.",
    hasStopped: "Sextant has stopped.",
    newer: "A newer version has arrived meanwhile. Reload to start it.",
    slow: "Still loading. The connection may be slow, or the host may not answer. Sextant goes on trying.",
    restarted: "Sextant stopped twice within half a minute, so it opened here and not where you were. What was saved is untouched.",
    back: "Go back to where you were",
    reload: "Reload",
    save: "Export my data",
    saved: "The file holds all that Sextant saved in this browser.",
    nothingSaved: "Sextant has saved nothing in this browser, so there is nothing to export.",
    refused: "This browser gives the page no storage, so there is nothing to export.",
    reset: "Reset the offline copy",
    wasReset: "The offline copy is removed. Your answers are kept. Reload to fetch the program anew.",
    notReset: "The browser did not remove the offline copy. Clearing this site's data in its settings does, but takes your answers too: export them first.",
    copy: "Copy the technical text",
    copied: "Copied.",
    notCopied: "The browser did not let it be copied. Select it below.",
    details: "Technical text",
  };

  const sextant = window.sextant = { TEXTS, failed: false, fail, stop, element };

  /** Shows why the program is not there, in place of the page, once: the first reason is the one that counts. */
  function fail(reason, error) {
    console.error(error);
    if (sextant.failed) return;
    sextant.failed = true;
    const show = () => {
      document.body.replaceChildren(screen(reason, technical(reason, error)));
      document.querySelector("#failure h1").focus();
      performance.mark("failure shown");
    };
    // What is still being parsed would be added below.
    if (document.readyState === "loading") addEventListener("DOMContentLoaded", show);
    else show();
  }

  /** Takes down a program that failed while it ran, and notes when for boot.js. Called by start.js and src/main.rs. */
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
        button(TEXTS.reload, reload, "button primary"), ...rescuing(text, status, details)),
      status, details,
    );
  }

  /** Into the release that waits, if one does: it may be the one that mends this. */
  function reload() {
    if (sextant.offline) sextant.offline.force();
    else location.reload();
  }

  /** The buttons that need rescue.js. */
  function rescuing(text, status, details) {
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

  /** What whoever mends it wants to know. The files' names hold hashes of their content, so they are the version. */
  function technical(reason, error) {
    const files = document.querySelectorAll("link[rel=modulepreload], link[type='application/wasm'], #catalog");
    return [
      `${reason}: ${error?.message ?? error}`, error?.stack ?? "", navigator.userAgent,
      ...[...files].map((link) => link.href), new Date().toISOString(),
    ].join("\n");
  }

  /** Whether an error comes from this program, and not from an extension or a script that somebody injected. */
  function isOurs(error, file) {
    const place = `${file}\n${error?.stack ?? ""}`;
    if (place.includes("-extension://")) return false;
    if (/wasm-function|\[wasm code\]/.test(place)) return true;
    const files = document.querySelectorAll("script[src], link[rel=modulepreload]");
    const folder = new URL("./", document.baseURI).href;
    return [...files].map((from) => from.src ?? from.href).some((file) => file.startsWith(folder) && place.includes(file));
  }

  addEventListener("error", ({ target, error, filename }) => {
    // One of these files is missing: nothing else would tell.
    if (target instanceof HTMLScriptElement && isOurs(null, target.src)) fail("unreachable", new Error(`no ${target.src}`));
    // What comes without an object is hidden from us, or a browser's own note like the one on ResizeObserver.
    else if (error && isOurs(error, filename)) stop(error);
  }, true);
  addEventListener("unhandledrejection", ({ reason }) => {
    // What a browser breaks off by itself, a transition or a download, rejects with a DOMException.
    if (!(reason instanceof DOMException) && isOurs(reason, "")) stop(reason);
  });
  // A program that stopped half-way must not be woken.
  for (const type of ["hashchange", "popstate", "storage", "visibilitychange", "keydown", "keyup"]) {
    addEventListener(type, (event) => sextant.failed && event.stopImmediatePropagation(), true);
  }
}
