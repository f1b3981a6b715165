import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { browser, contents, newPhone, page } from "../phone_world.js";
import { noNetwork } from "../wire_server.js";
import { happens, startWorker, worker } from "../worker_world.js";

const ORIGIN = "https://milkwell.example";
const MANIFEST = {
  version: "v1",
  language: "en",
  files: ["/static/dist/app-1111111111.js"],
  shells: "/shells?lang=en&v=v1",
  vapid: "key",
  neutral: "Something near you",
};
await startWorker(MANIFEST);

const { remember } = await import("../../../webapp/static/js/phone/database.js");
const phone = await import("../../../webapp/static/js/phone/index.js");

const shell = (name) => ({
  html: `<p>${name}`,
  headers: { "Content-Type": "text/html", "Content-Security-Policy": `default-src '${name}'` },
});
const SHELLS = {
  "/nearby": shell("nearby"),
  "/listings/:id": shell("listing"),
  "/listings/:id/edit": shell("edit"),
  "/listings/new": shell("new"),
  "/offline": shell("offline"),
};

// The worker at work while no page is open; the page's engine looks at what it has done.
page.hidden = true;

let server;
let site;
beforeEach(async () => {
  await phone.sync();
  server = await newPhone();
  site = {
    "/shells?lang=en&v=v1": () => Response.json({ shells: SHELLS }),
    "/static/dist/app-1111111111.js": () =>
      new Response("app()", { headers: { "Content-Type": "text/javascript" } }),
  };
  globalThis.fetch = async (request, options) => {
    const url = new URL(request.url ?? request, ORIGIN);
    const page = site[url.pathname + url.search];
    return page ? page() : server.fetch(url.pathname, options);
  };
  worker.caches.all.clear();
  Object.assign(worker, {
    shown: [],
    standing: [],
    opened: [],
    windows: [],
    unregistered: 0,
    skipped: 0,
  });
});

const asked = (path, more) => ({
  request: { method: "GET", mode: "navigate", url: new URL(path, ORIGIN).href, ...more },
});
const visit = async (path) => (await happens("fetch", asked(path)))?.text();

test("installing keeps every shell with its headers, and every file", async () => {
  await happens("install");
  assert.deepEqual([...worker.caches.all.keys()].sort(), ["files-v1", "shells-v1"]);
  const response = await happens("fetch", asked("/nearby?kind=offer"));
  assert.equal(await response.text(), "<p>nearby");
  assert.equal(response.headers.get("Content-Security-Policy"), "default-src 'nearby'");
});

const broken = {
  "a file is missing": ["/static/dist/app-1111111111.js", () => new Response("", { status: 404 })],
  "a portal answers for a file": [
    "/static/dist/app-1111111111.js",
    () => new Response("<h1>Wi-Fi", { headers: { "Content-Type": "text/html" } }),
  ],
  "the shells are missing": ["/shells?lang=en&v=v1", () => new Response("", { status: 503 })],
  "the shells are empty": ["/shells?lang=en&v=v1", () => Response.json({ shells: {} })],
};
for (const [what, [address, answer]] of Object.entries(broken)) {
  test(`nothing is installed when ${what}`, async () => {
    site[address] = answer;
    await assert.rejects(happens("install"));
  });
}

test("each address gets its own shell, the one that names it in full first", async () => {
  await happens("install");
  assert.equal(await visit("/listings/0190-abc"), "<p>listing");
  assert.equal(await visit("/listings/0190-abc/edit"), "<p>edit");
  assert.equal(await visit("/listings/new"), "<p>new");
});

test("a shell needs no network", async () => {
  await happens("install");
  globalThis.fetch = noNetwork;
  assert.equal(await visit("/listings/1"), "<p>listing");
});

test("other pages come from the network, and without one from the offline shell", async () => {
  await happens("install");
  site["/guide"] = () => new Response("the guide");
  assert.equal(await visit("/guide"), "the guide");
  globalThis.fetch = noNetwork;
  assert.equal(await visit("/guide"), "<p>offline");
});

test("hashed files come from the cache", async () => {
  await happens("install");
  globalThis.fetch = noNetwork;
  const response = await happens(
    "fetch",
    asked("/static/dist/app-1111111111.js", { mode: "cors" }),
  );
  assert.equal(await response.text(), "app()");
});

const labels = (hash) => `/static/dist/labels-${hash}.js`;
const script = (text) => () =>
  new Response(text, { headers: { "Content-Type": "text/javascript" } });
const loads = async (path) => (await happens("fetch", asked(path, { mode: "cors" }))).text();

test("a script that few pages need is kept from when it is first opened", async () => {
  await happens("install");
  site[labels("aaaaaaaaaa")] = script("labels()");
  assert.equal(await loads(labels("aaaaaaaaaa")), "labels()");
  globalThis.fetch = noNetwork;
  assert.equal(await loads(labels("aaaaaaaaaa")), "labels()");
  await assert.rejects(loads(labels("bbbbbbbbbb")));
});

const unkept = {
  "what a portal says in its place": () =>
    new Response("<h1>Wi-Fi", { headers: { "Content-Type": "text/html" } }),
  "that there is none": () => new Response("", { status: 404 }),
  "a picture": () => new Response("png", { headers: { "Content-Type": "image/png" } }),
};
for (const [what, answer] of Object.entries(unkept)) {
  test(`${what} is not kept as a script`, async () => {
    await happens("install");
    site[labels("aaaaaaaaaa")] = answer;
    await loads(labels("aaaaaaaaaa"));
    globalThis.fetch = noNetwork;
    await assert.rejects(loads(labels("aaaaaaaaaa")));
  });
}

/** The version before has this script, since its page was opened then. */
async function openedBefore() {
  const before = await worker.caches.open("files-v0");
  await before.put(labels("0000000000"), new Response("old()"));
}

test("a new version brings what was opened before, and nothing that was not", async () => {
  await openedBefore();
  site[labels("1111111111")] = script("labels()");
  site["/static/dist/sheet-1111111111.js"] = script("sheet()");
  await happens("install");
  const kept = await (await worker.caches.open("files-v1")).keys();
  assert.deepEqual(
    kept.map(({ url }) => new URL(url).pathname),
    ["/static/dist/app-1111111111.js", labels("1111111111")],
  );
});

test("a new version is whole without what was opened before", async () => {
  await openedBefore();
  await happens("install");
  globalThis.fetch = noNetwork;
  assert.equal(await loads("/static/dist/app-1111111111.js"), "app()");
});

const untouched = {
  "the wire": asked("/api/sync", { mode: "cors" }),
  "a page under /api": asked("/api/places?q=x"),
  "a form that is posted": asked("/sign-in", { method: "POST" }),
  "another site": asked("https://elsewhere.example/nearby"),
  "a picture that is not a hashed file": asked("/favicon.ico", { mode: "no-cors" }),
};
for (const [what, event] of Object.entries(untouched)) {
  test(`${what} is left to the browser`, async () => {
    await happens("install");
    let touched = false;
    worker.listeners.fetch({ ...event, respondWith: () => (touched = true), waitUntil() {} });
    assert.equal(touched, false);
  });
}

test("a sign-out made offline is told before the sign-in page is asked for", async () => {
  await happens("install");
  await remember("signed_out", true);
  site["/sign-in"] = () => new Response(`told ${server.signOuts}`);
  assert.equal(await visit("/sign-in"), "told 1");
});

test("a cache that was taken away is filled again by the next page from the network", async () => {
  site["/guide"] = () => new Response("the guide");
  await visit("/guide");
  assert.equal(await visit("/nearby"), "<p>nearby");
});

test("activating drops what older versions kept, but for a page that is just opening", async () => {
  for (const name of ["files-v0", "shells-v0"]) await worker.caches.open(name);
  const old = "https://milkwell.example/static/dist/app.en-0.js";
  await (await worker.caches.open("files-v0")).put(old, new Response("app0()"));
  await happens("install");
  await happens("activate");
  assert.deepEqual((await worker.caches.keys()).sort(), ["files-v0", "files-v1", "shells-v1"]);
  assert.ok(worker.claimed > 0);
  globalThis.fetch = noNetwork;
  assert.equal(await (await happens("fetch", asked("/static/dist/app.en-0.js"))).text(), "app0()");
  assert.equal(await visit("/nearby"), "<p>nearby");
});

test("of the versions before the last, nothing stays", async () => {
  for (const name of ["files-v-1", "shells-v-1", "files-v0", "shells-v0", "older"]) {
    await worker.caches.open(name);
  }
  await happens("install");
  await happens("activate");
  assert.deepEqual((await worker.caches.keys()).sort(), ["files-v0", "files-v1", "shells-v1"]);
});

const MATCH = {
  id: "m1",
  mine: "l1",
  other: "l9",
  card: { id: "l9", kind: "offer", volume_ml: 300 },
};
const ALERT = {
  id: "a1",
  kind: "match",
  match: "m1",
  listing: "l9",
  made_at: "2026-11-21T03:00:00Z",
};
const payload = (device, { alert = ALERT, match = MATCH, notification, ...rows } = {}) => ({
  web_push: 8030,
  notification: {
    title: "Someone near you is asking today",
    navigate: "/listings/l9",
    tag: "t",
    lang: "en",
    dir: "ltr",
    data: { device, alert, ...(alert === ALERT && { match }), ...rows },
    ...notification,
  },
  mutable: true,
});
const push = (said) => happens("push", { data: { json: () => JSON.parse(JSON.stringify(said)) } });

test("a push for this phone is kept before it is shown, and opens without a network", async () => {
  await remember("device", "mine");
  server.nextTime(noNetwork);
  let kept;
  const { showNotification } = globalThis.registration;
  globalThis.registration.showNotification = async (...args) => {
    kept = await contents("pushed");
    return showNotification(...args);
  };
  await push(payload("mine"));
  globalThis.registration.showNotification = showNotification;
  assert.equal(kept.length, 3);
  assert.deepEqual(worker.shown, [
    {
      title: "Someone near you is asking today",
      lang: "en",
      dir: "ltr",
      tag: "t",
      renotify: true,
      data: { navigate: "/listings/l9", alert: ALERT },
    },
  ]);
  const { volume_ml, pushed } = await phone.row("listing", "l9");
  assert.deepEqual([volume_ml, pushed], [300, true]);
  const [alert] = await phone.rows("alert");
  assert.deepEqual([alert.id, alert.pushed], ["a1", true]);
});

test("a letter that was pushed is kept with its conversation, and opens without a network", async () => {
  await remember("device", "mine");
  server.nextTime(noNetwork);
  const alert = { id: "a2", kind: "letter", conversation: "c1" };
  const conversation = { id: "c1", position: 1, at: "2026-11-21T03:00:00Z" };
  const message = { id: "n1", conversation: "c1", text: "Hello", position: 1 };
  await push(payload("mine", { alert, conversation, message }));
  assert.deepEqual(await phone.rows("conversation"), [{ ...conversation, pushed: true }]);
  assert.deepEqual(await phone.rows("message"), [{ ...message, pushed: true }]);
  assert.equal((await contents("pushed")).length, 3);
});

test("that something changed about milk is pushed onto the conversation that is there", async () => {
  const conversation = { id: "c1", position: 4, read: 4, at: "2026-11-21T03:00:00Z" };
  server.put("me", "conversation", conversation);
  await phone.sync();
  await remember("device", "mine");
  server.nextTime(noNetwork);
  const changed = "2026-11-22T03:00:00Z";
  const alert = { id: "a3", kind: "changed", conversation: "c1" };
  const pushed = { ...conversation, changed };
  await push(payload("mine", { alert, conversation: pushed }));
  assert.deepEqual(await phone.rows("conversation"), [{ ...conversation, changed }]);
});

test("what an alert told of is marked so until a sync confirms it", async () => {
  await remember("device", "mine");
  server.put("near", "listing", { id: "l9", kind: "offer", volume_ml: 200 });
  server.nextTime(noNetwork);
  await push(payload("mine"));
  assert.equal((await phone.rows("listing"))[0].pushed, true);
  await phone.sync();
  const [{ volume_ml, pushed }] = await phone.rows("listing");
  assert.deepEqual([volume_ml, pushed], [200, undefined]);
});

test("what was pushed gives way to what a sync confirms", async () => {
  await remember("device", "mine");
  server.put("me", "match", { ...MATCH, rank: 1 });
  await push(payload("mine"));
  await phone.sync();
  assert.deepEqual(await contents("pushed"), []);
  assert.equal((await phone.rows("match"))[0].rank, 1);
  assert.deepEqual(await phone.rows("alert"), []);
});

const strangers = {
  "another device": payload("another"),
  "no device": payload(undefined),
  nobody: {},
};
for (const [whom, said] of Object.entries(strangers)) {
  test(`a push for ${whom} keeps nothing and says nothing, but shows`, async () => {
    await remember("device", "mine");
    await push(said);
    assert.deepEqual(await contents("pushed"), []);
    assert.deepEqual(worker.shown, [
      { title: "Something near you", data: { navigate: "/nearby" } },
    ]);
  });
}

test("a push that is no JSON, or none at all, still shows one notification", async () => {
  await happens("push", {
    data: {
      json: () => {
        throw new SyntaxError("no");
      },
    },
  });
  await happens("push", { data: null });
  assert.equal(worker.shown.length, 2);
});

test("a notification is shown though the store can't be written", async () => {
  const { transaction } = IDBDatabase.prototype;
  await remember("device", "mine");
  IDBDatabase.prototype.transaction = () => {
    throw new DOMException("full", "QuotaExceededError");
  };
  const hush = console.error;
  console.error = () => {};
  await push(payload("mine"));
  console.error = hush;
  IDBDatabase.prototype.transaction = transaction;
  assert.equal(worker.shown.length, 1);
});

const click = (navigate) =>
  happens("notificationclick", { notification: { data: { navigate }, close() {} } });

test("a click opens what the notification is about", async () => {
  await happens("install");
  await click("/listings/l9");
  assert.deepEqual(worker.opened, [`${ORIGIN}/listings/l9`]);
});

test("a click takes the open app there", async () => {
  await happens("install");
  const went = [];
  const open = { focus: async () => open, navigate: async (url) => went.push(url) };
  worker.windows = [open];
  await click("/listings/l9");
  assert.deepEqual(went, [`${ORIGIN}/listings/l9`]);
  assert.deepEqual(worker.opened, []);
});

for (const address of [
  "https://elsewhere.example/nearby",
  "//elsewhere.example/",
  "/sign-out",
  "javascript:alert(1)",
  undefined,
]) {
  test(`a click never leads to ${address}`, async () => {
    await happens("install");
    await click(address);
    assert.deepEqual(worker.opened, [`${ORIGIN}/nearby`]);
  });
}

test("Background Sync sends what waits, and asks to be tried again when it can't", async () => {
  server.nextTime(noNetwork);
  await phone.perform({ kind: "listing.publish", row: "l1" });
  await phone.sync();
  server.nextTime(noNetwork);
  await assert.rejects(happens("sync", { tag: "outbox" }));
  await happens("sync", { tag: "outbox" });
  assert.equal(server.listings().length, 1);
  const before = server.requests.length;
  await happens("sync", { tag: "outbox" });
  assert.equal(server.requests.length, before);
});

test("a subscription that the browser changed is told to the server", async () => {
  const newSubscription = {
    endpoint: "https://push.example/2",
    toJSON: () => ({ endpoint: "https://push.example/2" }),
  };
  await happens("pushsubscriptionchange", { newSubscription });
  assert.equal(server.subscriptions.length, 0, "she never allowed alerts");
  await remember("alerts", { endpoint: "https://push.example/1", known: true });
  await happens("pushsubscriptionchange", { newSubscription });
  assert.equal(server.subscriptions[0].subscription.endpoint, "https://push.example/2");
});

test("a new version takes over when it is told to, and not before", async () => {
  await happens("install");
  await happens("message", { data: "anything" });
  assert.equal(worker.skipped, 0);
  await happens("message", { data: "skipWaiting" });
  assert.equal(worker.skipped, 1);
});

test("a manifest that says so makes a worker that removes itself", async () => {
  await happens("install");
  await startWorker({ remove: true });
  await happens("install");
  await happens("activate");
  assert.deepEqual(await worker.caches.keys(), []);
  assert.equal(worker.unregistered, 1);
  assert.equal(worker.listeners.fetch, undefined);
  await startWorker(MANIFEST);
});

test("the badge counts what she hasn't seen", async () => {
  const badges = [];
  browser.setAppBadge = async (many) => badges.push(many);
  await remember("device", "mine");
  server.put("me", "alert", { ...ALERT, id: "a7", listing: "l7" });
  server.put("me", "alert", { ...ALERT, id: "a8", listing: "l8", seen: "2026-11-21T04:00:00Z" });
  await phone.sync();
  server.put("me", "alert", ALERT);
  await push(payload("mine"));
  browser.setAppBadge = undefined;
  assert.equal(badges.at(-1), 2);
});

test("a push that comes twice makes a sound once; what takes its place makes one again", async () => {
  await remember("device", "mine");
  await push(payload("mine"));
  await push(payload("mine"));
  await push(payload("mine", { alert: { ...ALERT, made_at: "2026-11-21T05:00:00Z" } }));
  assert.deepEqual(
    worker.shown.map(({ renotify }) => renotify),
    [true, false, true],
  );
});

test("where she wants it quiet, it is shown without a sound", async () => {
  await remember("device", "mine");
  await push(payload("mine", { notification: { silent: true } }));
  const [{ silent, renotify }] = worker.shown;
  assert.deepEqual([silent, renotify], [true, false]);
});

test("Safari hands over a notification of its own making, with all that came along", async () => {
  await remember("device", "mine");
  server.nextTime(noNetwork);
  const { notification } = payload("mine");
  notification.navigate = `${ORIGIN}${notification.navigate}`;
  await happens("push", { data: null, notification });
  assert.equal(worker.shown[0].title, "Someone near you is asking today");
  assert.equal((await phone.row("listing", "l9")).volume_ml, 300);
});

test("a test is shown, and leaves nothing behind", async () => {
  await remember("device", "mine");
  const test = { title: "This is a test", navigate: "/devices", tag: "test" };
  await push({ web_push: 8030, notification: { ...test, data: { device: "mine" } } });
  assert.equal(worker.shown[0].title, "This is a test");
  assert.deepEqual(await contents("pushed"), []);
});

test("muted for tonight until her quiet hours end, without a network, and nothing is opened", async () => {
  server.put("me", "person", { id: "anna", quiet_until: 7 });
  await phone.sync();
  server.nextTime(noNetwork);
  const notification = { data: { navigate: "/listings/l9" }, close() {} };
  await happens("notificationclick", { notification, action: "mute" });
  const [operation] = await contents("outbox");
  const until = new Date(operation.fields.until);
  assert.deepEqual([operation.kind, operation.row], ["person.mute", "anna"]);
  assert.deepEqual([until.getHours(), until.getMinutes()], [7, 0]);
  const hours = (until - new Date(operation.made_at)) / 3_600_000;
  assert.ok(hours > 0 && hours <= 25, `${hours} h`);
  assert.deepEqual(worker.opened, []);
  assert.equal((await phone.me()).muted_until, operation.fields.until);
  await happens("sync", { tag: "outbox" });
  const { operations } = server.requests.findLast(({ address }) => address === "/api/sync").body;
  assert.deepEqual(operations[0].fields, operation.fields);
});
