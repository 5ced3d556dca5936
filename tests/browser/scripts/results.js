/** Chooses an option of a question in the reader's statement. */
const choose = (question, option) => {
  const select = document.querySelectorAll(".statement select")[question];
  select.focus();
  select.selectedIndex = option;
  select.dispatchEvent(new Event("change", { bubbles: true }));
};
