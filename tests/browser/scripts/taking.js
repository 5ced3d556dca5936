/** Goes to the start page and, before the page can react, back. Sets `window.back` after both events. */
const leaveAndReturn = () => {
  const here = location.hash;
  let events = 0;
  addEventListener("hashchange", () => {
    events += 1;
    window.back = events === 2;
  });
  location.hash = "#/";
  location.replace(here);
};
