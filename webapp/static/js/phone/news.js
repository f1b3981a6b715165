const listeners = new Set();
const channel = new BroadcastChannel("milkwell");

const tell = (news) => {
  for (const listener of listeners) listener(news);
};

channel.onmessage = (event) => tell(event.data);

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
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Tell this tab, the others and the worker. @param {News} [news] */
export function announce(news = {}) {
  channel.postMessage(news);
  tell(news);
}
