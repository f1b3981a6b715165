import assert from "node:assert/strict";
import { test } from "node:test";
import { settled } from "../../../webapp/static/js/views/outbox-answers.js";

const operation = {
  fields: { volume_ml: "11830", age_band: "0_3m", note: "Evenings" },
  was: { volume_ml: "10000", age_band: "6_12m", note: "" },
  answer: {
    outcome: "conflict",
    conflicts: {
      volume_ml: { yours: "11830", theirs: "8872" },
      age_band: { yours: "0_3m", theirs: "3_6m" },
    },
  },
};
const choosing =
  (...names) =>
  (name) =>
    names.includes(name) ? "theirs" : "yours";
const seen = { volume_ml: "8872", age_band: "3_6m", note: "" };

test("hers stands once she has seen the other", () => {
  assert.deepEqual(settled(operation, choosing()), { fields: operation.fields, was: seen });
});

test("each field is settled by itself, and what did not conflict still goes", () => {
  assert.deepEqual(settled(operation, choosing("volume_ml")), {
    fields: { volume_ml: "8872", age_band: "0_3m", note: "Evenings" },
    was: seen,
  });
  assert.deepEqual(settled(operation, choosing("volume_ml", "age_band")), {
    fields: { volume_ml: "8872", age_band: "3_6m", note: "Evenings" },
    was: seen,
  });
});

test("nothing is sent where nothing of hers is left", () => {
  const { note, ...fields } = operation.fields;
  assert.equal(settled({ ...operation, fields }, choosing("volume_ml", "age_band")), false);
});

test("a batch is chosen as one, under its own number", () => {
  const batches = {
    fields: {
      note: "Evenings",
      "batches-1-id": "x",
      "batches-1-state": "frozen",
      "batches-1-look": "y",
    },
    was: { note: "", "batches-1-id": "x", "batches-1-state": "fresh", "batches-1-look": "" },
    answer: {
      conflicts: {
        "batches-1-id": { yours: "x", theirs: "x" },
        "batches-1-state": { yours: "frozen", theirs: "refrigerated" },
        "batches-1-look": { yours: "y", theirs: "" },
      },
    },
  };
  const theirs = { "batches-1-id": "x", "batches-1-state": "refrigerated", "batches-1-look": "" };
  assert.deepEqual(settled(batches, choosing("batches-1")), {
    fields: { note: "Evenings", ...theirs },
    was: { note: "", ...theirs },
  });
  assert.deepEqual(settled(batches, choosing()), {
    fields: batches.fields,
    was: { note: "", ...theirs },
  });
});
