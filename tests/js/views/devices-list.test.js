import assert from "node:assert/strict";
import { test } from "node:test";
import { follow, phones, stands, why } from "../../../webapp/static/js/views/devices-list.js";

const session = (id, more = {}) => ({
  id,
  name: `name of ${id}`,
  seen_at: "2026-11-20T08:00:00+00:00",
  here: false,
  ...more,
});
const device = (id, more = {}) => ({
  device: id,
  name: `name of ${id}`,
  session: "",
  alerts: true,
  last_failure: "",
  made_at: "2026-11-01T08:00:00+00:00",
  ...more,
});

test("a browser that is signed in and alerted is one entry, and this one stands first", () => {
  const here = session("b", { here: true });
  const later = session("a", { seen_at: "2026-11-21T08:00:00+00:00" });
  const found = phones([later, here], [device("x", { session: "b" })]);
  assert.deepEqual(
    found.map(({ id, device: own }) => [id, own?.device]),
    [
      ["b", "x"],
      ["a", undefined],
    ],
  );
});

test("the others stand by when they were used last", () => {
  const found = phones(
    [session("old"), session("new", { seen_at: "2026-11-21T08:00:00+00:00" })],
    [device("sent", { last_sent_at: "2026-11-20T20:00:00+00:00" })],
  );
  assert.deepEqual(
    found.map(({ id }) => id),
    ["new", "sent", "old"],
  );
});

test("of one browser what is pushed to now counts, and what it was before is not told", () => {
  const gone = device("gone", { session: "a", alerts: false, last_failure: "gone" });
  const now = device("now", { session: "a" });
  const found = phones([session("a")], [gone, now]);
  assert.deepEqual(
    found.map(({ device: own }) => own?.device),
    ["now"],
  );
});

test("what is pushed to in a session that is over can still be taken away", () => {
  const found = phones([session("a")], [device("x", { session: "ended" })]);
  assert.deepEqual(
    found.map(({ id, session: signedIn }) => [id, Boolean(signedIn)]),
    [
      ["a", true],
      ["x", false],
    ],
  );
});

test("what never was alerted, or isn't any more by her own will, is no phone to tell of", () => {
  const never = device("never", { alerts: false });
  const stopped = device("stopped", { alerts: false, last_failure: "removed", session: "a" });
  const [only, ...rest] = phones([session("a")], [never, stopped]);
  assert.deepEqual([only.device, rest], [undefined, []]);
});

const failed = { last_failure: "answered 503", failed_at: "2026-11-20T08:00:00+00:00" };
const states = [
  ["off", undefined],
  ["new", device("x")],
  ["on", device("x", { last_sent_at: "2026-11-20T08:00:00+00:00" })],
  ["failing", device("x", { last_sent_at: "2026-11-19T08:00:00+00:00", ...failed })],
  ["lost", device("x", { alerts: false, last_failure: "gone" })],
];
for (const [state, about] of states) {
  test(`alerts that are ${state} are called so`, () => assert.equal(stands(about), state));
}

const reasons = {
  "": "",
  removed: "",
  gone: "gone",
  unreachable: "later",
  "answered 429": "later",
  "answered 503": "later",
  "unusable keys": "again",
  "not a push service": "again",
  "answered 400": "refused",
  "something new": "refused",
};
for (const [code, words] of Object.entries(reasons)) {
  test(`"${code}" is told as "${words}"`, () => assert.equal(why(code), words));
}

/** Answers in their order, the last one for good. */
function answers(...all) {
  const asked = [];
  const ask = async () => {
    asked.push(1);
    const state = all.length > 1 ? all.shift() : all[0];
    return state && { state, reason: "" };
  };
  return { ask, asked };
}
const pause = async () => {};

test("a test is followed until it is out", async () => {
  const { ask, asked } = answers("due", undefined, "due", "sent");
  assert.equal(await follow(ask, pause), "sent");
  assert.equal(asked.length, 4);
});

test("one that was given up is told as that", async () => {
  assert.equal(await follow(answers("due", "given_up").ask, pause), "given_up");
});

test("nobody waits for ever, and without signal she hears that it is that", async () => {
  const { ask, asked } = answers("due");
  assert.equal(await follow(ask, pause, 3), "later");
  assert.equal(asked.length, 3);
  assert.equal(await follow(answers(undefined).ask, pause, 3), "unreachable");
});
