import { deviceIn, remember, writing } from "./database.js";
import { send } from "./exchange.js";

// subscribe() has been seen pending for ever without a network.
const LIMIT_MS = 10_000;

/** Give up on a promise after a while. @template T @param {Promise<T>} promise @returns {Promise<T>} */
export const limited = (promise, milliseconds = LIMIT_MS) =>
  new Promise((resolve, reject) => {
    AbortSignal.timeout(milliseconds).onabort = reject;
    promise.then(resolve, reject);
  });

const scope = /** @type {any} */ (globalThis);

/**
 * This phone's registration of the service worker, in a page or in the worker itself; undefined,
 * and at once, where there is none.
 */
export const registration = async () =>
  scope.registration ?? navigator.serviceWorker?.getRegistration();

/** @returns {Promise<PushSubscription | null | undefined>} */
export const current = async () => (await registration())?.pushManager.getSubscription();

async function ask() {
  // Only a worker that is active can be pushed to.
  const { pushManager } = scope.registration ?? (await navigator.serviceWorker.ready);
  // The worker knows the server's public key from its manifest, a page from its head.
  const key = scope.MILKWELL?.vapid ?? scope.document.querySelector("meta[name=vapid]").content;
  const options = { userVisibleOnly: true, applicationServerKey: key };
  return pushManager.subscribe(options).catch(async (error) => {
    if (error.name !== "InvalidStateError") throw error;
    await unsubscribe();
    return pushManager.subscribe(options);
  });
}

/** Ask the push service for an address, anew if the server's key has changed. */
export const subscribe = () => limited(ask());

/**
 * Tell the server where to push for this device, and remember what it knows.
 * @param {PushSubscription} subscription
 * @returns {Promise<void>} rejects, and leaves what is remembered, without a network
 */
export async function register(subscription) {
  const device = await writing(deviceIn);
  const { ok } = await send("/api/devices", { device, subscription });
  await remember("alerts", ok ? { endpoint: subscription.endpoint, told_at: Date.now() } : {});
}

/** End the subscription in the browser; the push service then tells the server. */
export async function unsubscribe() {
  const subscription = await current();
  if (subscription) await limited(subscription.unsubscribe());
}
