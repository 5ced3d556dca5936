// Keeps this release's files, so that the app opens without a network.
"use strict";
const RELEASE = "";
const FILES = [];

const NAME = `sextant:${registration.scope}:${RELEASE}`;

addEventListener("install", (event) => event.waitUntil((async () => {
  const copy = await caches.open(NAME);
  await Promise.all(FILES.map(async ([path, integrity]) => {
    const address = new URL(path || "./", registration.scope);
    const response = await fetch(address, { cache: "no-cache", integrity });
    if (!response.ok) throw new Error(`${address} answered ${response.status}`);
    await copy.put(address, response);
  }));
})()));

addEventListener("fetch", (event) => {
  if (event.request.method !== "GET") return;
  event.respondWith((async () => {
    const copy = await caches.open(NAME);
    return (await copy.match(event.request, { ignoreSearch: true })) ?? fetch(event.request);
  })());
});
