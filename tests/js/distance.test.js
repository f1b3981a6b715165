import assert from "node:assert/strict";
import { test } from "node:test";
import { greatCircle, howFar } from "../../webapp/static/js/distance.js";

const gresham = { id: "8728f0190ffffff", lat: 45.5001, lng: -122.4302 };
const nextDoor = { id: "8728f0191ffffff", lat: 45.5201, lng: -122.4402 };
const portland = { id: "8728f0032ffffff", lat: 45.5202, lng: -122.6742 };
const farmland = { id: "8528f0cbfffffff", lat: 45.4, lng: -122.3 };

test("a great circle agrees with geopy's", () => {
  assert.ok(Math.abs(greatCircle(gresham, portland) - 19.144) < 0.001);
  assert.equal(greatCircle(gresham, gresham), 0);
});

test("the antipode is half the way around and not a number out of range", () => {
  const here = { id: "87", lat: 0, lng: 0 };
  assert.equal(Math.round(greatCircle(here, { id: "87", lat: 0, lng: 180 })), 20_015);
});

test("the same cell and the next one are not told apart", () => {
  assert.equal(howFar(gresham, gresham, "oz"), "< 3 mi");
  assert.equal(howFar(gresham, nextDoor, "oz"), "< 3 mi");
  assert.equal(howFar(gresham, nextDoor, "ml"), "< 5 km");
});

test("farther away, the distance between centres is told", () => {
  assert.equal(howFar(gresham, portland, "oz"), "12 mi");
  assert.equal(howFar(gresham, portland, "ml"), "19 km");
});

test("a coarse cell promises no more than it knows", () => {
  assert.equal(howFar(gresham, farmland, "oz"), "< 22 mi");
  assert.equal(howFar(farmland, farmland, "ml"), "< 35 km");
});
