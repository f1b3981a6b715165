import { mendAlerts } from "./alerts.js";
import { saveOnLeaving } from "./drafts.js";
import { watch } from "./news.js";
import { status } from "./status.js";
import { sync } from "./sync.js";

const MINUTE_MS = 60_000;

let started = false;
let timer;

function planNext(next_at) {
  clearTimeout(timer);
  if (next_at) timer = setTimeout(() => sync(), next_at - Date.now());
}

function onReturn() {
  if (document.hidden) return;
  sync();
  /** @type {any} */ (navigator).clearAppBadge?.().catch(() => {});
}

/** Begin to sync by all hints a page gets. None of them is believed to mean a network. */
export function start() {
  if (started) return;
  started = true;
  saveOnLeaving();
  watch(({ status: news }) => news && planNext(news.next_at));
  document.addEventListener("visibilitychange", onReturn);
  addEventListener("online", () => sync());
  addEventListener("pageshow", ({ persisted }) => persisted && onReturn());
  setInterval(() => {
    if (!document.hidden && !(status().next_at > Date.now())) sync();
  }, MINUTE_MS);
  onReturn();
  mendAlerts().catch(() => {});
}
