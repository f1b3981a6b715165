import assert from "node:assert/strict";
import { mock, test } from "node:test";
import "../shell.js";

const { days } = await import("../../../webapp/static/js/views/calendar-words.js");
const { said } = await import("../../../webapp/static/js/views/opened-words.js");

mock.timers.enable({ apis: ["Date"], now: Date.parse("2026-11-21T12:00:00Z") });
const year = new Date().getUTCFullYear();
const batch = {
  id: "b",
  state: "frozen",
  pumped_from: `${year}-08-03`,
  pumped_to: `${year}-08-16`,
};
const pumped = `pumped ${days(batch.pumped_from, batch.pumped_to)}`;

test("of a batch only what was said is told", () => {
  assert.deepEqual(said(batch, "oz"), ["frozen", pumped]);
});

test("all that was said of a batch is told in a row", () => {
  const all = {
    ...batch,
    volume_ml: "1183",
    portions: "10",
    frozen_within: "24h",
    pooled: "no",
    thawed: "no",
    power_loss: "yes",
    labelled: "both",
  };
  assert.deepEqual(said(all, "oz"), [
    "40 oz",
    "10 portions",
    "frozen",
    pumped,
    "frozen within 24 hours",
    "each pumping by itself",
    "never thawed",
    "there was a power cut",
    "date and amount written on it",
  ]);
});

test("where she would have to look, no day is told", () => {
  const { pumped_from, pumped_to, ...rest } = batch;
  assert.deepEqual(said({ ...rest, look: "y" }, "oz"), [
    "frozen",
    "when it was pumped she'd have to look",
  ]);
});
