import { takeIn } from "./answer.js";
import { reading, recall, remember, writing } from "./database.js";
import { exchange, LONGEST_WAIT_MS, TIMEOUT_MS } from "./exchange.js";
import { announce } from "./news.js";
import { due, idsOf, onTheWire } from "./operations.js";
import { filling, standing } from "./scopes.js";
import { endSession } from "./session.js";
import { show, status } from "./status.js";

const BATCH = 50;
const PAGE = 200;
const FEWEST = 10;
// So long other phones may take to send again, to a restored server, what this one builds on.
const EARLY_MS = 604_800_000;
const FIRST_WAIT_MS = 2_000;
const LATEST_MS = 300_000;

/** What only a page does. */
let page;
let running;
let again = false;
let failures = 0;
// How much goes into a request and into its answer: half of it after one that was too much.
let size = BATCH;
let most = PAGE;

/** Choose what goes into the next request; undefined while the server doesn't know of a sign-out. */
function prepare(tried) {
  return writing(async (stores) => {
    const { outbox, meta, pushed } = stores;
    if (await meta.get("signed_out")) return undefined;
    const all = await outbox.getAll();
    const unsure = await meta.get("unsure");
    // After a 401 it may be somebody else who signed in: ask with empty hands first.
    const operations = unsure ? [] : due(all, tried).slice(0, size);
    const stood = await standing({ meta });
    const sent_at = new Date().toISOString();
    const sent = operations.map((each) => onTheWire(each, all));
    const renewed = Date.now() - (await meta.get("renewed")) < EARLY_MS || undefined;
    const fewer = most < PAGE ? most : undefined;
    const seen = unsure ? undefined : await page?.see(stores);
    const body = { protocol: 1, ...stood, sent_at, operations: sent, most: fewer, renewed, seen };
    const how = await filling({ meta });
    return { body, stood, operations, all, unsure, how, pushed: await pushed.getAllKeys() };
  });
}

/** One that no request can carry needs her. */
const setApart = (operation) =>
  writing((stores) =>
    stores.outbox.put({ ...operation, state: "attention", answer: { outcome: "too_large" } }),
  );

/** When next: as told, or exponential, with jitter so that those that failed together part. */
function later(wait) {
  const longest = Math.min(FIRST_WAIT_MS * 2 ** failures++, LATEST_MS);
  return Date.now() + (wait ?? longest * (0.5 + Math.random() / 2));
}

/**
 * Exchange until nothing is left to send or fetch.
 * @param {boolean} pull even if none waits
 * @returns {Promise<{state: string, wait?: number, left?: number}>} why it ended; `left` is what
 *   the server couldn't do yet, for another run
 */
async function rounds(pull) {
  const tried = new Set();
  let [more, strangers] = [pull, 0];
  for (;;) {
    again = false;
    await page?.bringBack();
    const request = await prepare(tried);
    if (!request) return { state: (await endSession()) ? "signed_out" : "unreachable" };
    const { body, operations, all, unsure, how } = request;
    const { length } = operations;
    if (!length && !more && !unsure) return { state: "idle", left: due(all, new Set()).length };
    show({ state: "syncing", sending: idsOf(operations), ...how });
    const begun = performance.now();
    const { answer, tooLarge, ...reply } = await exchange(body);
    if (tooLarge || performance.now() - begun >= TIMEOUT_MS) {
      most = Math.max(Math.ceil(most / 2), FEWEST);
      size = Math.ceil((length || size) / 2);
    }
    if (answer) reply.state = await takeIn(request, answer);
    if (answer && (length || answer.scopes)) announce();
    const { state } = reply;
    if (tooLarge && length) {
      if (length === 1) await setApart(operations[0]);
    } else if (state === "other_device" && !strangers++) {
      // Nobody sees another's things where they couldn't be set apart: a page waits for that.
      if (!(await page?.setAside())) return { state: "unreachable" };
      more = true;
    } else if (/^(more|all)$/.test(state)) {
      for (const { id } of operations) tried.add(id);
      more = state === "more";
    } else {
      return reply;
    }
  }
}

/**
 * A run in a page also says what she sees, and takes care of what others left here: the worker,
 * which sees nothing, leaves that to the next page.
 * @param {Pick<typeof import("./apart.js"), "bringBack" | "setAside"> &
 *   Pick<typeof import("./seen.js"), "see">} deeds
 */
export function inPage(deeds) {
  page = deeds;
}

/** What comes of it, and when it is tried again. */
async function end(/** @type {any} */ { state, wait, left }) {
  if (state === "idle") {
    most = Math.min(most * 2, PAGE);
    size = Math.min(size * 2, BATCH);
    if (!left) failures = 0;
  }
  const next_at = wait || left || /unreachable|failed/.test(state) ? later(wait) : undefined;
  if (wait) await remember("not_before", next_at);
  if (state === "signed_out") await remember("unsure", "send");
  return { state, next_at };
}

/** One run at a time in all tabs and the worker, where the browser has locks. */
const alone = (work) => navigator.locks?.request("milkwell-sync", work) ?? work();

async function run(pull) {
  const not_before = await recall("not_before");
  // Not what a clock that was wrong has left behind.
  const ahead = not_before - Date.now();
  const early = ahead > 0 && ahead <= LONGEST_WAIT_MS;
  const so = early ? { state: "unreachable", next_at: not_before } : await end(await rounds(pull));
  const now = await reading(async ({ meta }) => ({
    ...so,
    synced_at: await meta.get("synced_at"),
    ...(await filling({ meta })),
  }));
  await remember("status", now);
  show(now);
}

async function drain(pull) {
  try {
    await alone(() => run(pull));
    while (again && status().state === "idle") await alone(() => run(false));
  } catch (error) {
    console.error(error);
    show({ state: "failed", next_at: later() });
  } finally {
    // In the same breath as the last look at `again`, so that no hint falls between.
    running = undefined;
  }
  return status();
}

/**
 * Send what waits and fetch what changed. A hint: calls while a run is under way join it, and
 * what was done meanwhile goes with its next request. Never rejects.
 * @param {unknown} [pull] false asks the server nothing when nothing waits
 * @returns {Promise<import("./status.js").Status>}
 */
export function sync(pull = true) {
  again = true;
  running ??= drain(pull);
  return running;
}
