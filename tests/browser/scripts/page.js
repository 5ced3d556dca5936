/** Resolves to what the page at an address contains before any script has run. */
const contents = async address => {
  const html = await (await fetch(address)).text();
  const page = new DOMParser().parseFromString(html, "text/html");
  const text = selector => page.querySelector(selector).textContent;
  const addresses = [...page.querySelectorAll("[href], [src]")]
    .map(element => element.getAttribute("href") ?? element.getAttribute("src"));
  return {
    title: page.title,
    heading: text("h1"),
    loading: text(".loading"),
    noscript: text("noscript"),
    unserved: page.getElementById("unserved").content.textContent,
    inline: page.querySelectorAll("[style], [onload], [onerror]").length,
    absolute: addresses.filter(address => address.startsWith("/")),
  };
};

/** An element and what is in it, without comments and empty classes, with attributes in order and adjacent texts joined. */
const plain = (node) => {
  if (node.nodeType === Node.TEXT_NODE) return node.data.replace(/\s+/g, " ");
  if (node.nodeType !== Node.ELEMENT_NODE) return "";
  const attributes = [...node.attributes]
    .filter(({ name, value }) => name !== "class" || value)
    .map(({ name, value }) => `${name}="${value.trim()}"`)
    .sort();
  const within = [...node.childNodes].map(plain).join("");
  // Leptos puts each part of a drawing into a group, which changes nothing.
  if (node.localName === "g" && attributes.length === 0) return within;
  return `<${[node.localName, ...attributes].join(" ")}>${within}</>`;
};

/** Resolves to each part of the frame in the page at an address, and as the program has drawn it. */
const drawn = async (address) => {
  const page = new DOMParser().parseFromString(await (await fetch(address)).text(), "text/html");
  return ["a.skip", "header.top nav", "a.brand", "main", "footer.bottom .theme"].map((part) => {
    return [page, document].map((from) => plain(from.querySelector(part)).replace(/> | </g, (found) => found.trim()));
  });
};
