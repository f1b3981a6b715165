import assert from "node:assert/strict";
import { test } from "node:test";
import { batchesIn, flat, laid, unitOf, without } from "../../webapp/static/js/batches.js";
import { changes } from "../../webapp/static/js/views/changes.js";

const [A, B, C] = ["a", "b", "c"].map((id) => ({ id, state: "frozen" }));
const offer = (...batches) => ({ kind: "offer", volume_ml: "900", ...flat(batches) });

/** What an edit from one to another comes to, laid over a third. */
function merged(before, after, today = before) {
  const { fields, was } = changes(before, after);
  return laid(today, fields, was);
}

test("batches are read in their order, and written without gaps", () => {
  const fields = { "batches-7-id": "b", "batches-0-id": "a", "batches-7-look": "y" };
  assert.deepEqual(batchesIn(fields), [{ id: "a" }, { id: "b", look: "y" }]);
  assert.deepEqual(flat(batchesIn(fields)), {
    "batches-0-id": "a",
    "batches-1-id": "b",
    "batches-1-look": "y",
  });
});

test("what is taken out of the form leaves the others numbered anew, with what she typed", () => {
  const typed = { ...offer(A, B, C), "_batches-2-volume_ml": ["10"] };
  assert.deepEqual(without(typed, 1), { ...offer(A, C), "_batches-1-volume_ml": ["10"] });
});

test("an edit sends the batch that changed, whole, and no other", () => {
  const { fields, was } = changes(offer(A, B, C), offer(A, { ...B, look: "y" }, C));
  assert.deepEqual(fields, {
    "batches-1-id": "b",
    "batches-1-state": "frozen",
    "batches-1-look": "y",
  });
  assert.deepEqual(was, { "batches-1-id": "b", "batches-1-state": "frozen", "batches-1-look": "" });
});

test("one that was taken out is said to be nothing, under its own number", () => {
  const { fields, was } = changes(offer(A, B, C), offer(A, C));
  assert.deepEqual(fields, { "batches-1-id": "", "batches-1-state": "" });
  assert.deepEqual(was, { "batches-1-id": "b", "batches-1-state": "frozen" });
});

test("an edit laid over what it was made from is what she wrote", () => {
  const fresh = { id: "d", state: "fresh" };
  for (const after of [offer(A, C), offer(B), offer(A, B, C, fresh), offer({ ...A, look: "y" })]) {
    assert.deepEqual(merged(offer(A, B, C), after), after);
  }
});

test("an edit meets its own batch though another was taken out or added meanwhile", () => {
  const [before, after] = [offer(A, B, C), offer(A, B, { ...C, look: "y" })];
  assert.deepEqual(merged(before, after, offer(B, C)), offer(B, { ...C, look: "y" }));
  const fresh = { id: "d", state: "fresh" };
  assert.deepEqual(
    merged(before, after, offer(fresh, A, B, C)),
    offer(fresh, A, B, { ...C, look: "y" }),
  );
});

test("a name belongs to its batch, or to itself", () => {
  assert.equal(unitOf("batches-12-state"), "batches-12");
  assert.equal(unitOf("volume_ml"), "volume_ml");
});
