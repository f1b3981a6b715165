import assert from "node:assert/strict";
import { test } from "node:test";
import { number, toMl } from "../../webapp/static/js/numbers.js";
import { amount, amountOf, distance, volumeIn } from "../../webapp/static/js/units.js";

test("an amount reads as people say it", () => {
  assert.equal(amount(11_830, "oz"), "400 oz");
  assert.equal(amount(44_360, "oz"), "1,500 oz");
  assert.equal(amount(44_450, "oz"), "1,500 oz");
  assert.equal(amount(591, "oz"), "20 oz");
  assert.equal(amount(74, "oz"), "2.5 oz");
});

test("an amount in millilitres is rounded the coarser the more there is", () => {
  assert.equal(amount(591, "ml"), "590 ml");
  assert.equal(amount(725, "ml"), "725 ml");
  assert.equal(amount(4_436, "ml"), "4,440 ml");
  assert.equal(amount(11_830, "ml"), "11,800 ml");
});

test("nothing left reads as nothing, and a drop never does", () => {
  assert.equal(amount(0, "oz"), "0 oz");
  assert.equal(amount(1, "oz"), "0.5 oz");
  assert.equal(amount(1, "ml"), "1 ml");
});

test("what she types comes back as she typed it", () => {
  for (const ounces of [1, 2.5, 9.5, 17, 20, 65, 400, 999, 1500, 6760]) {
    const ml = toMl(String(ounces), "oz");
    assert.equal(number(amount(ml, "oz")), ounces);
    assert.ok(Math.abs(volumeIn(ml, "oz") - ounces) < 0.02);
  }
});

test("what is no number is no amount", () => {
  for (const text of ["", "some", "-5", "12 34"]) assert.equal(toMl(text, "oz"), NaN);
  assert.equal(toMl("1,000.5", "oz"), toMl("1.000,5", "oz"));
});

test("a part is said of its whole", () => {
  assert.equal(amountOf(5_560, 11_830, "oz"), "188 of 400 oz");
  assert.equal(amountOf(5_560, 11_830, "ml"), "5,560 of 11,800 ml");
});

test("a distance can be said at length", () => {
  assert.equal(distance(40, "oz", true), "25 miles");
  assert.equal(distance(40, "ml", true), "40 kilometers");
  assert.equal(distance(40, "ml"), "40 km");
});
