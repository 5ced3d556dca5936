// Finds out where to point.

/** Scrolls an element into view if it isn't. Returns its centre in the window. */
const centre = selector => {
  const element = document.querySelector(selector);
  const { top, bottom } = element.getBoundingClientRect();
  if (top < 0 || bottom > innerHeight) element.scrollIntoView({ block: "center", behavior: "instant" });
  const { left, width, top: y, height } = element.getBoundingClientRect();
  return [left + width / 2, y + height / 2];
};

/** Returns the position at which each choice is shown among the elements matching a selector. */
const positions = (selector, choices) => {
  const shown = [...document.querySelectorAll(selector)].map(element => element.textContent);
  return choices.map(html => {
    const template = document.createElement("template");
    template.innerHTML = html;
    return shown.indexOf(template.content.textContent);
  });
};
