/** What a browser gives the pages of one phone: a store, locks, channels, a clock that may be wrong. */
import { IDBFactory, IDBKeyRange } from "fake-indexeddb";
import { Chance } from "./random.js";

globalThis.IDBKeyRange = IDBKeyRange;

const never = () => new Promise(() => {});

/** One lock; whoever held it when it was killed holds it no more. */
class Locks {
  #queue = [];

  request(tab, work) {
    return new Promise((resolve, reject) => {
      this.#queue.push({ tab, work, resolve, reject });
      if (this.#queue.length === 1) this.#go();
    });
  }

  drop(tab) {
    const held = this.#queue[0]?.tab === tab;
    this.#queue = this.#queue.filter((each) => each.tab !== tab);
    if (held) this.#go();
  }

  #go() {
    const first = this.#queue[0];
    if (!first) return;
    const next = () => {
      if (this.#queue[0] !== first) return;
      this.#queue.shift();
      this.#go();
    };
    Promise.resolve(first.work()).then(first.resolve, first.reject).finally(next);
  }
}

/** One page, or the service worker, of a phone. */
export class Tab {
  dead = false;
  hidden = false;
  #timers = new Set();
  #events = new EventTarget();
  #connections = [];
  #documentEvents = new EventTarget();

  constructor(phone, { referrer = "", worker = false } = {}) {
    this.phone = phone;
    this.worker = worker;
    this.referrer = referrer;
    this.engine = phone.world.engine(this.#globals());
    // The true one has no such modules.
    if (worker) this.engine.inPage(undefined);
  }

  /** The page goes; what it had begun and not kept is gone. */
  kill() {
    this.dead = true;
    for (const timer of this.#timers) this.phone.world.clock.cancel(timer);
    for (const connection of this.#connections) connection.close();
    this.phone.locks.drop(this);
  }

  /** The system closes the connection behind the page's back. */
  closeStore() {
    for (const connection of this.#connections.splice(0)) connection.close();
  }

  show(hidden) {
    this.hidden = hidden;
    this.#documentEvents.dispatchEvent(new Event("visibilitychange"));
  }

  /** She goes on to another page, and the browser keeps this one for when she comes back. */
  layAside() {
    this.#events.dispatchEvent(Object.assign(new Event("pagehide"), { persisted: true }));
    this.show(true);
  }

  takeUp() {
    this.#events.dispatchEvent(Object.assign(new Event("pageshow"), { persisted: true }));
    this.show(false);
  }

  online() {
    this.#events.dispatchEvent(new Event("online"));
  }

  #globals() {
    const { phone } = this;
    const { clock } = phone.world;
    const tab = this;
    const wrong = () => Math.floor(clock.now) + phone.skew;
    const channel = class {
      constructor() {
        phone.channels.push({ tab, channel: this });
      }

      postMessage(data) {
        if (tab.dead) return;
        for (const other of phone.channels) {
          if (other.tab === tab || other.tab.dead) continue;
          const over = clock.begin();
          setImmediate(() => {
            if (!other.tab.dead) other.channel.onmessage?.({ data });
            over();
          });
        }
      }
    };
    const later = (repeat) => (work, ms) => {
      const fire = () => {
        tab.#timers.delete(timer.event);
        if (tab.dead) return;
        if (repeat) arm();
        work();
      };
      const timer = { event: undefined };
      const arm = () => {
        timer.event = clock.in(repeat ? Math.max(ms, 1) : ms, fire);
        tab.#timers.add(timer.event);
      };
      arm();
      return timer;
    };
    const stop = (timer) => {
      if (!timer) return;
      clock.cancel(timer.event);
      tab.#timers.delete(timer.event);
    };
    const document = Object.assign(this.#documentEvents, {
      referrer: this.referrer,
      querySelector: () => null,
    });
    Object.defineProperty(document, "hidden", { get: () => tab.hidden });
    const globals = {
      indexedDB: this.#storage(),
      navigator: {
        locks: { request: (_name, work) => (tab.dead ? never() : phone.locks.request(tab, work)) },
        storage: { persist: async () => true },
      },
      document: this.worker ? undefined : document,
      location: { origin: "http://milkwell.example", pathname: "/nearby" },
      BroadcastChannel: channel,
      fetch: (address, options) =>
        tab.dead ? never() : phone.world.network.fetch(tab, address, options),
      localStorage: this.worker ? undefined : phone.local,
      setTimeout: later(false),
      clearTimeout: stop,
      setInterval: later(true),
      clearInterval: stop,
      addEventListener: (...words) => this.#events.addEventListener(...words),
      performance: { now: () => clock.now },
      AbortSignal: { timeout: (ms) => ({ ms }) },
      crypto: this.#crypto(),
      caches: { keys: async () => [] },
      Notification: { permission: "default" },
      console: { ...console, error: (error) => phone.world.note(phone, error) },
      Date: class extends Date {
        constructor(...words) {
          super(...(words.length ? words : [wrong()]));
        }

        static now() {
          return wrong();
        }
      },
    };
    globals.globalThis = globals;
    return globals;
  }

  #crypto() {
    const { clock } = this.phone.world;
    const subtle = {};
    for (const name of ["digest", "importKey", "encrypt", "decrypt"]) {
      subtle[name] = (...words) => clock.while(crypto.subtle[name](...words));
    }
    const { chance } = this.phone;
    return {
      subtle,
      randomUUID: () => chance.uuid(),
      getRandomValues: (bytes) => chance.bytes(bytes),
    };
  }

  #storage() {
    const { phone } = this;
    const { clock } = phone.world;
    const open = (name, version) => {
      const request = phone.storage.open(name, version);
      const over = clock.begin(`opening ${phone.name}`);
      request.addEventListener("success", () => {
        const { result } = request;
        if (this.dead) result.close();
        this.#connections.push(result);
        const begin = result.transaction.bind(result);
        result.transaction = (...words) => this.#transaction(begin, words);
        setImmediate(over);
      });
      request.addEventListener("error", () => setImmediate(over));
      return request;
    };
    return { open };
  }

  #transaction(begin, words) {
    const { phone } = this;
    phone.step();
    if (this.dead) throw new DOMException("killed", "NotAllowedError");
    if (words[1] === "readwrite" && phone.quota-- === 0) {
      throw new DOMException("full", "QuotaExceededError");
    }
    const tx = begin(...words);
    const over = phone.world.clock.begin(`transaction of ${phone.name}`);
    for (const end of ["complete", "abort"]) tx.addEventListener(end, () => setImmediate(over));
    return tx;
  }
}

/** A phone: its pages come and go, its store and its cookie stay. */
export class Phone {
  storage = new IDBFactory();
  locks = new Locks();
  channels = [];
  tabs = [];
  cookie = "";
  local = Object.create({
    removeItem(name) {
      delete this[name];
    },
  });
  skew = 0;
  /** Which write fails for want of space, counted down. */
  quota = -1;
  /** After how many steps, transactions and requests, everything is killed. */
  killIn = -1;
  requests = 0;

  constructor(world, name, owner) {
    this.world = world;
    this.name = name;
    this.owner = owner;
    this.user = owner;
    this.chance = new Chance(world.seed, "phone", name);
  }

  /** One step of any of its pages, which may be its last. */
  step() {
    if (this.killIn-- === 0) this.kill();
  }

  open(options) {
    const tab = new Tab(this, options);
    this.tabs.push(tab);
    return tab;
  }

  /** Every page and the worker end at once. */
  kill() {
    for (const tab of this.tabs.splice(0)) tab.kill();
    this.channels = [];
  }
}
