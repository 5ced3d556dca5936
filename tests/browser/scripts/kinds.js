// Questions of every kind. Needs answering.js.

const heading = () => document.querySelector("main h1")?.textContent.trim() ?? "";

/** Shows a question in its initial state, coming from another page. */
const show = async id => {
  location.hash = "#/results";
  await sees(document, () => heading().startsWith("Results"));
  location.hash = `#/preview/${id}`;
  await sees(document, () => heading().startsWith(id) && document.querySelector("form fieldset"));
};

/** Resolves to the verdict on the answer, the choices that are marked as wrong, and what is noted beside choices. */
const verdict = async () => {
  const { className } = await sees(document, () => document.querySelector(".given .verdict"));
  const texts = selector => [...document.querySelectorAll(selector)].map(element => element.textContent.trim());
  const wrong = texts(".given ~ .choices .choice.wrong, .given ~ .said.wrong");
  return [className, wrong, texts(".given ~ .choices .mark")];
};

/** Replaces the number in the field. */
const enterNumber = text => {
  const field = document.getElementById("number");
  field.value = text;
  field.dispatchEvent(new Event("input", { bubbles: true }));
};

/** Picks a reaction as the best or the worst. */
const pick = (name, at) => document.querySelectorAll(`[name=${name}]`)[at].click();

/** Holds Enter down on an answer button. Returns whether the button would act on it. */
const holdEnter = () => {
  const button = document.querySelector(".sure button");
  button.focus();
  return button.dispatchEvent(
    new KeyboardEvent("keydown", { key: "Enter", repeat: true, bubbles: true, cancelable: true }));
};
