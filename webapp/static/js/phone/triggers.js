import { mendAlerts } from "./alerts.js";
import { layAside, takeUp } from "./database.js";
import { saveOnLeaving } from "./drafts.js";
import { letGo } from "./granted.js";
import { watch } from "./news.js";
import { status } from "./status.js";
import { sync } from "./sync.js";

const MINUTE_MS = 60_000;
// A message shows within five seconds, with the way there and back.
const BEAT_MS = 4_500;
// From then on a minute's hint comes as often.
const QUIET_MS = 360_000;

let timer;
let beating;
let lively = 0;
let asked = 0;

function hint() {
  if (!document.hidden && !(status().next_at > Date.now())) sync();
}

/** The longer nothing came, the longer until the next look: a sixth of that time. */
function beat() {
  const now = Date.now();
  const quiet = now - lively;
  if (quiet > QUIET_MS) beating = clearInterval(beating);
  else if (now - asked >= quiet / 6) {
    asked = now;
    hint();
  }
}

/**
 * Something happens in the conversation that she looks at: for half a minute it is looked after
 * every beat, then more and more slowly until six minutes have gone by.
 * @param {number} [at] when, in epoch milliseconds; now where that is later, or no time
 */
export function enliven(at) {
  const now = Date.now();
  lively = at < now ? at : now;
  beating ??= setInterval(beat, BEAT_MS);
}

/** A page that comes back from the browser's own cache becomes visible too. */
function onReturn() {
  if (document.hidden) return;
  letGo().catch(() => {});
  sync();
}

/** Begin, once, to sync by all hints a page gets. None is believed to mean a network. */
export function start() {
  saveOnLeaving();
  addEventListener("pagehide", ({ persisted }) => persisted && layAside());
  addEventListener("pageshow", takeUp);
  watch(({ status: news }) => {
    if (!news) return;
    clearTimeout(timer);
    if (news.next_at) timer = setTimeout(sync, news.next_at - Date.now());
  });
  document.addEventListener("visibilitychange", onReturn);
  addEventListener("online", sync);
  setInterval(hint, MINUTE_MS);
  onReturn();
  sync()
    .then(({ state }) => state === "idle" && mendAlerts())
    .catch(() => {});
}
