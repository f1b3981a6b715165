/** What a browser gives a service worker, for Node. Import it before the worker's modules. */
import "./phone_world.js";

const path = (request) => new URL(request.url ?? request, "https://milkwell.example").href;

class Cache {
  entries = new Map();

  async put(request, response) {
    this.entries.set(path(request), response);
  }

  async match(request) {
    return this.entries.get(path(request))?.clone();
  }

  async keys() {
    return [...this.entries.keys()].map((url) => ({ url }));
  }
}

class Caches {
  all = new Map();

  async open(name) {
    if (!this.all.has(name)) this.all.set(name, new Cache());
    return this.all.get(name);
  }

  async match(request) {
    for (const cache of this.all.values()) {
      const found = await cache.match(request);
      if (found) return found;
    }
  }

  has = async (name) => this.all.has(name);
  keys = async () => [...this.all.keys()];
  delete = async (name) => this.all.delete(name);
}

export const worker = {
  caches: new Caches(),
  shown: [],
  standing: [],
  opened: [],
  windows: [],
  unregistered: 0,
  skipped: 0,
  claimed: 0,
  listeners: {},
};

Object.assign(globalThis, {
  self: globalThis,
  caches: worker.caches,
  addEventListener: (name, listener) => {
    worker.listeners[name] = listener;
  },
  skipWaiting: async () => {
    worker.skipped += 1;
  },
  registration: {
    showNotification: async (title, options) => {
      // To a browser, a member that is undefined is none; and so it is to JSON.
      worker.shown.push(JSON.parse(JSON.stringify({ title, ...options })));
      worker.standing = worker.standing.filter(({ tag }) => tag !== options.tag);
      worker.standing.push(worker.shown.at(-1));
    },
    unregister: async () => {
      worker.unregistered += 1;
    },
    getNotifications: async ({ tag } = {}) =>
      worker.standing.filter((each) => !tag || each.tag === tag),
    pushManager: { getSubscription: async () => null },
  },
  clients: {
    matchAll: async () => worker.windows,
    openWindow: async (url) => worker.opened.push(url),
    claim: async () => {
      worker.claimed += 1;
    },
  },
});

/** Let an event happen, and wait for all that it waits for. @returns {Promise<any>} its answer */
export async function happens(name, event = {}) {
  const waits = [];
  let answer;
  worker.listeners[name]({
    ...event,
    waitUntil: (promise) => waits.push(promise),
    respondWith: (promise) => {
      answer = promise;
    },
  });
  const said = await answer;
  await Promise.all(waits);
  return said;
}

/** Start the worker anew, under a manifest. Each start loads sw.js as a browser does. */
export async function startWorker(manifest) {
  globalThis.MILKWELL = manifest;
  worker.listeners = {};
  startWorker.times = (startWorker.times ?? 0) + 1;
  await import(`../../webapp/static/sw.js?start=${startWorker.times}`);
}
