/**
 * Making and mending a subscription. Few pages need it, and only with a network: a page loads it
 * when it does.
 */
import { deviceIn, remember, writing } from "./database.js";
import { send } from "./exchange.js";
import { announce } from "./news.js";
import { current, limited, unsubscribe } from "./subscription.js";

const DAY_MS = 86_400_000;

const scope = /** @type {any} */ (globalThis);

/** The server's public key: the worker knows it from its manifest, a page from its head. */
const vapid = () =>
  scope.MILKWELL?.vapid ?? scope.document.querySelector("meta[name=vapid]").content;

const SAFE = { "+": "-", "/": "_", "=": "" };

/** The key that a subscription was made with, in URL-safe base64; "" where no browser tells. */
const keyOf = ({ options }) =>
  btoa(String.fromCharCode(...new Uint8Array(options?.applicationServerKey))).replace(
    /[+/=]/g,
    (each) => SAFE[each],
  );

async function ask() {
  // Only a worker that is active can be pushed to.
  const { pushManager } = scope.registration ?? (await navigator.serviceWorker.ready);
  // One that is lost, or was made with another key, stands in the way of a new one.
  await unsubscribe().catch(() => {});
  return pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: vapid() });
}

/** Ask the push service for a new address. */
export const subscribe = () => limited(ask());

/**
 * Tell the server where to push for this device, and remember what it knows.
 * @param {PushSubscription} subscription
 * @param {boolean} mending nobody asked for it just now; where she stopped alerts to this phone
 *   on another, it is so here too from then on
 * @returns {Promise<void>} rejects, and leaves what is remembered, without a network
 */
export async function register(subscription, mending) {
  const device = await writing(deviceIn);
  const body = { device, subscription, key: keyOf(subscription), mending };
  const { ok, status } = await send("/api/devices", body);
  const known = ok ? { endpoint: subscription.endpoint, told_at: Date.now() } : {};
  await remember("alerts", status === 409 ? undefined : known);
}

/**
 * Subscribe and tell the server where that is due: what vanished here, what the server found to
 * be gone, what was made with a key that it had before; and once a day it is told again.
 * @param {{endpoint?: string, told_at?: number, gone?: boolean}} wanted what is remembered
 * @param {boolean} mending
 */
export async function mend({ endpoint, told_at, gone }, mending) {
  const held = await current();
  const good = held && !gone && ["", vapid()].includes(keyOf(held));
  if (good && held.endpoint === endpoint && Date.now() - told_at < DAY_MS) return;
  await register(good ? held : await subscribe(), mending);
  announce();
}
