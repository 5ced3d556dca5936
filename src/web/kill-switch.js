// In an emergency, deploy this file as sw.js. It removes the offline copy and then itself. It leaves readers' answers and
// other apps on this origin alone. Open tabs keep running, and load from the host.
"use strict";

// As in src/web/rescue.js.
const PREFIX = `sextant:${new URL(registration.scope).pathname}:`;

// Also while installing: under load Chromium can keep a worker waiting for minutes, even after skipWaiting.
addEventListener("install", (event) => event.waitUntil(remove()));
addEventListener("activate", (event) => event.waitUntil(remove()));

async function remove() {
  const ours = (await caches.keys()).filter((name) => name.startsWith(PREFIX));
  await Promise.all(ours.map((name) => caches.delete(name)));
  // Don't await it: browsers unregister only after the installation, which would then wait for itself.
  registration.unregister();
}
