import assert from "node:assert/strict";
import { test } from "node:test";
import { afterAnswer } from "../../../webapp/static/js/phone/operations.js";
import { overlay } from "../../../webapp/static/js/phone/overlay.js";

const NOW = "2026-11-22T03:00:00.000Z";
const operation = (kind, row, fields, more = {}) => ({
  ...{ id: "1", kind, row, after: [], made_at: NOW, fields, state: "saved" },
  ...more,
});
const said = (fields, more) => operation("screening.answer", "anna", fields, more);
const seen = (noun, rows, ...operations) =>
  overlay(noun, rows, operations).map(({ work, ...row }) => row);

test("answers show before they are sent, the first ones too", () => {
  assert.deepEqual(seen("screening", [], said({ hiv_ever: "no" })), [
    { id: "anna", fields: { hiv_ever: "no" } },
  ]);
});

test("an answer is laid over those that the server has", () => {
  const row = { id: "anna", fields: { hiv_ever: "no", drinks: "yes" }, answered_on: "2026-06-01" };
  assert.deepEqual(seen("screening", [row], said({ drinks: "talk" })), [
    { ...row, fields: { hiv_ever: "no", drinks: "talk" } },
  ]);
});

test("what the server refused still shows as she wrote it", () => {
  const refused = said({ drinks: "yes" }, { state: "attention", answer: { outcome: "rejected" } });
  assert.deepEqual(seen("screening", [], refused)[0].fields, { drinks: "yes" });
});

test("what she shows to somebody reads so at once, and is not yet sent", () => {
  const grant = operation("conversation.grant", "c", { grant: "summary" });
  const [row] = overlay("conversation", [{ id: "c", other: "o" }], [grant]);
  assert.equal(row.grants, "summary");
  assert.equal(row.work.state, "saved");
});

test("another answer to a question that waits for her choice waits with it", () => {
  const first = said({ drinks: "yes" });
  const second = said({ drinks: "talk" }, { id: "2", after: ["1"] });
  const third = said({ hiv_ever: "no" }, { id: "3", after: ["1"] });
  const conflict = new Map([["1", { outcome: "conflict", conflicts: { drinks: {} } }]]);
  const left = afterAnswer([first, second, third], ["1"], conflict, NOW);
  assert.deepEqual(
    left.map(({ id, after }) => [id, after]),
    [
      ["1", []],
      ["2", ["1"]],
      ["3", []],
    ],
  );
});
