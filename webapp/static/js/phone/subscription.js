// subscribe() has been seen pending for ever without a network.
const LIMIT_MS = 10_000;

/** Give up on a promise after a while. @template T @param {Promise<T>} promise @returns {Promise<T>} */
export const limited = (promise, milliseconds = LIMIT_MS) =>
  new Promise((resolve, reject) => {
    AbortSignal.timeout(milliseconds).onabort = reject;
    promise.then(resolve, reject);
  });

/**
 * This phone's registration of the service worker, in a page or in the worker itself; undefined,
 * and at once, where there is none.
 */
export const registration = async () =>
  /** @type {any} */ (globalThis).registration ?? navigator.serviceWorker?.getRegistration();

/** @returns {Promise<PushSubscription | null | undefined>} */
export const current = () =>
  limited(registration().then((found) => found?.pushManager.getSubscription()));

/** End the subscription in the browser; the push service then tells the server. */
export async function unsubscribe() {
  const subscription = await current();
  if (subscription) await limited(subscription.unsubscribe());
}
