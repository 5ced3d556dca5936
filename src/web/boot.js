// Runs before the first paint, so that neither the theme nor the start page flashes.
"use strict";
try {
  const { prefix } = window.sextant.rescue;
  // Format 1 counts until the program has taken it over; src/browser/storage.rs has the keys.
  const theme = JSON.parse(localStorage.getItem(`${prefix}2:theme`) ?? localStorage.getItem(`${prefix}1:theme`));
  if (theme === "light" || theme === "dark") document.documentElement.dataset.theme = theme;
} catch {
  // Storage may be refused, and its content is not ours alone: the system's theme will do.
}
try {
  // After two crashes close together: what the address names may be what crashes, so the start page is opened.
  if (location.hash.length > 2 && window.sextant.rescue.crashedTwice()) {
    document.documentElement.dataset.crashedAt = location.hash;
    history.replaceState(null, "", location.pathname + location.search);
  }
} catch {
  // As if it had not crashed.
}
// A link into the app shows only the loading state until the app is there.
if (location.hash.length > 2) document.documentElement.dataset.deep = "";
