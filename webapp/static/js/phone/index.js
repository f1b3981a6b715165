/** The front door of the phone's engine; nothing else in this folder is imported from outside. */
import { recall, remember } from "./database.js";
import { watch } from "./news.js";
import { resume } from "./status.js";
import { sync } from "./sync.js";
import { start } from "./triggers.js";

export { alertsState, allowAlerts, stopAlerts } from "./alerts.js";
export { drafts } from "./drafts.js";
export { watch } from "./news.js";
export { discard, outbox, perform, replace, retry } from "./outbox.js";
export { me, row, rows } from "./rows.js";
export { forget, signOut } from "./signout.js";
export { status } from "./status.js";
export { sync } from "./sync.js";
export { registerWorker, takeUpdate, updateWaiting } from "./updates.js";
export { uuid7 } from "./uuid.js";

/** Whether this page was reached from the form that signs somebody in. */
function cameFromSignIn() {
  const from = document.referrer && new URL(document.referrer);
  return from && from.origin === location.origin && /^\/sign-(in|up)\b/.test(from.pathname);
}

/**
 * The first answer that tells whether this store is that of the person who is signed in.
 * @returns {Promise<void>}
 */
function certain() {
  return new Promise((resolve) => {
    const stop = watch(({ status: news }) => {
      if (!news || ["syncing", "unreachable"].includes(news.state)) return;
      stop();
      resolve();
    });
  });
}

/**
 * Open the store and begin to sync. Right after a sign-in it waits for the server to say that
 * the store is this person's, so that nobody sees another's things.
 * @returns {Promise<void>} rejects where the browser has no IndexedDB
 */
export async function ready() {
  resume(await recall("status"));
  if (cameFromSignIn() && (await recall("person"))) await remember("unsure", "who");
  const unsure = (await recall("unsure")) === "who";
  start();
  if (!unsure) return;
  const known = certain();
  sync();
  await known;
}
