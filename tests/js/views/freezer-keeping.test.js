import assert from "node:assert/strict";
import { test } from "node:test";
import {
  dayOf,
  frozenWithin,
  keeps,
  monthOf,
  stands,
} from "../../../webapp/static/js/views/freezer-keeping.js";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
// As milk/keeping.py gives them; a test of the shell compares the two.
const numbers = {
  fresh: 14_400,
  refrigerated: 345_600,
  frozen: 31_536_000,
  best: 15_768_000,
  "thawed-fresh": 7_200,
  "thawed-refrigerated": 86_400,
};
const PUMPED = Date.parse("2026-11-02T03:10:00Z");
const after = (ms) => new Date(PUMPED + ms).toISOString();
const pumped = (state, more = {}) => ({ state, pumped_at: after(0), ...more });

const keepings = [
  ["fresh milk", pumped("fresh"), 4 * HOUR],
  ["milk in the fridge", pumped("refrigerated"), 4 * DAY],
  ["milk in the fridge since today", pumped("refrigerated", { moved_at: after(DAY) }), 4 * DAY],
  ["frozen milk", pumped("frozen", { moved_at: after(DAY) }), 365 * DAY],
  [
    "thawed milk in the fridge",
    pumped("refrigerated", { thawed: "yes", moved_at: after(90 * DAY) }),
    91 * DAY,
  ],
  [
    "thawed milk in a room",
    pumped("fresh", { thawed: "yes", moved_at: after(90 * DAY) }),
    90 * DAY + 2 * HOUR,
  ],
];
for (const [what, fields, ms] of keepings) {
  test(`${what} keeps as long as the guide says`, () => {
    assert.equal(keeps(fields, numbers).until, PUMPED + ms);
  });
}

test("nobody says how long what thawed at some time keeps, or what was frozen again", () => {
  const thawed = pumped("refrigerated", { thawed: "yes" });
  const again = pumped("frozen", { thawed: "yes", moved_at: after(DAY) });
  for (const fields of [thawed, again]) assert.ok(Number.isNaN(keeps(fields, numbers).until));
  assert.equal(stands(thawed, numbers, PUMPED).how, "unknown");
  assert.equal(stands(again, numbers, PUMPED).how, "refrozen");
});

test("frozen milk is best, then past its best, then its time is over", () => {
  const how = (days) => stands(pumped("frozen"), numbers, PUMPED + days * DAY).how;
  assert.deepEqual([1, 182, 183, 364, 365].map(how), ["best", "best", "past", "past", "over"]);
  assert.equal(stands(pumped("frozen"), numbers, PUMPED).at, PUMPED + 182.5 * DAY);
});

test("what is in the fridge keeps until an hour, and then no more", () => {
  const how = (ms) => stands(pumped("refrigerated"), numbers, PUMPED + ms).how;
  assert.deepEqual([0, 4 * DAY - 1, 4 * DAY].map(how), ["until", "until", "over"]);
});

test("how soon it froze is what the server makes of it", () => {
  const froze = (hours) => frozenWithin(pumped("frozen", { moved_at: after(hours * HOUR) }));
  assert.deepEqual([0, 24, 25, 96, 97].map(froze), ["24h", "24h", "4d", "4d", "longer"]);
  assert.equal(frozenWithin(pumped("frozen")), "unknown");
  assert.equal(frozenWithin(pumped("refrigerated", { moved_at: after(0) })), "");
});

test("days and months are the phone's own", () => {
  const late = new Date(2026, 10, 1, 0, 5);
  assert.equal(dayOf(late.toISOString()), "2026-11-01");
  assert.equal(monthOf(late.getTime()), "2026-11");
});
