// Runs before the first paint, so that neither the theme nor the start page flashes.
"use strict";
try {
  // The key is the one in src/browser/storage.rs.
  const folder = location.pathname.replace(/[^/]*$/, "");
  const theme = JSON.parse(localStorage.getItem(`sextant:${folder}:1:theme`));
  if (theme === "light" || theme === "dark") document.documentElement.dataset.theme = theme;
} catch {
  // Storage may be refused, and its content is not ours alone: the system's theme will do.
}
// A link into the app shows only the loading state until the app is there.
if (location.hash.length > 2) document.documentElement.dataset.deep = "";
