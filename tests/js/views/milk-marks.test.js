import assert from "node:assert/strict";
import { test } from "node:test";
import { changedBy, marksOf, meets, offersOf } from "../../../webapp/static/js/views/milk-marks.js";

const TODAY = "2026-11-22";

const batch = (from, to, more = {}) => ({
  id: `b${from}`,
  state: "frozen",
  pumped_from: from,
  pumped_to: to,
  ...more,
});

const offer = (id, ...batches) => ({
  id,
  kind: "offer",
  fields: Object.fromEntries(
    batches.flatMap((each, n) =>
      Object.entries(each).map(([name, value]) => [`batches-${n}-${name}`, value]),
    ),
  ),
});

const medicine = { what: "medicine", from_on: "2026-11-03", to_on: "2026-11-10" };

for (const [from, to, met] of [
  ["2026-11-01", "2026-11-02", false],
  ["2026-11-01", "2026-11-03", true],
  ["2026-11-05", "2026-11-06", true],
  ["2026-11-10", "2026-11-20", true],
  ["2026-11-11", "2026-11-20", false],
]) {
  test(`an entry of 3 to 10 November ${met ? "meets" : "doesn't meet"} milk of ${from} to ${to}`, () => {
    assert.equal(meets(medicine, batch(from, to), TODAY), met);
  });
}

test("what goes on meets all that was pumped since", () => {
  const entry = { what: "illness", from_on: "2026-11-03" };
  assert.ok(meets(entry, batch("2026-11-20", "2026-11-20"), TODAY));
  assert.ok(!meets(entry, batch("2026-10-20", "2026-11-02"), TODAY));
});

test("milk whose days nobody knows may be as old as it keeps", () => {
  const look = (state) => batch(undefined, undefined, { state, look: "y" });
  assert.ok(meets(medicine, look("frozen"), TODAY));
  assert.ok(!meets(medicine, look("refrigerated"), TODAY));
  assert.ok(meets({ ...medicine, to_on: "2026-11-18" }, look("refrigerated"), TODAY));
  assert.ok(!meets({ ...medicine, to_on: "2025-11-21" }, look("frozen"), TODAY));
  assert.ok(meets({ what: "illness", from_on: "2026-11-20" }, look("fresh"), TODAY));
});

test("offers that hold milk of those days are found, whichever of their batches it is", () => {
  const early = batch("2026-09-01", "2026-09-30");
  const offers = [
    offer("one", early, batch("2026-11-01", "2026-11-20")),
    offer("two", early),
    { id: "three", kind: "offer" },
  ];
  assert.deepEqual(
    offersOf(medicine, offers, TODAY).map(({ id }) => id),
    ["one"],
  );
});

test("a second entry of the same on milk that is marked already changes nothing", () => {
  const offers = [offer("one", batch("2026-11-01", "2026-11-20"))];
  const again = { ...medicine, from_on: "2026-11-12", to_on: "2026-11-12" };
  assert.deepEqual(changedBy(offers, [medicine], [medicine, again], TODAY), []);
  assert.equal(changedBy(offers, [], [medicine], TODAY).length, 1);
  const alcohol = { ...again, what: "alcohol" };
  assert.equal(changedBy(offers, [medicine], [medicine, alcohol], TODAY).length, 1);
});

test("days off a diet count before pumping began too, and not after it ended", () => {
  const offers = [offer("one", batch("2026-11-01", "2026-11-20"))];
  const off = (from_on, to_on) => ({ what: "off_diet", diet: "dairy_free", from_on, to_on });
  const changes = (...entries) => changedBy(offers, [], entries, TODAY).length;
  assert.equal(changes(off("2026-10-01", "2026-10-02")), 1);
  assert.equal(changes(off("2026-11-21", "2026-11-22")), 0);
  const last = off("2026-10-20", "2026-10-21");
  assert.deepEqual(changedBy(offers, [last], [last, off("2026-10-01", "2026-10-02")], TODAY), []);
});

test("each batch of an offer is told with what marks it", () => {
  const marked = batch("2026-11-01", "2026-11-20");
  const { fields } = offer("one", batch("2026-09-01", "2026-09-30"), marked);
  assert.deepEqual(marksOf(fields, [medicine], TODAY), [{ batch: marked, entries: [medicine] }]);
});
