import { deviceIn, remember, writing } from "./database.js";
import { send } from "./exchange.js";

// subscribe() has been seen pending for ever without a network.
const LIMIT_MS = 10_000;

/** Give up on a promise after a while. @template T @param {Promise<T>} promise @returns {Promise<T>} */
export function limited(promise, milliseconds = LIMIT_MS) {
  let timer;
  const limit = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error("took too long")), milliseconds);
  });
  return Promise.race([promise, limit]).finally(() => clearTimeout(timer));
}

const scope = /** @type {any} */ (globalThis);

/** The server's public key for push, from the worker's manifest or the page's head. */
function key() {
  const meta = scope.document?.querySelector("meta[name=vapid]");
  return scope.MILKWELL?.vapid ?? meta?.content;
}

/** This phone's registration of the service worker, in a page or in the worker itself. */
export const registration = () =>
  scope.registration ?? limited(Promise.resolve(navigator.serviceWorker?.ready));

/** @returns {Promise<PushSubscription | null>} */
export const current = async () => (await registration())?.pushManager?.getSubscription() ?? null;

/** Ask the push service for an address, anew if the server's key has changed. */
export async function subscribe() {
  const { pushManager } = await registration();
  const options = { userVisibleOnly: true, applicationServerKey: key() };
  try {
    return await limited(pushManager.subscribe(options));
  } catch (error) {
    if (error.name !== "InvalidStateError") throw error;
    await unsubscribe();
    return limited(pushManager.subscribe(options));
  }
}

/**
 * Tell the server where to push for this device, and remember what it knows.
 * @param {PushSubscription} subscription
 * @returns {Promise<boolean>} whether it took it
 */
export async function register(subscription) {
  const device = await writing(["meta"], deviceIn);
  const { endpoint } = subscription;
  const known = await send("/api/devices", { device, subscription: subscription.toJSON() }).then(
    ({ ok }) => ok,
    () => false,
  );
  await remember("alerts", { endpoint, known, checked_at: Date.now() });
  return known;
}

/** End the subscription in the browser; the push service then tells the server. */
export async function unsubscribe() {
  const subscription = await current();
  if (subscription) await limited(subscription.unsubscribe());
}
