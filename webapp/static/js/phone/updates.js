import { drafts } from "./drafts.js";
import { announce, watch } from "./news.js";
import { outbox } from "./outbox.js";
import { status } from "./status.js";

const HOUR_MS = 3_600_000;

let registration;
let outdated = false;
let taking = false;
let looked = Date.now();

/** Only our own worker's address may become a script, whatever is asked for. */
const ours = { createScriptURL: (_url) => "/sw.js" };

/** @returns {boolean} whether a newer version waits for her consent */
export const updateWaiting = () =>
  Boolean(outdated || (registration?.waiting && navigator.serviceWorker.controller));

const found = () => updateWaiting() && announce({ update: true });

/** Take the new version; the page reloads. With every draft on the disk; else not at all. */
export async function takeUpdate() {
  await drafts.flush();
  if (outdated) return location.reload();
  taking = true;
  registration.waiting?.postMessage("skipWaiting");
}

/** Ask for a newer version; browsers do so by themselves only when a page is opened. */
async function look() {
  looked = Date.now();
  await registration.update().catch(() => {
    looked = 0;
  });
}

/** Whether it holds nothing that a reload would take: in the open, what she is at is hers. */
const free = () =>
  !document.querySelector(`dialog[open],[method=post]${document.hidden ? "" : ",:focus"}`);

/** See to updates, whatever has changed. @param {{status?: any}} news */
async function consider({ status: told }) {
  // The server speaks with newer pages alone: nothing goes out before this is one.
  const tooOld = status().state === "client_too_old";
  if ((tooOld && told) || Date.now() - looked > HOUR_MS) look();
  const may = () => (tooOld || document.hidden) && updateWaiting() && free();
  if (may() && (outdated || tooOld || !(await outbox()).length) && may()) await takeUpdate();
}

/**
 * Register the service worker, where there are any, and keep it up to date in a page that is
 * never closed. Call it once a page.
 */
export async function registerWorker() {
  const { serviceWorker } = navigator;
  if (!serviceWorker) return;
  let { controller } = serviceWorker;
  serviceWorker.addEventListener("controllerchange", () => {
    // A page's first worker is no news.
    const first = !controller;
    controller = serviceWorker.controller;
    if (first) return;
    // Where another tab took it, this one may be in use, and goes on until she says so.
    outdated = true;
    if (taking) takeUpdate().catch(found);
    else found();
  });
  const { trustedTypes } = /** @type {any} */ (globalThis);
  const address = (trustedTypes?.createPolicy("sw", ours) ?? ours).createScriptURL("");
  registration = await serviceWorker.register(address, { updateViaCache: "none" });
  // Where workers are blocked, some browsers answer with nothing at all.
  if (!registration) return;
  const follow = () => registration.installing?.addEventListener("statechange", found);
  registration.addEventListener("updatefound", follow);
  follow();
  const hear = (/** @type {any} */ news) => consider(news).catch(() => {});
  watch(hear);
  document.addEventListener("visibilitychange", hear);
  hear({ status: status() });
}
