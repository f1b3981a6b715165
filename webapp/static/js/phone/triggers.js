import { mendAlerts } from "./alerts.js";
import { saveOnLeaving } from "./drafts.js";
import { letGo } from "./granted.js";
import { watch } from "./news.js";
import { status } from "./status.js";
import { sync } from "./sync.js";

const MINUTE_MS = 60_000;
const BEAT_MS = 5_000;
const LIVELY_MS = 300_000;

let timer;
let beating;
let lively = 0;

function hint() {
  if (!document.hidden && !(status().next_at > Date.now())) sync();
}

function beat() {
  if (Date.now() < lively) return hint();
  clearInterval(beating);
  beating = undefined;
}

/**
 * Something happens in the conversation that she looks at: for five minutes it is looked after
 * every five seconds.
 * @param {number} [at] when, in epoch milliseconds
 */
export function enliven(at = Date.now()) {
  lively = Math.max(lively, at + LIVELY_MS);
  beating ??= setInterval(beat, BEAT_MS);
}

/** A page that comes back from the browser's own cache becomes visible too. */
function onReturn() {
  if (document.hidden) return;
  letGo().catch(() => {});
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
  addEventListener("online", sync);
  setInterval(hint, MINUTE_MS);
  onReturn();
  mendAlerts().catch(() => {});
}
