import { recall } from "../phone/database.js";
import { endSession } from "../phone/session.js";
import { limited } from "../phone/subscription.js";
import { cacheFirst, isFile, lost, precache, shellOf } from "./shells.js";

const SIGN_OUT_MS = 5_000;

/** A sign-out made without a network is the first thing that the server hears of. */
async function settleSignOut() {
  if (await recall("signed_out")) await limited(endSession(), SIGN_OUT_MS);
}

async function page(request, url, event) {
  const shell = await shellOf(url.pathname);
  if (shell) return shell;
  await settleSignOut().catch(() => {});
  try {
    const response = await fetch(request);
    if (await lost()) event.waitUntil(precache().catch(() => {}));
    return response;
  } catch (error) {
    const offline = await shellOf("/offline");
    if (offline) return offline;
    throw error;
  }
}

const sameOrigin = (url) => url.origin === self.location.origin;

// The first row that fits decides; where it names nothing, the request is left to the browser.
const POLICY = [
  [(request, url) => request.method !== "GET" || !sameOrigin(url)],
  [(_, url) => url.pathname.startsWith("/api/")],
  [(_, url) => isFile(url), cacheFirst],
  [(request) => request.mode === "navigate", page],
];

/** Answer a request as the table says. @param {any} event a fetch event */
export function answer(event) {
  const url = new URL(event.request.url);
  const [, how] = POLICY.find(([fits]) => fits(event.request, url)) ?? [];
  if (how) event.respondWith(how(event.request, url, event));
}
