import assert from "node:assert/strict";
import { mock, test } from "node:test";
import { ago, day, daysSince, freshness, months } from "../../webapp/static/js/dates.js";

const noon = Date.parse("2026-11-21T12:00:00Z");
mock.timers.enable({ apis: ["Date"], now: noon });
const year = new Date().getUTCFullYear();
const before = (ms) => new Date(noon - ms).toISOString();
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

test("a day is the calendar's, in every zone", () => {
  assert.equal(day(`${year}-05-02`), "May 2");
  assert.equal(day(`${year - 1}-05-02`), `May 2, ${year - 1}`);
});

test("months are said from first to last", () => {
  assert.equal(months([`${year}-08`, `${year}-10`]), "Aug to Oct");
  assert.equal(months([`${year}-08`, `${year}-08`]), "Aug");
  assert.equal(months([`${year}-08`]), "Aug");
});

test("months of another year name it", () => {
  const span = [`${year - 1}-12`, `${year}-02`];
  assert.equal(months(span), `Dec ${year - 1} to Feb ${year}`);
});

test("days of a batch count as their months", () => {
  assert.equal(months([`${year}-08-03`, `${year}-10-30`]), "Aug to Oct");
});

test("the past is told in the largest unit that fits", () => {
  assert.equal(ago(before(5 * MINUTE)), "5 min ago");
  assert.equal(ago(before(3 * HOUR)), "3 hr ago");
  assert.equal(ago(before(30 * HOUR)), "yesterday");
  assert.equal(ago(before(72 * HOUR)), "3 days ago");
});

test("a clock that is ahead tells no future", () => {
  assert.equal(ago(before(-HOUR)), "a moment ago");
  assert.equal(daysSince("2026-11-22"), 0);
});

test("freshness counts the server's days", () => {
  assert.equal(freshness("2026-11-21", "offer"), "Still there today");
  assert.equal(freshness("2026-11-20", "offer"), "Still there yesterday");
  assert.equal(freshness("2026-11-16", "offer"), "Still there 5 days ago");
  assert.equal(freshness("2026-11-21", "request"), "Asked today");
  assert.equal(freshness("2026-11-18", "request"), "Asked 3 days ago");
});
