// A worker that ends every worker of this origin's folder: it takes itself and all copies away, and serves nothing.
"use strict";
addEventListener("install", () => skipWaiting());
addEventListener("activate", (event) => event.waitUntil((async () => {
  const copies = (await caches.keys()).filter((name) => name.startsWith(`sextant:${registration.scope}`));
  await Promise.all(copies.map((name) => caches.delete(name)));
  await registration.unregister();
})()));
