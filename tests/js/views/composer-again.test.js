import assert from "node:assert/strict";
import { test } from "node:test";
import { anew } from "../../../webapp/static/js/views/composer-again.js";

const fields = {
  kind: "offer",
  volume_ml: "0",
  place: "geonames:5729485",
  reach_km: "16",
  handover: ["public_place"],
  age_band: "newborn_4w",
  "batches-0-id": "8b6e",
  "batches-0-state": "frozen",
  "batches-0-pumped_from": "2026-08-01",
  "batches-0-pumped_to": "2026-10-31",
  "batches-0-look": "y",
  "batches-0-volume_ml": "900",
  "batches-0-container": "bag",
  "batches-1-id": "9c7f",
  "batches-1-state": "fresh",
  diet: ["dairy_free"],
  "since-dairy_free": "2026-05-02",
  medicine: "some",
  medicine_detail: "Ibuprofen, September 3",
};
const row = { mine: true, status: "withdrawn", volume_ml: 5900, fields, cell: { near: "Gresham" } };

test("a new listing keeps what she answered before, and what was left", () => {
  const values = anew(row);
  assert.equal(values.volume_ml, "5900");
  assert.equal(values["batches-0-state"], "frozen");
  assert.deepEqual(values.diet, ["dairy_free"]);
  assert.equal(values["since-dairy_free"], "2026-05-02");
  assert.equal(values._place, "Gresham");
});

test("it takes over nothing of that milk's own time, nor the old batch", () => {
  const left = Object.keys(anew(row)).filter((name) =>
    /pumped|look|-id$|detail|age_band|batches-1|batches-0-volume/.test(name),
  );
  assert.deepEqual(left, []);
  assert.equal(anew(row)["batches-0-container"], "bag");
  assert.ok(!("by_on" in anew({ fields: { need: "short", by_on: "2026-11-01" } })));
});

test("where all was given it begins with as much as there was", () => {
  assert.equal(anew({ ...row, volume_ml: 0, total_ml: 11830 }).volume_ml, "11830");
});

test("without a place of its own it begins at her home, and what she took away stays away", () => {
  const values = anew({ volume_ml: 100, fields: { need: "short" }, cell: { near: "Gresham" } });
  assert.ok(!values._place);
  assert.deepEqual(values.handover, []);
});
