import { drafts } from "./drafts.js";
import { announce } from "./news.js";
import { outbox } from "./outbox.js";

let registration;
let outdated = false;
let taking = false;

/** Only our own worker's address may become a script, whatever is asked for. */
const ours = { createScriptURL: (_url) => "/sw.js" };

/** @returns {boolean} whether a newer version waits for her consent */
export const updateWaiting = () =>
  Boolean(outdated || (registration?.waiting && navigator.serviceWorker.controller));

const found = () => announce({ update: true });

/** Take the new version; the page reloads. */
export function takeUpdate() {
  if (outdated) return location.reload();
  taking = true;
  registration.waiting?.postMessage("skipWaiting");
}

async function takeUnseen() {
  if (!document.hidden || !updateWaiting()) return;
  await drafts.flush();
  if (!(await outbox()).length && document.hidden) takeUpdate();
}

/**
 * Register the service worker, where there are any; the browser looks for a newer one with each
 * page it opens. Call it once a page.
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
    if (taking || document.hidden) return location.reload();
    // Another tab took it; this one is in use and goes on until she says so.
    outdated = true;
    found();
  });
  const { trustedTypes } = /** @type {any} */ (globalThis);
  const address = (trustedTypes?.createPolicy("sw", ours) ?? ours).createScriptURL("");
  registration = await serviceWorker.register(address, { updateViaCache: "none" });
  // Where workers are blocked, some browsers answer with nothing at all.
  if (!registration) return;
  registration.addEventListener("updatefound", () =>
    registration.installing?.addEventListener("statechange", () => updateWaiting() && found()),
  );
  document.addEventListener("visibilitychange", () => takeUnseen().catch(() => {}));
}
