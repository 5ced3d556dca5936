// Notes when a page that is being loaded can be read and used. Runs before anything else in it.
window.loading = { shift: 0 };
new PerformanceObserver((list) => {
  for (const { value, hadRecentInput } of list.getEntries()) if (!hadRecentInput) window.loading.shift += value;
}).observe({ type: "layout-shift", buffered: true });
new MutationObserver(() => {
  const { loading } = window;
  if (!document.getElementById("shell") && document.querySelector("main h1")) loading.alive ??= performance.now();
  if (document.querySelector("form fieldset")) loading.question ??= performance.now();
}).observe(document, { childList: true, subtree: true });
