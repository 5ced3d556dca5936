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
    loading: text("[role=status]"),
    noscript: text("noscript"),
    unserved: page.getElementById("unserved").content.textContent,
    inline: page.querySelectorAll("[style], [onload], [onerror]").length,
    absolute: addresses.filter(address => address.startsWith("/")),
  };
};
