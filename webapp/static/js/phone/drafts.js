import { reading, writingForGood } from "./database.js";

// Half a second after a keystroke at the latest, writing included.
const PAUSE_MS = 300;

const pending = new Map();
let timer;
let writing = Promise.resolve();

async function write() {
  if (!pending.size) return;
  const saved_at = new Date().toISOString();
  let batch;
  await writingForGood((stores) => {
    // As it is now: what a page that was laid aside had to write, another has written since.
    batch = [...pending];
    return Promise.all(
      batch.map(([key, value]) => stores.drafts.put({ key, value, saved_at }, key)),
    );
  });
  for (const [key, value] of batch) if (pending.get(key) === value) pending.delete(key);
}

/** Half-written work, by a key such as "offer/new". Values are what a structured clone can copy. */
export const drafts = {
  /** @param {string} key @returns {Promise<any>} undefined if there is none */
  async load(key) {
    return (await drafts.list()).find((each) => each.key === key)?.value;
  },

  /** Save soon; while she types on, every 300 ms. @param {string} key @param {any} value */
  save(key, value) {
    pending.set(key, value);
    timer ??= setTimeout(leave, PAUSE_MS);
  },

  /** Save now whatever waits. @returns {Promise<void>} */
  flush() {
    clearTimeout(timer);
    timer = undefined;
    writing = writing.catch(() => {}).then(write);
    return writing;
  },

  /** Drop what isn't saved yet, when the store is emptied. */
  forget: () => pending.clear(),

  /** @param {string} key */
  async discard(key) {
    await drafts.flush();
    await writingForGood((stores) => stores.drafts.delete(key));
  },

  /** @returns {Promise<{key: string, value: any, saved_at: string}[]>} */
  async list() {
    await drafts.flush();
    return reading((stores) => stores.drafts.getAll());
  },
};

const leave = () => drafts.flush().catch(() => {});

const left = () => JSON.parse(localStorage.drafts ?? "[]");

/** WebKit begins no transaction for a page that is being left: the next page saves it. */
function handOn() {
  if (pending.size) localStorage.drafts = JSON.stringify([...left(), ...pending]);
  pending.clear();
}

/** Save what the page before had no time to. */
async function takeOver() {
  const { drafts: taken } = localStorage;
  for (const [key, value] of left()) pending.set(key, value);
  await drafts.flush();
  if (localStorage.drafts === taken) localStorage.removeItem("drafts");
}

/** Save when the page is left, since a page that is hidden may be killed without a word. */
export function saveOnLeaving() {
  takeOver().catch(console.error);
  addEventListener("pagehide", handOn);
  document.addEventListener("visibilitychange", () => document.hidden && leave());
}
