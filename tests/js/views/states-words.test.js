import assert from "node:assert/strict";
import { mock, test } from "node:test";
import { syncWords } from "../../../webapp/static/js/views/states-words.js";

const now = Date.parse("2026-11-21T12:00:00Z");
mock.timers.enable({ apis: ["Date"], now });
const synced_at = "2026-11-21T11:55:00Z";
const says = (state, person, at = synced_at) => syncWords({ state, synced_at: at }, person);

test("it says how fresh the list is, and how far it reaches", () => {
  assert.equal(says("idle", { reach_km: 40, units: "oz" }), "Updated 5 min ago, within 25 miles");
  assert.equal(says("idle"), "Updated 5 min ago");
});

test("while it syncs the words stay true", () => {
  assert.equal(says("syncing"), "Updated 5 min ago");
  assert.equal(says("syncing", {}, null), "Not updated yet");
});

test("a failure never reads as fresh", () => {
  for (const state of ["unreachable", "failed", "signed_out", "suspended", "client_too_old"]) {
    assert.doesNotMatch(says(state), /Updated/);
  }
  assert.equal(says("unreachable"), "Offline. What you see is from 5 min ago.");
  assert.equal(says("unreachable", {}, null), "Offline.");
});

test("where the phone is stopped, what she sees is told to be old; the page's top says why", () => {
  for (const state of ["suspended", "other_device", "erased", "client_too_old"]) {
    assert.equal(says(state), "What you see is from 5 min ago.");
    assert.equal(says(state, {}, null), "Not updated yet");
  }
});

test("a failure is tried again, and what she sees is told to be old", () => {
  const sorry = "Something went wrong on our side. We'll try again.";
  assert.equal(says("failed", {}, null), sorry);
  assert.equal(says("failed"), `${sorry} What you see is from 5 min ago.`);
});

test("a first sync says how far it has come, and its interruption that not all is here", () => {
  const filling = { had: 300, left: 200 };
  const words = (state, at = synced_at) => syncWords({ state, synced_at: at, filling }, {});
  assert.match(words("syncing"), /300 of 500\.$/);
  assert.equal(words("unreachable"), "Offline. Not all is here yet. It goes on by itself.");
  assert.equal(words("idle"), "Not all is here yet. It goes on by itself.");
  for (const state of ["suspended", "erased"]) assert.doesNotMatch(words(state), /by itself/);
});

test("a time that the server named is told; the phone's own next try isn't", () => {
  const at = (minutes) => syncWords({ state: "unreachable", next_at: now + minutes * 60_000 }, {});
  assert.match(at(40), /^Milkwell is busy\. It is tried again at \d+:40\b/);
  assert.equal(at(5), "Offline.");
});
