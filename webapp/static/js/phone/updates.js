import { drafts } from "./drafts.js";
import { announce } from "./news.js";
import { outbox } from "./outbox.js";

const HOUR_MS = 3_600_000;

let waiting;
let outdated = false;
let taking = false;

/** Only our own worker's address may become a script. */
function trusted(address) {
  const { trustedTypes } = /** @type {any} */ (globalThis);
  const policy = trustedTypes?.createPolicy("sw", {
    createScriptURL: (url) => {
      if (url !== "/sw.js") throw new TypeError(`not our worker: ${url}`);
      return url;
    },
  });
  return policy ? policy.createScriptURL(address) : address;
}

function found(worker) {
  waiting = worker;
  announce({ update: true });
}

function follow(registration) {
  const worker = registration.installing;
  worker?.addEventListener("statechange", () => {
    if (worker.state === "installed" && navigator.serviceWorker.controller) found(worker);
  });
}

/** @returns {boolean} whether a newer version waits for her consent */
export const updateWaiting = () => Boolean(waiting) || outdated;

/** Take the new version; the page reloads. */
export function takeUpdate() {
  if (outdated) return location.reload();
  taking = true;
  waiting?.postMessage("skipWaiting");
}

async function takeUnseen() {
  if (!document.hidden || !updateWaiting()) return;
  await drafts.flush();
  if (!(await outbox()).length && document.hidden) takeUpdate();
}

function onNewWorker(first) {
  if (first) return;
  if (taking || document.hidden) return location.reload();
  // Another tab took it; this one is in use and goes on until she says so.
  outdated = true;
  announce({ update: true });
}

/**
 * Register the service worker and keep it up to date; safe to call on each load.
 * @returns {Promise<ServiceWorkerRegistration | undefined>} undefined where there is none
 */
export async function registerWorker() {
  const { serviceWorker } = navigator;
  if (!serviceWorker) return undefined;
  let first = !serviceWorker.controller;
  serviceWorker.addEventListener("controllerchange", () => {
    onNewWorker(first);
    first = false;
  });
  const registration = await serviceWorker.register(trusted("/sw.js"), { updateViaCache: "none" });
  if (registration.waiting && serviceWorker.controller) found(registration.waiting);
  follow(registration);
  registration.addEventListener("updatefound", () => follow(registration));
  let checked = Date.now();
  document.addEventListener("visibilitychange", () => {
    takeUnseen().catch(() => {});
    if (document.hidden || Date.now() - checked < HOUR_MS) return;
    checked = Date.now();
    registration.update().catch(() => {});
  });
  return registration;
}
