/** What a browser gives the engine, for Node. Import it before the engine. */
import "fake-indexeddb/auto";
import { WireServer } from "./wire_server.js";

/** The clock, also in a test that moves its own by hand. */
const later = globalThis.setTimeout;

class Channel extends BroadcastChannel {
  constructor(name) {
    super(name);
    this.unref(); // a test file ends although a channel is open
  }
}

/** Locks that are held one after the other, as in one browser. */
class Locks {
  #last = Promise.resolve();

  request(_name, work) {
    const turn = this.#last.then(work);
    this.#last = turn.catch(() => {});
    return turn;
  }
}

export const page = new EventTarget();
Object.assign(page, { hidden: false, referrer: "", querySelector: () => null });

const windowEvents = new EventTarget();
export const browser = { locks: new Locks(), userAgent: "Android", asked: 0 };
browser.storage = {
  persist: async () => {
    browser.asked += 1;
    return true;
  },
};

const globals = {
  BroadcastChannel: Channel,
  document: page,
  location: new URL("https://milkwell.example/nearby"),
  navigator: browser,
  addEventListener: (...args) => windowEvents.addEventListener(...args),
  dispatchEvent: (event) => windowEvents.dispatchEvent(event),
};
for (const [name, value] of Object.entries(globals)) {
  Object.defineProperty(globalThis, name, { value, configurable: true, writable: true });
}

class Storage {
  removeItem(name) {
    delete this[name];
  }
}

const { close, reading, remember } = await import("../../webapp/static/js/phone/database.js");

/** A phone with an empty store, and a server that it reaches. @returns {Promise<WireServer>} */
export async function newPhone() {
  close();
  await new Promise((resolve, reject) => {
    const request = indexedDB.deleteDatabase("milkwell");
    request.onsuccess = resolve;
    request.onerror = reject;
  });
  Object.defineProperty(globalThis, "localStorage", { value: new Storage(), configurable: true });
  const server = new WireServer();
  globalThis.fetch = server.fetch;
  return server;
}

/** The browser was killed: only what was committed is there when it opens again. */
export const reopen = () => close();

/** Let a time that the server named pass. */
export const waitIsOver = () => remember("not_before", undefined);

/** All that a store holds. */
export const contents = (name) => reading((stores) => stores[name].getAll());

export const STORES = ["rows", "pushed", "outbox", "drafts", "meta", "aside"];

/** Wait until a condition holds, looking at each turn of the event loop. */
export async function until(condition) {
  // By a clock that no test moves; a machine that is busy takes many times as long as it must.
  const end = performance.now() + 20_000;
  while (performance.now() < end) {
    if (await condition()) return;
    await new Promise((resolve) => later(resolve, 1));
  }
  throw new Error(`never: ${condition}`);
}
