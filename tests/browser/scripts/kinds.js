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
