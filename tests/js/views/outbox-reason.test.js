import assert from "node:assert/strict";
import { mock, test } from "node:test";
import { before, reason } from "../../../webapp/static/js/views/outbox-reason.js";

const now = Date.parse("2026-11-21T03:00:00Z");
mock.timers.enable({ apis: ["Date"], now });
const saved = { id: "3", after: ["2"], state: "saved" };
const stuck = { id: "1", after: [], state: "attention", answer: { outcome: "confirm" } };
const why = (operation, status = { state: "idle" }, first) => reason(operation, first, status);
const needs = (answer) => why({ state: "attention", answer });

test("what is saved waits for signal, for sign-in, or for the time that the server named", () => {
  assert.equal(why(saved), "idle");
  for (const state of ["unreachable", "signed_out", "suspended", "failed"]) {
    assert.equal(why(saved, { state }), state);
  }
  assert.equal(why(saved, { state: "unreachable", next_at: now + 1_200_000 }), "busy");
  assert.equal(why(saved, { state: "unreachable", next_at: now + 60_000 }), "unreachable");
});

test("what builds on something that needs her waits for that, however far back it lies", () => {
  const between = { id: "2", after: ["1"], state: "saved" };
  assert.equal(before(saved, [stuck, between, saved]), stuck);
  assert.equal(before(saved, [between, saved]), undefined);
  assert.equal(why(saved, { state: "unreachable" }, stuck), "first");
});

test("what is on its way is sending, whatever it builds on", () => {
  assert.equal(why({ ...saved, state: "sending" }, { state: "syncing" }, stuck), "sending");
});

test("what needs her says why", () => {
  assert.equal(needs({ outcome: "rejected", errors: { volume_ml: ["Too much."] } }), "rejected");
  assert.equal(needs({ outcome: "conflict", conflicts: {} }), "conflict");
  assert.equal(needs({ outcome: "too_large" }), "too_large");
  assert.equal(needs({ outcome: "failed" }), "broken");
  assert.equal(
    needs({ outcome: "confirm", errors: { "": ["Is it still available?"] } }),
    "confirm",
  );
  assert.equal(needs({ outcome: "confirm", errors: { status: ["Offer it again?"] } }), "reopen");
});
