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

/** Leave nothing of her on this phone, and no word to the server: for an erased account. */
export async function forget(marked = false) {
  drafts.forget();
  await empty(marked);
  // Each as far as this browser has it.
  await Promise.allSettled([
    unsubscribe(),
    closeNotifications(),
    emptyCaches(),
    /** @type {any} */ (navigator).clearAppBadge?.(),
  ]);
}

/**
 * Sign out, without a network too: the store is empty when this resolves, and the server is
 * told at the first contact. Offer to send or save what is in outbox() before.
 */
export async function signOut() {
  await forget(true);
  sync();
}
