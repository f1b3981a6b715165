import assert from "node:assert/strict";
import { test } from "node:test";
import { filters, sift } from "../../../webapp/static/js/views/nearby-filter.js";

const offer = (id, more) => ({ id, kind: "offer", volume_ml: 1000, state: "frozen", ...more });
const request = (id, more) => ({ id, kind: "request", volume_ml: 1000, ...more });
const ids = (list) => list.map(({ id }) => id).join("");

/** What fits, and what may. */
const sifted = (list, choice, kind = "offer") =>
  sift(list, filters({ kind: [kind], ...choice })).map(ids);

test("without a filter everything fits, whatever it leaves unsaid", () => {
  const form = { kind: ["offer"], newest: [""], quiet: [""], volume_ml: [""] };
  assert.equal(filters(form).length, 0);
  assert.deepEqual(sift([offer("a")], filters(form)).map(ids), ["a", "a"]);
});

test("without medicines keeps only what says none reported", () => {
  const list = [offer("a", { medicine: "none" }), offer("b", { medicine: "ask" }), offer("c")];
  assert.deepEqual(sifted(list, { avoid: ["medicine"] }), ["a", "abc"]);
});

test("all that is asked must be said, and one answer against it is enough", () => {
  const list = [
    offer("a", { medicine: "none", alcohol: "none" }),
    offer("b", { medicine: "none" }),
    offer("c", { medicine: "none", alcohol: "none", state: "fresh" }),
  ];
  const choice = { avoid: ["medicine", "alcohol"], state: ["frozen", "refrigerated"] };
  assert.deepEqual(sifted(list, choice), ["a", "ab"]);
  assert.equal(filters({ kind: ["offer"], ...choice }).length, 3);
});

test("a diet is said, not said, or began after the milk was pumped", () => {
  const pumped = ["2026-08", "2026-10"];
  const list = [
    offer("a", { diet: { soy_free: "2026-08-30" }, pumped }),
    offer("b", { diet: { soy_free: "" }, pumped }),
    offer("c", { diet: { nut_free: "" }, pumped }),
    offer("d", { diet: { soy_free: "2026-09-01" }, pumped }),
    offer("e", { diet: { soy_free: "2026-01-01" } }),
  ];
  assert.deepEqual(sifted(list, { diet: ["soy_free"] }), ["ab", "abce"]);
});

test("vegan milk is dairy-free and egg-free", () => {
  const list = [offer("a", { diet: { vegan: "" } })];
  assert.deepEqual(sifted(list, { diet: ["dairy_free", "egg_free"] }), ["a", "a"]);
  assert.deepEqual(sifted(list, { diet: ["soy_free"] }), ["", "a"]);
});

test("of requests, those stay that ask for a diet; how milk is kept is no question to them", () => {
  const list = [request("a", { diet: { dairy_free: 0 } }), request("b")];
  const choice = { diet: ["dairy_free"], avoid: ["medicine"], state: ["frozen"] };
  assert.deepEqual(sifted(list, choice, "request"), ["a", "a"]);
  assert.equal(filters({ kind: ["request"], ...choice }).length, 1);
});

test("an amount is at least so much", () => {
  const list = [offer("a", { volume_ml: 2957 }), offer("b", { volume_ml: 2956 })];
  assert.deepEqual(sifted(list, { volume_ml: ["2957"] }), ["a", "a"]);
});

test("an age is one of those asked, or not said", () => {
  const list = [offer("a", { age_band: "1_3m" }), offer("b", { age_band: "3_6m" }), offer("c")];
  assert.deepEqual(sifted(list, { age_band: ["1_3m", "newborn_4w"] }), ["a", "ac"]);
});
