import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { browser, newPhone, page, until } from "../phone_world.js";
import { noNetwork } from "../wire_server.js";

const { sync } = await import("../../../webapp/static/js/phone/index.js");
const { remember, writing } = await import("../../../webapp/static/js/phone/database.js");

const ALERTS = [
  { id: "a1", kind: "match", match: "m1", listing: "l1" },
  { id: "a2", kind: "asking", match: "m2", listing: "l2" },
  { id: "a3", kind: "letter", conversation: "c3" },
  { id: "a4", kind: "right", listing: "l4" },
  { id: "a5", kind: "match", match: "m5", listing: "l5", seen: "2026-11-22T03:00:00Z" },
];

let server;
let badges;
let standing;

beforeEach(async () => {
  await sync();
  at("/me");
  server = await newPhone();
  badges = [];
  browser.setAppBadge = async (many) => badges.push(many);
  standing = ALERTS.map((alert) => ({ data: { alert }, close: () => closed.push(alert.id) }));
  closed = [];
  const registration = { getNotifications: async () => standing };
  browser.serviceWorker = { getRegistration: async () => registration };
  for (const alert of ALERTS) server.put("me", "alert", alert);
  await sync();
});

let closed;
const told = () => server.requests.flatMap(({ body }) => body.seen ?? []);

function at(path, hidden = false) {
  globalThis.location = new URL(path, "https://milkwell.example");
  page.hidden = hidden;
}

const pages = {
  "/listings/l1": ["a1"],
  "/listings/l4": ["a4"],
  "/messages/c3": ["a3"],
  "/nearby": ["a1", "a2"],
  "/mine": ["a4"],
  "/messages": [],
  "/listings/l5": [],
};
for (const [path, ids] of Object.entries(pages)) {
  test(`what ${path} shows is told as seen, and leaves lock screen and badge`, async () => {
    at(path);
    await sync();
    assert.deepEqual(told(), ids);
    assert.equal(badges.at(-1), 4 - ids.length);
    await until(() => closed.length === ids.length);
    assert.deepEqual(closed, ids);
  });
}

test("what a page shows that nobody looks at isn't seen", async () => {
  at("/nearby", true);
  await sync();
  assert.deepEqual(told(), []);
});

test("what was seen without a network is told when there is one, and once", async () => {
  at("/messages/c3");
  server.nextTime(noNetwork);
  await sync();
  at("/me");
  const before = server.requests.length;
  await remember("not_before", undefined);
  await sync();
  await sync();
  const since = server.requests.slice(before).map(({ body }) => body.seen);
  assert.deepEqual(since, [["a3"], undefined]);
});

test("what only a push has told of is seen too", async () => {
  const alert = { id: "a9", kind: "letter", conversation: "c9" };
  await writing(({ pushed }) => pushed.put(alert, ["alert", "a9"]));
  at("/messages/c9");
  await sync();
  assert.deepEqual(told(), ["a9"]);
});

test("nobody else is told what she saw: after a 401 it isn't known who signed in", async () => {
  await remember("unsure", "send");
  at("/nearby");
  await sync();
  const [first] = server.requests.slice(-2);
  assert.equal(first.body.seen, undefined);
});

test("what is told again was not seen", async () => {
  at("/messages/c3");
  await sync();
  at("/me");
  server.put("me", "alert", { ...ALERTS[2], made_at: "2026-11-23T03:00:00Z" });
  await sync();
  await sync();
  assert.equal(badges.at(-1), 4);
});
