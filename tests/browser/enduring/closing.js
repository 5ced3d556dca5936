// Tabs that are closed at a point that chance chose: `end` in the question after so many answers, and some steps on.

/** Follows a plan in a tab up to its end. Every answer that was acknowledged by then is added to `heard`. */
const follow = async (tab, { answers, end, steps: rest }, heard) => {
  const hear = () => {
    const name = acknowledged(tab);
    if (name) heard.add(name);
  };
  let clicks = 0;
  await take(tab, what => {
    hear();
    clicks += what === "clicked";
    return what === end && clicks === (end === "filled" ? answers : answers + 1);
  });
  await steps(rest);
  hear();
};

/** Opens a tab, follows a plan in it, and closes it. Returns the address that it was at. */
const close = async (address, plan, heard) => {
  const tab = open(address);
  if (plan.end === "start") {
    await steps(plan.steps);
  } else {
    while (!tab.document?.getElementById("main")) await steps(1);
    await follow(tab, plan, heard);
  }
  const at = tab.location.hash ? tab.location.href : address;
  tab.close();
  while (!tab.closed) await steps(1);
  return at;
};
