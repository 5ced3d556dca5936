// Records what the page says while it loads.
window.said = [];
new MutationObserver(() => {
  const text = document.querySelector("#shell .loading")?.textContent;
  if (text && text !== said.at(-1)) said.push(text);
}).observe(document, { childList: true, subtree: true });
