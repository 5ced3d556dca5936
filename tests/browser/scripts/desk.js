// The page from which tabs that run tab.js get their orders.

/** Sends orders to several tabs at once. `window.replies` resolves to their replies, by the tab's name. */
const give = orders => {
  window.channel ??= new BroadcastChannel("enduring");
  window.replies = new Promise(done => {
    const replies = {};
    channel.onmessage = ({ data }) => {
      replies[data.from] = data;
      if (Object.keys(orders).every(name => replies[name])) done(replies);
    };
  });
  channel.postMessage({ orders });
};
