import { drafts } from "./drafts.js";
import { empty } from "./session.js";
import { registration, unsubscribe } from "./subscription.js";
import { sync } from "./sync.js";

async function closeNotifications() {
  for (const each of await (await registration()).getNotifications()) each.close();
}

async function emptyCaches() {
  for (const name of await caches.keys()) await caches.delete(name);
}

/**
 * Sign out, without a network too: nothing of her is on this phone when it resolves, and the
 * server is told at the first contact. Offer to send or save what is in outbox() before.
 */
export async function signOut() {
  drafts.forget();
  await empty(true);
  // Each as far as this browser has it.
  await Promise.allSettled([
    unsubscribe(),
    closeNotifications(),
    emptyCaches(),
    /** @type {any} */ (navigator).clearAppBadge?.(),
  ]);
  sync();
}
