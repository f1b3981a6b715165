import assert from "node:assert/strict";
import { test } from "node:test";
import "../shell.js";
import { bar, byMonth } from "../../../webapp/static/js/views/freezer-months.js";

const NOW = Date.parse("2026-01-20T12:00:00Z");
const row = (pumped, ml, gone, gone_at) => ({
  fields: { pumped_at: `${pumped}T12:00:00Z`, volume_ml: `${ml}` },
  gone,
  gone_at: gone_at && `${gone_at}T12:00:00Z`,
});

test("a month counts what was pumped in it, and what was given in it whenever it was pumped", () => {
  const rows = [
    row("2026-01-02", 100),
    row("2025-12-30", 200, "given", "2026-01-10"),
    row("2025-12-01", 50, "used", "2026-01-11"),
    row("2025-11-15", 70, "given", "2025-12-24"),
  ];
  assert.deepEqual(byMonth(rows, NOW), [
    { month: "2026-01", pumped: 100, given: 200 },
    { month: "2025-12", pumped: 250, given: 70 },
    { month: "2025-11", pumped: 70, given: 0 },
  ]);
});

test("months between stay, and what lies a year back is not shown", () => {
  const found = byMonth(
    [row("2025-12-30", 200), row("2025-02-01", 10), row("2025-01-30", 99)],
    NOW,
  );
  assert.equal(found.length, 12);
  assert.deepEqual(found.at(-1), { month: "2025-02", pumped: 10, given: 0 });
  assert.deepEqual(found[5], { month: "2025-08", pumped: 0, given: 0 });
});

test("of nothing there is no chart", () => {
  assert.deepEqual(byMonth([], NOW), []);
});

test("bars are as long as their share of the most", () => {
  assert.deepEqual(
    [bar(0, 300), bar(100, 300), bar(300, 300), bar(0, 0)],
    ["M0 0H0", "M0 0H33.3", "M0 0H100", "M0 0H0"],
  );
});
