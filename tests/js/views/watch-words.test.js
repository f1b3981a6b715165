import assert from "node:assert/strict";
import { test } from "node:test";
import "../shell.js";

const { against, details, fromFilters, sentence } = await import(
  "../../../webapp/static/js/views/watch-words.js"
);

const watch = { must: ["dairy_free"], "weeks-dairy_free": "0", reach_km: "30", least_ml: "2957" };

test("a watch is a sentence", () => {
  assert.equal(sentence(watch, "ml"), "Dairy-free milk within 30 km, at least 2,960 ml");
  assert.equal(sentence(watch, "oz"), "Dairy-free milk within 19 mi, at least 100 oz");
  const any = { reach_km: "30", least_ml: "2957" };
  assert.equal(sentence(any, "oz"), "Milk within 19 mi, at least 100 oz");
});

test("what has a word within a sentence is said with it, and the sentence begins with a capital", () => {
  const frozen = { ...watch, must: ["frozen"] };
  assert.equal(sentence(frozen, "oz"), "Frozen milk within 19 mi, at least 100 oz");
});

test("what else it asks for stands below, a line each", () => {
  const fields = {
    ...watch,
    "weeks-dairy_free": "3",
    avoid: ["medicine", "alcohol"],
    nice: ["soy_free", "caffeine"],
    "weeks-soy_free": "2",
    milk_age_months: "3",
  };
  assert.deepEqual(details(fields), [
    "Dairy-free for 3 weeks before pumping",
    "Without: Medicines, Alcohol",
    "Pumped in the last 3 months",
    "Better: Soy-free for 2 weeks before pumping",
    "Better without: Caffeine",
  ]);
  assert.deepEqual(details(watch), []);
});

test("Nearby's filters become a watch: the diet while pumping, within her own reach", () => {
  const choice = { kind: ["offer"], diet: ["vegan"], avoid: ["alcohol"], state: ["frozen"] };
  assert.deepEqual(fromFilters({ ...choice, volume_ml: ["591"] }, { reach_km: 48 }), {
    must: ["vegan", "frozen"],
    "weeks-vegan": "0",
    avoid: ["alcohol"],
    least_ml: "591",
    reach_km: "48",
  });
  assert.equal(fromFilters({}, { reach_km: 48 }).least_ml, "30");
});

test("what is asked for and to be without at once is found", () => {
  assert.deepEqual(against({ must: ["raw", "vegan"], avoid: ["raw"] }), ["raw"]);
  assert.deepEqual(against({ avoid: ["raw"] }), []);
});
