// Takes a quiz in a tab of this page's origin, this page's own or another.

/** The item that a page shows, open or answered. */
const item = page => /^Question ([^.,]+)/.exec(page.querySelector(".asked > .aside, .sources > .soft")?.textContent)?.[1];

/** The way on from the start page. */
const onward = page => page.querySelector('main a.primary[href^="#/quiz/"], button[aria-label^="Start: Quick check"]');

/** What a page shows, if it is one that a quiz leads to. */
const state = page => {
  const has = selector => page.querySelector(selector);
  if (has(".verdict")) return `answered ${item(page)}`;
  if (has("form fieldset")) return `open ${item(page)}`;
  if (has(".result")) return "result";
  if (has("h1")?.textContent.startsWith("No such quiz")) return "lost";
  if (has(".skills") && onward(page)) return "home";
};

/** Waits until a page shows something else. Returns what. */
const leaves = (page, old) => sees(page, () => state(page) !== old && state(page));

/** A step without a clock, about a millisecond: an answer from the host. */
const steps = async count => {
  for (; count > 0; count -= 1) await fetch("/frame", { cache: "no-store" });
};

/** The name of an answer that is acknowledged in a tab now. */
const acknowledged = tab => tab.document.querySelector(".verdict") && `${tab.location.hash.split("/")[2]} ${item(tab.document)}`;

/** Answers one question after the other until `ends`, which is told what has just been done. */
const take = async (tab, ends) => {
  const page = tab.document;
  for (let n = 1; ; n += 1) {
    const now = await sees(page, () => state(page));
    if (now.startsWith("open")) {
      if (await ends("asked")) return;
      fill(page, n);
      if (await ends("filled")) return;
      // Another tab may have answered it, or an earlier question before this one did, and then another comes next.
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
