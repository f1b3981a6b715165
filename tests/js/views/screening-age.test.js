import assert from "node:assert/strict";
import { mock, test } from "node:test";
import "../shell.js";

const { age } = await import("../../../webapp/static/js/views/screening-age.js");

mock.timers.enable({ apis: ["Date"], now: Date.parse("2026-11-21T12:00:00Z") });
const ago = (days) => new Date(Date.now() - days * 86_400_000).toISOString().slice(0, 10);

for (const [days, words] of [
  [0, "today"],
  [1, "yesterday"],
  [45, "45 days ago"],
  [61, "2 months ago"],
  [155, "5 months ago"],
  [400, "13 months ago"],
]) {
  test(`an answer of ${days} days is from ${words}`, () => assert.equal(age(ago(days)), words));
}
