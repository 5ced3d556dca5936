// Runs before the first paint, so that neither the wrong theme nor the start page flashes. The build puts it into the page.
"use strict";
{
  // As in rescue.js, which has not arrived yet.
  const prefix = `sextant:${location.pathname.replace(/[^/]*$/, "")}:`;
  const root = document.documentElement;
  try {
    // Format 1 applies until the app has migrated it. docs/storage-format.md lists the keys.
    const theme = JSON.parse(localStorage.getItem(`${prefix}2:theme`) ?? localStorage.getItem(`${prefix}1:theme`));
    if (theme === "light" || theme === "dark") root.dataset.theme = theme;
  } catch {
    // Storage may be refused or damaged. Use the system's theme.
  }
  try {
    // After two crashes close together, the page at this address may be the cause. Open the start page instead, once.
    const [first, second] = JSON.parse(sessionStorage.getItem(`${prefix}crashes`)) ?? [];
    // Crashes long ago, in a tab that stayed open, don't count.
    const twice = second - first < 30_000 && Date.now() - second < 600_000;
    if (twice && location.hash.length > 2) {
      sessionStorage.removeItem(`${prefix}crashes`);
      root.dataset.crashedAt = location.hash;
      history.replaceState(null, "", location.pathname + location.search);
    }
  } catch {
    // Without storage, assume that it hasn't crashed.
  }
  // For an address other than the start page's, show only the loading state until the program is ready, which then shows
  // whatever the address has become.
  const show = () => root.toggleAttribute("data-deep", location.hash.length > 2 && location.hash !== "#main");
  show();
  addEventListener("hashchange", show);
}
