import { mendAlerts } from "./alerts.js";
import { saveOnLeaving } from "./drafts.js";
import { watch } from "./news.js";
import { status } from "./status.js";
import { sync } from "./sync.js";

const MINUTE_MS = 60_000;

let timer;

/** A page that comes back from the browser's own cache becomes visible too. */
function onReturn() {
  if (document.hidden) return;
  sync();
  /** @type {any} */ (navigator).clearAppBadge?.().catch(() => {});
}

/** Begin, once, to sync by all hints a page gets. None is believed to mean a network. */
export function start() {
  saveOnLeaving();
  watch(({ status: news }) => {
    if (!news) return;
    clearTimeout(timer);
    if (news.next_at) timer = setTimeout(sync, news.next_at - Date.now());
  });
  document.addEventListener("visibilitychange", onReturn);
  addEventListener("online", () => sync());
  setInterval(() => {
    if (!document.hidden && !(status().next_at > Date.now())) sync();
  }, MINUTE_MS);
  onReturn();
  mendAlerts().catch(() => {});
}
