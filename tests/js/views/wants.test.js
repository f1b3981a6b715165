import assert from "node:assert/strict";
import { test } from "node:test";
import { contradictions, toForm, toWire } from "../../../webapp/static/js/views/wants.js";

const DAIRY = { name: "dairy_free", of: "must", codes: ["dairy_free"] };
const ALCOHOL = { name: "alcohol", of: "avoid", codes: ["alcohol"] };
const HEATING = { name: "treatment", of: "must", codes: ["holder", "raw", "scalded"] };
const AGE = { name: "milk_age", of: "milk_age_months", codes: ["milk_age"] };
const ALL = [DAIRY, ALCOHOL, HEATING, AGE];

const form = {
  must: ["dairy_free", "raw", "soy_free"],
  avoid: ["alcohol", "holder", "nicotine"],
  "weeks-dairy_free": "3",
  milk_age_months: "6",
};

test("without a wish all that is asked is a must", () => {
  assert.deepEqual(toWire(form, []), form);
});

test("a wish takes its code from its list, and leaves the rest", () => {
  assert.deepEqual(toWire(form, ALL), {
    nice: ["alcohol", "dairy_free", "milk_age", "raw"],
    must: ["soy_free"],
    avoid: ["holder", "nicotine"],
    "weeks-dairy_free": "3",
    milk_age_months: "6",
  });
});

test("what the wire has comes back as she marked it", () => {
  for (const wished of [[], [DAIRY], [HEATING, AGE], ALL]) {
    const { _wish, ...back } = toForm(toWire(form, wished), ALL);
    assert.deepEqual(back, form);
    assert.deepEqual(
      _wish,
      wished.map(({ name }) => name),
    );
  }
});

test("a wish that is marked beside nothing wishes nothing", () => {
  assert.deepEqual(toWire({ must: ["soy_free"] }, ALL), { must: ["soy_free"] });
});

test("what is asked for and to be without is told", () => {
  assert.deepEqual(contradictions({ must: ["raw", "soy_free"], avoid: ["raw"] }), ["raw"]);
  assert.deepEqual(contradictions({ must: "raw" }), []);
});
