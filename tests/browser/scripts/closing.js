// Closes tabs at random points: some steps after `end`, at the question after `answers` answers. Needs take.js.

/** Follows a plan in a tab up to its end. Adds every answer that is acknowledged by then to `heard`. */
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

/** Opens a tab, follows a plan in it and closes it. Resolves to the address at which it was closed. */
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

/** Follows several plans in tabs that this page opens and closes. Resolves to the last address and all answers. */
const closeAll = async (address, plans) => {
  const heard = new Set();
  for (const plan of plans) address = await close(address, plan, heard);
  return [address, [...heard]];
};

/** Follows a plan in this tab, up to where the browser is to close it. Resolves like `closeAll`. */
const followHere = async plan => {
  const heard = new Set();
  if (plan.end !== "start") await follow(window, plan, heard);
  return [location.href, [...heard]];
};
