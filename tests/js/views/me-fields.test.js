import assert from "node:assert/strict";
import { test } from "node:test";
import { fieldsOf } from "../../../webapp/static/js/views/me-fields.js";

test("her row reads as the form's own names and strings", () => {
  const person = {
    id: "1",
    name: "Ana",
    place: { id: "geonames:5729485", name: "Gresham" },
    reach_km: 40,
    units: "oz",
    ask_me: true,
    alerts_detail: false,
    welcomed: true,
  };
  assert.deepEqual(fieldsOf(person), {
    name: "Ana",
    place: "geonames:5729485",
    reach_km: "40",
    units: "oz",
    ask_me: "y",
  });
});
