import assert from "node:assert/strict";
import { mock, test } from "node:test";
import "../shell.js";
import { label, privately, said } from "../../../webapp/static/js/views/listing-fields.js";

mock.timers.enable({ apis: ["Date"], now: Date.parse("2026-11-21T12:00:00Z") });
const year = new Date().getUTCFullYear();

test("a field is called what its form calls it", () => {
  assert.equal(label("volume_ml"), "Amount");
  assert.equal(label("batches-0-pumped_to"), "Pumped to");
  assert.equal(label("since-dairy_free"), "Dairy-free");
  assert.equal(label("medicine_detail"), "Medicines: names and dates");
  assert.ok(!label("row"));
  assert.ok(!label(""));
});

test("a value is said in her units and words", () => {
  assert.equal(said("volume_ml", "11830", "oz"), "400 oz");
  assert.equal(said("reach_km", "16", "oz"), "10 mi");
  assert.equal(said("batches-0-pumped_from", `${year}-08-03`), "Aug 3");
  assert.equal(said("handover", ["public_place", "clinic"]), "A public place, A clinic");
  assert.equal(
    said("must", ["soy_free"], "oz", { "weeks-soy_free": "1" }),
    "Soy-free for 1 week before pumping",
  );
  assert.equal(said("note", ""), "Not said");
  assert.equal(said("note", "short"), "short");
});

test("what the card doesn't tell is hers alone", () => {
  const fields = {
    kind: "offer",
    volume_ml: "591",
    diet: ["vegan", "halal"],
    medicine: "some",
    medicine_detail: "Ibuprofen",
    alcohol: "none",
    bereaved: "y",
    note: "Evenings",
  };
  assert.deepEqual(privately(fields, "oz"), [
    ["Do you keep to a diet?", "Halal"],
    ["Medicines", "Some"],
    ["Medicines: names and dates", "Ibuprofen"],
    ["My baby died", "Yes"],
    ["Anything else", "Evenings"],
  ]);
});

test("a belief that she shows is not private", () => {
  assert.deepEqual(privately({ diet: ["halal"], show_belief: "y" }), []);
});
