/** The service worker. `/sw.js` is one line that sets self.MILKWELL, and then this, bundled. */
import { recall } from "./js/phone/database.js";
import { register, subscribe } from "./js/phone/subscribing.js";
import { sync } from "./js/phone/sync.js";
import { answer } from "./js/worker/pages.js";
import { clicked, pushed } from "./js/worker/push.js";
import { dropOld, precache } from "./js/worker/shells.js";

const worker = /** @type {any} */ (self);

/** Rejects unless all is sent, so that the browser tries Background Sync again. */
async function sendAll() {
  const { state, next_at } = await sync(false);
  if (state !== "idle" || next_at) throw new Error(state);
}

async function subscribeAgain({ newSubscription }) {
  if (await recall("alerts")) await register(newSubscription ?? (await subscribe()), true);
}

async function removeItself() {
  await Promise.all((await caches.keys()).map((name) => caches.delete(name)));
  await worker.registration.unregister();
}

/** @param {string} name @param {(event: any) => Promise<any>} work the event lasts as long */
const on = (name, work) => worker.addEventListener(name, (event) => event.waitUntil(work(event)));

if (worker.MILKWELL?.remove === true) {
  on("install", () => worker.skipWaiting());
  on("activate", removeItself);
} else {
  // Claiming matters for the first worker only; a later one already has its pages.
  on("activate", () => dropOld().then(() => worker.clients.claim()));
  on("install", precache);
  on("push", pushed);
  on("notificationclick", clicked);
  on("pushsubscriptionchange", subscribeAgain);
  on("sync", sendAll);
  on("message", async ({ data }) => data === "skipWaiting" && worker.skipWaiting());
  worker.addEventListener("fetch", answer);
}
