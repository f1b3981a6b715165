const listeners = new Set();
let channel;

function tell(news) {
  for (const listener of listeners) listener(news);
}

function open() {
  channel ??= new BroadcastChannel("milkwell");
  channel.onmessage = ({ data }) => tell(data);
  return channel;
}

/**
 * @typedef {{status?: import("./status.js").Status, update?: boolean}} News empty when rows,
 *   outbox or drafts changed
 */

/**
 * Hear of every change of the store, made in any tab or in the service worker.
 * @param {(news: News) => void} listener
 * @returns {() => void} stops it
 */
export function watch(listener) {
  open();
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Tell this tab, the others and the worker. @param {News} [news] */
export function announce(news = {}) {
  open().postMessage(news);
  tell(news);
}
