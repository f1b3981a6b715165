import assert from "node:assert/strict";
import { test } from "node:test";
import "../shell.js";
import {
  first,
  inTheWay,
  offerOf,
  shelves,
  total,
} from "../../../webapp/static/js/views/freezer-shelf.js";

const DAY = 86_400_000;
/** By her own clock, whose days and months her freezer is told in. */
const NOW = Date.parse("2026-11-20T12:00:00");
const numbers = { fresh: 14_400, refrigerated: 345_600, frozen: 31_536_000, best: 15_768_000 };

let made = 0;
const row = (state, days, ml = 100, more = {}) => ({
  id: `${made++}`,
  fields: { state, volume_ml: `${ml}`, pumped_at: new Date(NOW - days * DAY).toISOString() },
  ...more,
});

test("what is there stands by where it is, oldest first, and in a freezer by month", () => {
  const rows = [
    row("frozen", 2),
    row("frozen", 60, 50),
    row("fresh", 0.1),
    row("frozen", 3, 30),
    row("refrigerated", 1, 10, { gone: "used" }),
  ];
  const found = shelves(rows);
  assert.deepEqual(
    found.map(({ state, bags }) => [state, bags.map(({ fields }) => +fields.volume_ml)]),
    [
      ["fresh", [100]],
      ["frozen", [50, 30, 100]],
    ],
  );
  assert.deepEqual(
    found[1].months.map(([month, bags]) => [month, total(bags)]),
    [
      ["2026-09", 50],
      ["2026-11", 130],
    ],
  );
});

test("first goes what keeps shortest, and among equals the older; nothing whose time is over", () => {
  const frozen = row("frozen", 300);
  const fridge = row("refrigerated", 1);
  const over = row("refrigerated", 5);
  const gone = row("fresh", 0.01, 100, { gone: "given" });
  assert.equal(first([frozen, over, fridge, gone], numbers, NOW), fridge);
  assert.equal(first([row("frozen", 10), frozen, over], numbers, NOW), frozen);
  assert.equal(first([over], numbers, NOW), undefined);
  assert.equal(first([], numbers, NOW), undefined);
});

const exposure = (from_on, to_on) => ({ id: "e", fields: { what: "medicine", from_on, to_on } });

test("what her calendar has of that day stands in the way, and of no other day", () => {
  const { fields } = row("frozen", 10);
  const met = (...entries) => inTheWay(fields, entries).map(([verdict]) => verdict);
  assert.deepEqual(met(exposure("2026-11-10", "2026-11-10")), ["no"]);
  assert.deepEqual(met(exposure("2026-11-03", "2026-11-12")), ["no"]);
  assert.deepEqual(met(exposure("2026-11-03", "2026-11-09")), []);
  assert.deepEqual(met(exposure("2026-11-11", "2026-11-12")), []);
  assert.deepEqual(met(), []);
});

test("an end that nobody said is not known, and never taken for over", () => {
  const { fields } = row("frozen", 10);
  assert.deepEqual(
    inTheWay(fields, [exposure("2026-01-01"), exposure("2026-11-11")]).map(([verdict]) => verdict),
    ["unknown"],
  );
});

test("the offer that milk stands in is found, sent or not, until it is over", () => {
  const offer = { id: "offer", status: "open", fields: { "batches-1-pumpings": ["p1", "p2"] } };
  const mine = [{ id: "request", status: "open", fields: { note: "p2" } }, offer, { id: "new" }];
  assert.equal(offerOf({ id: "p2" }, mine), offer);
  assert.equal(offerOf({ id: "p2" }, [{ ...offer, status: "paused" }]).id, "offer");
  assert.ok(!offerOf({ id: "p3" }, mine));
  assert.ok(!offerOf({ id: "p2" }, [{ ...offer, status: "withdrawn" }]));
});
