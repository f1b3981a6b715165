import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { browser, newPhone, page, until } from "../phone_world.js";
import { noNetwork } from "../wire_server.js";

const { perform, registerWorker, sync, takeUpdate, updateWaiting } = await import(
  "../../../webapp/static/js/phone/index.js"
);

const told = [];
let reloads = 0;
let server;
const container = Object.assign(new EventTarget(), {
  controller: {},
  ready: new Promise(() => {}),
  asked: [],
});
const registration = Object.assign(new EventTarget(), { waiting: null, installing: null });
container.register = async (...args) => {
  container.asked.push(args);
  return registration;
};
browser.serviceWorker = container;
location.reload = () => {
  reloads += 1;
};
const policies = [];
globalThis.trustedTypes = {
  createPolicy: (name, { createScriptURL }) => {
    policies.push(name);
    return { createScriptURL: (url) => ({ trusted: createScriptURL(url) }) };
  },
};
await registerWorker();

beforeEach(async () => {
  server = await newPhone();
  told.length = 0;
  reloads = 0;
});

function newVersion() {
  const worker = Object.assign(new EventTarget(), { state: "installing" });
  worker.postMessage = (message) => told.push(message);
  registration.installing = worker;
  registration.dispatchEvent(new Event("updatefound"));
  worker.state = "installed";
  registration.waiting = worker;
  worker.dispatchEvent(new Event("statechange"));
}

function hide(hidden) {
  page.hidden = hidden;
  page.dispatchEvent(new Event("visibilitychange"));
}

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

test("a new version waits for consent", async () => {
  assert.equal(updateWaiting(), false);
  newVersion();
  assert.equal(updateWaiting(), true);
  assert.deepEqual(told, []);
  takeUpdate();
  assert.deepEqual(told, ["skipWaiting"]);
  container.dispatchEvent(new Event("controllerchange"));
  assert.equal(reloads, 1);
});

test("it isn't taken unseen while something is unsent, and is when nothing is", async () => {
  newVersion();
  server.nextTime(noNetwork);
  await perform({ kind: "listing.publish", row: "l1" });
  await sync();
  hide(true);
  await new Promise((resolve) => setTimeout(resolve, 50));
  assert.deepEqual(told, []);
  hide(false);
  await sync();
  hide(true);
  await until(() => told.length);
  hide(false);
  assert.deepEqual(told, ["skipWaiting"]);
});
