import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { browser, newPhone } from "../phone_world.js";
import { noNetwork, says } from "../wire_server.js";

const { alertsState, allowAlerts, stopAlerts, sync, signOut } = await import(
  "../../../webapp/static/js/phone/index.js"
);
const { mendAlerts } = await import("../../../webapp/static/js/phone/alerts.js");
const { limited } = await import("../../../webapp/static/js/phone/subscription.js");
const { recall, remember } = await import("../../../webapp/static/js/phone/database.js");

let server;
let push;

// Two public keys in URL-safe base64, each with a letter that plain base64 writes otherwise.
const [KEY, NEXT_KEY] = ["BKey-_8", "BNew_-8"];

/** A push service, as the browser shows it to a page. */
function pushManager() {
  const manager = { subscription: null, made: 0, asked: [], ended: 0 };
  manager.getSubscription = async () => manager.subscription;
  manager.subscribe = async (options) => {
    manager.asked.push(options);
    if (manager.refuses) throw new DOMException("no", manager.refuses);
    if (manager.subscription) throw new DOMException("another key", "InvalidStateError");
    manager.made += 1;
    const endpoint = `https://push.example/${manager.made}`;
    manager.subscription = {
      endpoint,
      options: { applicationServerKey: Buffer.from(options.applicationServerKey, "base64url") },
      toJSON: () => ({ endpoint }),
      unsubscribe: async () => {
        manager.ended += 1;
        manager.subscription = null;
      },
    };
    return manager.subscription;
  };
  return manager;
}

beforeEach(async () => {
  await sync();
  server = await newPhone();
  push = pushManager();
  Object.assign(browser, { userAgent: "Android", maxTouchPoints: 5, standalone: undefined });
  const registration = { pushManager: push };
  browser.serviceWorker = {
    ready: Promise.resolve(registration),
    getRegistration: async () => registration,
  };
  globalThis.PushManager = class {};
  globalThis.MILKWELL = { vapid: KEY };
  globalThis.Notification = { permission: "default", requestPermission: async () => grant() };
});

const grant = () => {
  Notification.permission = "granted";
  return "granted";
};

test("a tap that allows alerts subscribes and tells the server for this store's device", async () => {
  assert.equal(await alertsState(), "off");
  assert.equal(await allowAlerts(), "on");
  assert.deepEqual(push.asked, [{ userVisibleOnly: true, applicationServerKey: KEY }]);
  assert.deepEqual(server.subscriptions, [
    {
      device: await recall("device"),
      subscription: { endpoint: "https://push.example/1" },
      key: KEY,
      mending: false,
    },
  ]);
});

test("where the person says no, alerts are blocked", async () => {
  Notification.requestPermission = async () => {
    Notification.permission = "denied";
    return "denied";
  };
  assert.equal(await allowAlerts(), "blocked");
  assert.equal(push.made, 0);
});

test("a browser without push can't have them", async () => {
  delete globalThis.PushManager;
  assert.equal(await alertsState(), "unsupported");
});

test("an iPhone has them only from the home screen", async () => {
  delete globalThis.PushManager;
  browser.standalone = false;
  assert.equal(await alertsState(), "install_first");
  assert.equal(await allowAlerts(), "install_first");
  browser.standalone = true;
  globalThis.PushManager = class {};
  assert.equal(await alertsState(), "off");
});

test("a subscription that vanished shows as lost, and is mended on the next load", async () => {
  await allowAlerts();
  push.subscription = null;
  assert.equal(await alertsState(), "lost");
  await mendAlerts();
  assert.equal(await alertsState(), "on");
  assert.equal(server.subscriptions.at(-1).subscription.endpoint, "https://push.example/2");
});

test("alerts that the server didn't hear of are lost until it does", async () => {
  server.nextTime(noNetwork);
  assert.equal(await allowAlerts(), "lost");
  await mendAlerts();
  assert.equal(await alertsState(), "on");
});

test("a permission taken back in the phone's settings shows as blocked", async () => {
  await allowAlerts();
  Notification.permission = "denied";
  assert.equal(await alertsState(), "blocked");
});

test("a server with a new key is subscribed to anew, and is told by which key", async () => {
  await allowAlerts();
  globalThis.MILKWELL = { vapid: NEXT_KEY };
  await mendAlerts();
  assert.deepEqual([push.made, push.ended, await alertsState()], [2, 1, "on"]);
  const { key, mending } = server.subscriptions.at(-1);
  assert.deepEqual([key, mending], [NEXT_KEY, true]);
  await mendAlerts();
  assert.equal(push.made, 2);
});

test("a browser that doesn't tell its subscription's key keeps it", async () => {
  await allowAlerts();
  push.subscription.options = undefined;
  await mendAlerts();
  assert.equal(push.made, 1);
});

test("what the server says is gone is subscribed to anew, though the browser still has it", async () => {
  await allowAlerts();
  server.nextTime(async (answer) => {
    const said = await (await answer()).json();
    return Response.json({ ...said, lost: true });
  });
  await sync();
  assert.equal(await alertsState(), "lost");
  await mendAlerts();
  assert.deepEqual([push.made, await alertsState()], [2, "on"]);
  assert.equal(server.subscriptions.at(-1).subscription.endpoint, "https://push.example/2");
});

test("that it is gone means nothing to a phone whose alerts are off", async () => {
  server.nextTime(async (answer) => {
    const said = await (await answer()).json();
    return Response.json({ ...said, lost: true });
  });
  await sync();
  assert.equal(await recall("alerts"), undefined);
});

test("a subscription that was only not told of is told of, and not made anew", async () => {
  server.nextTime(noNetwork);
  await allowAlerts();
  await mendAlerts();
  assert.deepEqual([push.made, push.ended, await alertsState()], [1, 0, "on"]);
});

test("alerts that she stopped on another phone are not mended, but off", async () => {
  await allowAlerts();
  await remember("alerts", { ...(await recall("alerts")), told_at: 0 });
  server.nextTime(says(409, { error: "removed", message: "Stopped elsewhere." }));
  await mendAlerts();
  assert.equal(await alertsState(), "off");
});

test("turning alerts off ends the subscription and tells the server", async () => {
  await allowAlerts();
  const device = await recall("device");
  assert.equal(await stopAlerts(), "off");
  assert.equal(push.subscription, null);
  const { method, address } = server.requests.at(-1);
  assert.deepEqual([method, address], ["DELETE", `/api/devices/${device}`]);
});

test("once a day the server is told again, and without a network that waits", async () => {
  await allowAlerts();
  await mendAlerts();
  assert.equal(server.subscriptions.length, 1);
  const alerts = await recall("alerts");
  await remember("alerts", { ...alerts, told_at: Date.now() - 25 * 3_600_000 });
  server.nextTime(noNetwork);
  await assert.rejects(mendAlerts());
  assert.equal(await alertsState(), "on");
  await mendAlerts();
  assert.equal(server.subscriptions.length, 2);
});

test("a permission that the browser forgot shows as off, and is not asked for unbidden", async () => {
  await allowAlerts();
  Notification.permission = "default";
  await mendAlerts();
  assert.equal(await alertsState(), "off");
  assert.equal(push.made, 1);
});

test("nothing is mended that she never allowed", async () => {
  Notification.permission = "granted";
  await mendAlerts();
  assert.equal(push.made, 0);
});

test("signing out ends the subscription", async () => {
  await allowAlerts();
  await signOut();
  assert.equal(push.subscription, null);
  assert.equal(await alertsState(), "off");
});

for (const [what, serviceWorker] of [
  ["there is no service worker", { ready: new Promise(() => {}), getRegistration: async () => {} }],
  ["the browser has none", undefined],
]) {
  test(`signing out doesn't wait where ${what}`, async () => {
    browser.serviceWorker = serviceWorker;
    const began = Date.now();
    await signOut();
    assert.ok(Date.now() - began < 1000);
  });
}

test("what never answers is given up", async () => {
  const awake = setTimeout(() => {}, 10_000);
  await assert.rejects(limited(new Promise(() => {}), 20));
  clearTimeout(awake);
});
