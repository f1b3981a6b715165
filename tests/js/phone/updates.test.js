import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { browser, contents, newPhone, page, until } from "../phone_world.js";
import { noNetwork, says } from "../wire_server.js";

const { drafts, outbox, perform, registerWorker, status, sync, updateWaiting } = await import(
  "../../../webapp/static/js/phone/index.js"
);

const HOUR_MS = 3_600_000;
const told = [];
const reloads = [];
let server;
let updates = 0;

/** What a browser gives one tab. */
function makeTab() {
  const container = Object.assign(new EventTarget(), {
    controller: {},
    ready: new Promise(() => {}),
    asked: [],
  });
  const registration = Object.assign(new EventTarget(), { waiting: null, installing: null });
  registration.update = async () => {
    updates += 1;
  };
  container.register = async (...args) => {
    container.asked.push(args);
    return registration;
  };
  browser.serviceWorker = container;
  return { container, registration };
}
const first = makeTab();
const { container, registration } = first;
/** What is on the disk at the moment when the page goes. */
location.reload = () => reloads.push(contents("drafts"));
const policies = [];
globalThis.trustedTypes = {
  createPolicy: (name, { createScriptURL }) => {
    policies.push(name);
    return { createScriptURL: (url) => ({ trusted: createScriptURL(url) }) };
  },
};
await registerWorker();

const { now } = Date;
const turns = async () => {
  for (let turn = 0; turn < 30; turn++) await new Promise((resolve) => setTimeout(resolve, 1));
};

beforeEach(async () => {
  await sync();
  await turns();
  server = await newPhone();
  await sync();
  Date.now = now;
  registration.waiting = null;
  page.hidden = false;
  page.querySelector = () => null;
  told.length = 0;
  reloads.length = 0;
  updates = 0;
});

function newVersion({ registration } = first) {
  const worker = Object.assign(new EventTarget(), { state: "installing" });
  worker.postMessage = (message) => told.push(message);
  registration.installing = worker;
  registration.dispatchEvent(new Event("updatefound"));
  worker.state = "installed";
  registration.waiting = worker;
  worker.dispatchEvent(new Event("statechange"));
}

/** It has come to power, in whichever tab it was taken. */
function changed({ container, registration }) {
  registration.waiting = null;
  container.dispatchEvent(new Event("controllerchange"));
}

/** Another tab, with modules of its own. There is no way back from what changes it. */
async function open(name) {
  const tab = makeTab();
  const engine = await import(`../../../webapp/static/js/phone/updates.js?${name}`);
  await engine.registerWorker();
  return { ...tab, ...engine };
}

function hide(hidden) {
  page.hidden = hidden;
  page.dispatchEvent(new Event("visibilitychange"));
}

const tooOld = says(426, { error: "client_too_old", message: "Load it again." });

test("the worker is registered under the trusted-types policy that the pages allow", () => {
  assert.deepEqual(policies, ["sw"]);
  assert.deepEqual(container.asked, [[{ trusted: "/sw.js" }, { updateViaCache: "none" }]]);
});

test("a browser that answers a registration with nothing does no harm", async () => {
  const { register } = container;
  container.register = async () => undefined;
  // A module of its own, as in a page of its own.
  const alone = await import("../../../webapp/static/js/phone/updates.js?alone");
  await alone.registerWorker();
  container.register = register;
  assert.equal(alone.updateWaiting(), false);
});

test("a page that stays open asks for a newer version when she returns, once an hour", async () => {
  for (const minutes of [1, 59, 61, 62, 119, 122]) {
    Date.now = () => now() + minutes * 60_000;
    hide(true);
    hide(false);
    await turns();
  }
  assert.equal(updates, 2);
});

test("asking without signal doesn't count as asked", async () => {
  const { update } = registration;
  registration.update = () => Promise.reject(new TypeError("Failed to fetch"));
  Date.now = () => now() + 4 * HOUR_MS;
  hide(false);
  await turns();
  registration.update = update;
  hide(false);
  await until(() => updates === 1);
});

test("it isn't taken unseen while something is unsent, and is when nothing is", async () => {
  newVersion();
  server.nextTime(noNetwork);
  await perform({ kind: "listing.publish", row: "l1" });
  await sync();
  hide(true);
  await turns();
  assert.deepEqual(told, []);
  hide(false);
  await sync();
  hide(true);
  await until(() => told.length);
  assert.deepEqual([...new Set(told)], ["skipWaiting"]);
});

test("what is hidden takes it as soon as the last of the outbox is sent", async () => {
  server.nextTime(noNetwork);
  await perform({ kind: "listing.publish", row: "l1" });
  await sync();
  hide(true);
  newVersion();
  await turns();
  assert.deepEqual(told, []);
  await sync();
  await until(() => told.length);
});

for (const what of ["dialog[open]", "[method=post]"]) {
  test(`it isn't taken unseen over what no draft keeps: ${what}`, async () => {
    page.querySelector = (selector) => (selector.split(",").includes(what) ? {} : null);
    newVersion();
    hide(true);
    await turns();
    assert.deepEqual(told, []);
    page.querySelector = () => null;
    hide(true);
    await until(() => told.length);
  });
}

test("a server that speaks only with newer pages: it is taken at once, unsent work or not", async () => {
  server.nextTime(tooOld);
  await perform({ kind: "listing.publish", row: "l1" });
  await sync();
  assert.equal(status().state, "client_too_old");
  await until(() => updates);
  assert.equal((await outbox()).length, 1);
  assert.deepEqual([told, reloads], [[], []], "there is nothing to take yet, and no reload");
  newVersion();
  await until(() => told.length);
  assert.equal((await outbox()).length, 1);
});

test("not under her hands, though: then she is asked, or it waits until she looks away", async () => {
  page.querySelector = (selector) => (/:focus\b/.test(selector) ? {} : null);
  server.nextTime(tooOld);
  await perform({ kind: "listing.publish", row: "l1" });
  await sync();
  newVersion();
  await turns();
  assert.deepEqual(told, []);
  assert.equal(updateWaiting(), true);
  hide(true);
  await until(() => told.length);
});

test("a server that stays too new for every page there is makes nothing reload", async () => {
  server.nextTime(tooOld, tooOld, tooOld);
  await perform({ kind: "listing.publish", row: "l1" });
  for (let time = 0; time < 3; time++) await sync();
  await turns();
  assert.deepEqual([told, reloads], [[], []]);
  assert.equal((await outbox()).length, 1);
});

test("an older server, rolled back, refuses in words what it doesn't know, and it is kept", async () => {
  const errors = { kind: ["There is no such kind of operation."] };
  server.verdicts["listing.lend"] = { outcome: "rejected", errors };
  await perform({ kind: "listing.lend", row: "l1", fields: { until: "2027-01-01" } });
  await sync();
  const [{ state, answer, fields }] = await outbox();
  assert.deepEqual([state, answer.errors, fields], ["attention", errors, { until: "2027-01-01" }]);
});

test("what a server of another version adds to its answers does no harm", async () => {
  server.put("me", "person", { id: "anna", name: "Anna", shoe_size: 38 });
  server.put("me", "lullaby", { id: "u1" });
  server.nextTime(async (answer) => {
    const said = await (await answer()).json();
    const more = { weather: "rain", scopes: { ...said.scopes, far: { cursor: "f", put: {} } } };
    return says(200, { ...said, ...more })();
  });
  await perform({ kind: "listing.publish", row: "l1" });
  await sync();
  await sync();
  assert.deepEqual([status().state, server.listings().length], ["idle", 1]);
  assert.deepEqual(await outbox(), []);
});

test("a new version waits for consent, and the page that gives it reloads", async () => {
  const tab = await open("consent");
  assert.equal(tab.updateWaiting(), false);
  newVersion(tab);
  assert.equal(tab.updateWaiting(), true);
  await turns();
  assert.deepEqual(told, []);
  await tab.takeUpdate();
  assert.deepEqual(told, ["skipWaiting"]);
  assert.deepEqual(reloads, []);
  changed(tab);
  await until(() => reloads.length === 1);
});

test("a draft that can't be written keeps the page from reloading", async () => {
  const tab = await open("full");
  const { transaction } = IDBDatabase.prototype;
  newVersion(tab);
  IDBDatabase.prototype.transaction = () => {
    throw new DOMException("full", "NotReadableError");
  };
  drafts.save("offer/new", { values: {} });
  await assert.rejects(tab.takeUpdate());
  changed(tab);
  await turns();
  assert.deepEqual([told, reloads], [[], []]);
  IDBDatabase.prototype.transaction = transaction;
  await tab.takeUpdate();
  assert.equal(reloads.length, 1);
  assert.equal((await reloads[0]).length, 1);
});

test("an update that another tab took is hers to take while she looks at this one", async () => {
  const tab = await open("seen");
  changed(tab);
  await turns();
  assert.deepEqual(reloads, []);
  assert.equal(tab.updateWaiting(), true);
  drafts.save("offer/new", { values: { note: "typed a moment ago" } });
  await tab.takeUpdate();
  const [{ value }] = await reloads[0];
  assert.equal(value.values.note, "typed a moment ago");
});

test("a hidden tab goes along, with what was typed there on the disk", async () => {
  const tab = await open("hidden");
  drafts.save("letter/c1", { text: "typed before she looked away" });
  page.hidden = true;
  changed(tab);
  await until(() => reloads.length);
  const [{ value }] = await reloads[0];
  assert.equal(value.text, "typed before she looked away");
});
