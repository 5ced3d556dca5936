// The app in a frame as narrow as a phone. Needs answering.js.

/** The document in the frame. */
const framed = () => document.querySelector("iframe").contentDocument;

/** Opens an address in a frame. */
const openFrame = (width, src) => {
  document.body.append(Object.assign(document.createElement("iframe"), { width, src, height: 800 }));
};

/** Replaces the random numbers in the frame with a constant. */
const pinRandomness = () => { framed().defaultView.Math.random = () => 0.375; };

/**
 * Returns the width of the page in the frame, followed by the elements that stick out. Code, tables and pictures may
 * scroll by themselves: their scroll bars need room here, but not on a phone.
 */
const overflow = width => {
  const sticksOut = element => !element.closest("pre, .scroll, .hidden, .picture")
    && element.getBoundingClientRect().right > width + 1;
  const elements = [...framed().querySelectorAll("main *")].filter(sticksOut);
  return [framed().documentElement.scrollWidth, ...elements.map(element => element.outerHTML.slice(0, 100))];
};

/** Answers the open question and continues. Rejects if it or its explanation is too wide. */
const answerNarrow = (n, width) => answer(framed(), n % 3 + 1, n % 3 + 1, async what => {
  await new Promise(settled => setTimeout(settled));
  const [wide, ...elements] = overflow(width);
  if (wide > width || elements.length) throw `${what} ${n} at ${width} px: ${wide} px, ${elements}`;
});
