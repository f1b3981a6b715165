import { takeIn } from "./answer.js";
import { deviceIn, recall, remember, writing } from "./database.js";
import { exchange } from "./exchange.js";
import { announce } from "./news.js";
import { due, onTheWire } from "./operations.js";
import { cursorIn, SCOPES } from "./scopes.js";
import { endSession, setAside } from "./session.js";
import { show, status } from "./status.js";

const PROTOCOL = 1;
const BATCH = 50;
const FIRST_WAIT_MS = 2_000;
const LONGEST_WAIT_MS = 300_000;
// A store that moved on while we asked asks again later, like one that got no answer.
const STOPS = { stale: "unreachable", other: "other_device" };

let running;
let again = false;
let failures = 0;

/** Choose what goes into the next request; undefined while the server doesn't know of a sign-out. */
function prepare(size, tried) {
  return writing(["outbox", "meta", "pushed"], async ({ outbox, meta, pushed }) => {
    if (await meta.get("signed_out")) return undefined;
    const cursors = {};
    for (const name of SCOPES) cursors[name] = cursorIn(await meta.get(name));
    const all = await outbox.getAll();
    const unsure = await meta.get("unsure");
    // After a 401 it may be somebody else who signed in: ask with empty hands first.
    const operations = unsure ? [] : due(all, tried).slice(0, size);
    const device = await deviceIn({ meta });
    return { device, cursors, operations, all, unsure, pushed: await pushed.getAllKeys() };
  });
}

function bodyOf({ device, cursors, operations, all }) {
  const sent_at = new Date().toISOString();
  const sent = operations.map((each) => onTheWire(each, all));
  return { protocol: PROTOCOL, device, sent_at, operations: sent, cursors };
}

/** One that no request can carry needs her. */
const setApart = (operation) =>
  writing(["outbox"], ({ outbox }) =>
    outbox.put({ ...operation, state: "attention", answer: { outcome: "too_large" } }),
  );

const later = (wait) => Date.now() + wait;

/** Exponential, with jitter so that phones that failed together don't come back together. */
function backoff() {
  const longest = Math.min(FIRST_WAIT_MS * 2 ** failures++, LONGEST_WAIT_MS);
  return longest * (0.5 + Math.random() / 2);
}

/** @param {{state: string, wait?: number}} reply */
async function stop({ state, wait }) {
  if (wait) await remember("not_before", later(wait));
  if (state === "signed_out") await remember("unsure", "send");
  const waits = wait || ["unreachable", "failed"].includes(state);
  return { state, next_at: waits ? later(wait ?? backoff()) : undefined };
}

/** All is sent; or the server couldn't do some of it yet, and that is left for another run. */
function rest({ all }) {
  if (due(all, new Set()).length) return { state: "idle", next_at: later(backoff()) };
  failures = 0;
  return { state: "idle" };
}

/** One request, and what became of its answer. */
async function round(request) {
  const sending = request.operations.map(({ id }) => id);
  show({ state: "syncing", synced_at: status().synced_at, sending });
  const reply = await exchange(bodyOf(request));
  const taken = reply.answer ? await takeIn(request, reply.answer) : reply.state;
  if (reply.answer && (request.operations.length || reply.answer.scopes)) announce();
  return { taken, reply };
}

/** Exchange until nothing is left to send or fetch. @param {boolean} pull even if none waits */
async function rounds(pull) {
  const tried = new Set();
  let [size, more, strangers] = [BATCH, pull, 0];
  for (;;) {
    again = false;
    const request = await prepare(size, tried);
    if (!request) return stop({ state: (await endSession()) ? "signed_out" : "unreachable" });
    const { operations, unsure } = request;
    if (!operations.length && !more && !unsure) return rest(request);
    const { taken, reply } = await round(request);
    if (reply.tooLarge && operations.length) {
      const single = operations.length === 1;
      if (single) await setApart(operations[0]);
      size = single ? BATCH : Math.ceil(operations.length / 2);
    } else if (["other", "other_device"].includes(taken) && !strangers++) {
      await setAside();
      more = true;
    } else if (taken === "more" || taken === "all") {
      for (const { id } of operations) tried.add(id);
      more = taken === "more";
    } else {
      return stop({ ...reply, state: STOPS[taken] ?? taken });
    }
  }
}

/** One run at a time in all tabs and the worker, where the browser has locks. */
const alone = (work) => navigator.locks?.request("milkwell-sync", work) ?? work();

async function run(pull) {
  const not_before = await recall("not_before");
  const early = Date.now() < not_before;
  const end = early ? { state: "unreachable", next_at: not_before } : await rounds(pull);
  const now = /** @type {any} */ ({ ...end, synced_at: await recall("synced_at") });
  await remember("status", now);
  show(now);
}

async function drain(pull) {
  try {
    let asks = pull;
    do {
      await alone(() => run(asks));
      asks = false;
    } while (again && status().state === "idle");
  } catch (error) {
    console.error(error);
    show({ ...status(), state: "failed", next_at: later(backoff()) });
  } finally {
    // In the same breath as the last look at `again`, so that no hint falls between.
    running = undefined;
  }
  return status();
}

/**
 * Send what waits and fetch what changed. A hint: calls while a run is under way join it, and
 * what was done meanwhile goes with its next request. Never rejects.
 * @param {{pull?: boolean}} [options] `pull: false` asks the server nothing when nothing waits
 * @returns {Promise<import("./status.js").Status>}
 */
export function sync({ pull = true } = {}) {
  again = true;
  running ??= drain(pull);
  return running;
}
