/**
 * The front door of the phone's engine; nothing else in this folder is imported from outside, but
 * for unsent.js: what stands here every page loads, and few pages need that.
 */
import { bringBack, setAside } from "./apart.js";
import { recall, remember } from "./database.js";
import { letGo } from "./granted.js";
import { watch } from "./news.js";
import { see } from "./seen.js";
import { resume } from "./status.js";
import { inPage, sync } from "./sync.js";
import { start } from "./triggers.js";

export { alertsState, allowAlerts, mustInstall, stopAlerts } from "./alerts.js";
export { apart, dropApart } from "./apart.js";
export { further, nearestBeyond, take } from "./beyond.js";
export { drafts } from "./drafts.js";
export { send } from "./exchange.js";
export { watch } from "./news.js";
export { discard, outbox, perform, replace, retry } from "./outbox.js";
export { me, row, rows } from "./rows.js";
export { signOut } from "./signout.js";
export { status } from "./status.js";
export { sync } from "./sync.js";
export { enliven } from "./triggers.js";
export { registerWorker, takeUpdate, updateWaiting } from "./updates.js";
export { conversationId, uuid7 } from "./uuid.js";

inPage({ bringBack, see, setAside });

/** Whether this page was reached from the form that signs somebody in. */
const cameFromSignIn = () => document.referrer.startsWith(`${location.origin}/sign-`);

/**
 * Open the store and begin to sync. Right after a sign-in it waits for the server to say that
 * the store is this person's, so that nobody sees another's things. Call it once a page.
 * @returns {Promise<void>} rejects where the browser has no IndexedDB
 */
export async function ready() {
  resume(await recall("status"));
  if (cameFromSignIn() && (await recall("person"))) await remember("unsure", "who");
  const unsure = (await recall("unsure")) === "who";
  await letGo().catch(() => {});
  start();
  if (!unsure) return;
  await /** @type {Promise<void>} */ (
    new Promise((resolve) => {
      watch(({ status: news }) => news && !/syncing|unreachable/.test(news.state) && resolve());
      sync();
    })
  );
}
