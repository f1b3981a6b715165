import assert from "node:assert/strict";
import { test } from "node:test";
import "../shell.js";
import {
  batchesOf,
  draftOf,
  MOST_BATCHES,
  withMilk,
} from "../../../webapp/static/js/views/freezer-draft.js";
import { total } from "../../../webapp/static/js/views/freezer-shelf.js";

let made = 0;
/** The instant of a time on her own clock, whose days and months are what an offer says. */
const at = (time) => new Date(time).toISOString();
const bag = (day, more = {}) => ({
  id: `p${made++}`,
  fields: {
    state: "frozen",
    storage: "deep_freezer",
    container: "bag",
    volume_ml: "120",
    pumped_at: at(`${day}T12:00`),
    moved_at: at(`${day}T15:00`),
    ...more,
  },
});
const numbered = () => {
  let n = 0;
  return () => `b${n++}`;
};

test("bags that are alike are one batch a month, with their days, sum and ids", () => {
  const bags = [bag("2026-08-30"), bag("2026-08-02", { volume_ml: "90" }), bag("2026-09-01")];
  const { batches, months } = batchesOf(bags);
  assert.equal(months, 1);
  assert.deepEqual(draftOf(batches, numbered()), {
    volume_ml: "330",
    "batches-0-id": "b0",
    "batches-0-state": "frozen",
    "batches-0-storage": "deep_freezer",
    "batches-0-container": "bag",
    "batches-0-frozen_within": "24h",
    "batches-0-pumped_from": "2026-08-02",
    "batches-0-pumped_to": "2026-08-30",
    "batches-0-volume_ml": "210",
    "batches-0-portions": "2",
    "batches-0-pumpings": [bags[0].id, bags[1].id],
    "batches-1-id": "b1",
    "batches-1-state": "frozen",
    "batches-1-storage": "deep_freezer",
    "batches-1-container": "bag",
    "batches-1-frozen_within": "24h",
    "batches-1-pumped_from": "2026-09-01",
    "batches-1-pumped_to": "2026-09-01",
    "batches-1-volume_ml": "120",
    "batches-1-portions": "1",
    "batches-1-pumpings": [bags[2].id],
  });
});

const apart = [
  ["another state", { state: "refrigerated", storage: "fridge" }],
  ["another freezer", { storage: "fridge_freezer" }],
  ["another container", { container: "glass" }],
  ["another time to freeze", { moved_at: "2026-08-12T12:00:00Z" }],
  ["another treatment", { treatment: "scalded" }],
  ["once thawed", { thawed: "yes" }],
  ["a power cut", { power_loss: "yes" }],
];
for (const [what, more] of apart) {
  test(`milk with ${what} is a batch of its own, since a family may ask for it`, () => {
    assert.equal(batchesOf([bag("2026-08-02"), bag("2026-08-02", more)]).batches.length, 2);
  });
}

/** One bag in each of so many months, going back. */
const months = (many, more = {}) =>
  Array.from({ length: many }, (_, back) => {
    const day = new Date(Date.UTC(2026, 10 - back, 5)).toISOString().slice(0, 10);
    return bag(day, { moved_at: `${day}T15:00:00Z`, ...more });
  });

test("where there would be too many batches, months are put together and nothing is lost", () => {
  const bags = [...months(14), ...months(14, { container: "glass" })];
  const { batches, months: together } = batchesOf(bags);
  assert.equal(together, 2);
  assert.ok(batches.length <= MOST_BATCHES);
  assert.equal(Number(draftOf(batches, numbered()).volume_ml), total(bags));
  assert.deepEqual(
    batches.flatMap(({ pumpings }) => pumpings).sort(),
    bags.map(({ id }) => id).sort(),
  );
});

test("exactly as many as an offer holds stay as they are", () => {
  assert.equal(batchesOf(months(MOST_BATCHES)).months, 1);
});

test("more kinds than an offer holds make none, whatever their months", () => {
  const kinds = Array.from({ length: MOST_BATCHES + 1 }, (_, n) =>
    bag("2026-08-02", { treatment: `kind ${n}` }),
  );
  assert.deepEqual(batchesOf(kinds), { batches: [], months: 0 });
});

test("what she had begun keeps all that she said but for the milk", () => {
  const begun = {
    _volume_ml: ["400"],
    volume_ml: ["11830"],
    "batches-0-id": ["old"],
    "batches-3-look": ["y"],
    diet: ["vegan"],
    note: ["mornings"],
  };
  assert.deepEqual(withMilk(begun, { volume_ml: "330", "batches-0-id": "new" }), {
    diet: ["vegan"],
    note: ["mornings"],
    volume_ml: "330",
    "batches-0-id": "new",
  });
});
