// In an emergency a host puts this in the place of sw.js: it takes the offline copy away and then itself. What readers
// answered is not touched, nor are other programs of this origin. Open tabs go on, from the host.
"use strict";

// As in src/web/rescue.js.
const PREFIX = `sextant:${new URL(registration.scope).pathname}:`;

// Not only once it is active: under load Chromium keeps a worker waiting for minutes, whatever it asks.
addEventListener("install", (event) => event.waitUntil(remove()));
addEventListener("activate", (event) => event.waitUntil(remove()));

async function remove() {
  const ours = (await caches.keys()).filter((name) => name.startsWith(PREFIX));
  await Promise.all(ours.map((name) => caches.delete(name)));
  // Not awaited: browsers do it after the installation, which would wait for it.
  registration.unregister();
}
