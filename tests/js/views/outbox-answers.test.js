import assert from "node:assert/strict";
import { test } from "node:test";
import { mine, theirs } from "../../../webapp/static/js/views/outbox-answers.js";

const conflicts = { volume_ml: { yours: "11830", theirs: "8872" } };
const operation = {
  fields: { volume_ml: "11830", note: "Evenings" },
  was: { volume_ml: "10000", note: "" },
  answer: { outcome: "conflict", conflicts },
};

test("hers stands once she has seen the other", () => {
  assert.deepEqual(mine(operation), { was: { volume_ml: "8872", note: "" } });
});

test("the other stands, and what did not conflict still goes", () => {
  assert.deepEqual(theirs(operation), { fields: { note: "Evenings" }, was: { note: "" } });
});

test("nothing is sent where nothing of hers is left", () => {
  assert.equal(theirs({ ...operation, fields: { volume_ml: "11830" } }), undefined);
  const batch = { "batches-0-id": "x", volume_ml: "11830" };
  assert.equal(theirs({ ...operation, fields: batch }), undefined);
});
