import assert from "node:assert/strict";
import { test } from "node:test";
import { fitting, others } from "../../../webapp/static/js/views/nearby-order.js";

const cell = (lat) => ({ id: "8728f0190ffffff", lat, lng: -122.43 });
const person = { cell: cell(45.5), reach_km: 40 };
const row = (id, lat, fresh_on, more) => ({
  id,
  kind: "offer",
  cell: cell(lat),
  fresh_on,
  ...more,
});
const near = row("01", 45.52, "2026-11-01");
const far = row("02", 45.7, "2026-11-20");
const twin = row("03", 45.52, "2026-11-03");
const beyond = row("04", 46.5, "2026-11-21");
const ids = (list) => list.map(({ id }) => id);

test("the nearest come first, the newer of two at one distance before the older", () => {
  assert.deepEqual(ids(others([far, near, twin], [], person, "offer")), ["03", "01", "02"]);
});

test("the newest come first, and of one day the later made", () => {
  const late = { ...near, id: "09", fresh_on: "2026-11-20" };
  const list = others([near, far, late], [], person, "offer", true);
  assert.deepEqual(ids(list), ["09", "02", "01"]);
});

test("beyond her reach, her own and what matched stand elsewhere", () => {
  const mine = { ...near, id: "05", mine: true };
  const list = others([near, far, beyond, mine], [{ other: "02" }], person, "offer");
  assert.deepEqual(ids(list), ["01"]);
});

test("offers and requests don't mix", () => {
  const asks = { ...near, id: "06", kind: "request" };
  assert.deepEqual(ids(others([near, asks], [], person, "request")), ["06"]);
});

test("who has no place yet sees what there is", () => {
  assert.deepEqual(ids(others([beyond, near], [], {}, "offer")), ["04", "01"]);
});

test("matches stand by rank, what is not said after what fits, each listing once", () => {
  const match = (id, other, fit, rank, kind = "offer") => ({
    id,
    other,
    fit,
    rank,
    card: { kind },
  });
  const matches = [
    match("a", "1", "unknown", 5),
    match("b", "2", "whole", 9),
    match("c", "3", "whole", 2),
    match("d", "2", "whole", 1),
    match("e", "4", "whole", 0, "request"),
  ];
  const [whole, unknown] = fitting(matches, "offer");
  assert.deepEqual(ids(whole), ["d", "c"]);
  assert.deepEqual(ids(unknown), ["a"]);
});
