// Takes a quiz in a tab of this page's origin: this one or another. Needs answering.js.

/** The question that a page shows, open or answered. */
const item = page => /^Question ([^.,]+)/.exec(page.querySelector(".asked > .aside, .sources > .soft")?.textContent)?.[1];

/** The control on the start page that resumes or starts a quiz. */
const onward = page => page.querySelector('main a.primary[href^="#/quiz/"], a[aria-label^="Start: Quick check"]');

/** What a page shows, if it is a page that belongs to a quiz. */
const state = page => {
  const has = selector => page.querySelector(selector);
  if (has(".verdict")) return `answered ${item(page)}`;
  if (has("form fieldset")) return `open ${item(page)}`;
  if (has(".result")) return "result";
  if (has("h1")?.textContent.startsWith("No such quiz")) return "lost";
  if (has(".skills") && onward(page)) return "home";
};

/** Waits until a page shows something else. Resolves to its new state. */
const leaves = (page, old) => sees(page, () => state(page) !== old && state(page));

/** Waits without a clock: a step is a request to the host, about a millisecond. */
const steps = async count => {
  for (; count > 0; count -= 1) await fetch("/frame", { cache: "no-store" });
};

/** The name of the answer that a tab acknowledges now. */
const acknowledged = tab => tab.document.querySelector(".verdict") && `${tab.location.hash.split("/")[2]} ${item(tab.document)}`;

/** Answers one question after the other. Calls `ends` with what has just happened, and ends once that returns true. */
const take = async (tab, ends) => {
  const page = tab.document;
  for (let n = 1; ; n += 1) {
    const now = await sees(page, () => state(page));
    if (now.startsWith("open")) {
      if (await ends("asked")) return;
      fill(page, n);
      if (await ends("filled")) return;
      // Another tab may have answered this question, or an earlier one; then this tab shows a different page.
      const button = () => page.querySelector(`.sure button:nth-of-type(${n % 3 + 1}):enabled`);
      await sees(page, () => state(page) !== now || button());
      if (state(page) !== now) continue;
      button().click();
      if (await ends("clicked")) return;
    } else {
      if (await ends(now.split(" ")[0])) return;
      if (now.startsWith("answered")) page.querySelector(".end a.primary").click();
      else if (now === "home") onward(page).click();
      else tab.location.hash = "#/";
    }
    await leaves(page, now);
  }
};
