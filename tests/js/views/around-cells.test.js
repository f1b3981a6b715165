import assert from "node:assert/strict";
import { test } from "node:test";
import {
  bearing,
  far,
  flat,
  place,
  placed,
  points,
  shade,
  toward,
} from "../../../webapp/static/js/views/around-cells.js";

const HOME = { lat: 45.5, lng: -122.43 };
/** What the server sends for a reach of 16 km around it: hers first. */
const AROUND = {
  cells: [-41, -5, -190, 57, -49, 155, -182, -103, 92, 253, 248, 31, 99, 93, 115, -228, -34, -165],
  shape: [52, -74, 96, 12, 44, 86, -52, 74, -96, -12, -44, -86],
};
const at = (lat, lng, near) => ({ cell: { lat, lng, near } });
const hexagon = (x, y, cards = []) => ({ x, y, cards });

test("a spot lies as far and in the direction that it is from home", () => {
  const [east, north] = flat(HOME, { lat: 45.6, lng: -122.43 });
  assert.deepEqual([Math.round(east), Math.round(north)], [0, 111]);
  const [x, y] = flat(HOME, { lat: 45.5, lng: -122.3 });
  assert.deepEqual([Math.round(x), Math.round(y)], [101, 0]);
  assert.deepEqual(flat(HOME, HOME), [0, 0]);
});

test("the date line and the poles are places like any other", () => {
  const fiji = { lat: -16.8, lng: 179.99 };
  const [east, north] = flat(fiji, { lat: -16.8, lng: -179.91 });
  assert.equal(Math.round(east), 106);
  assert.ok(Math.abs(north) < 1);
  const [x, y] = flat({ lat: 90, lng: 0 }, { lat: 89.9, lng: 90 });
  assert.deepEqual([Math.round(x), Math.round(y)], [111, 0]);
  assert.ok(flat({ lat: -90, lng: 17 }, { lat: -89.9, lng: -60 }).every(Number.isFinite));
});

test("each card stands in the hexagon that is nearest, in the order it came", () => {
  const [mine, there, same] = [at(45.5, -122.44), at(45.73, -122.31), at(45.72, -122.3)];
  const hexagons = placed(AROUND, HOME, [there, mine, same, {}]);
  assert.deepEqual(hexagons[0].cards, [mine]);
  const [full] = hexagons.filter(({ x }) => x === 92);
  assert.deepEqual(full.cards, [there, same]);
  assert.equal(hexagons.flatMap(({ cards }) => cards).length, 3);
});

test("a card at the very centre of any of them is its own", () => {
  const hexagons = points(AROUND.cells).map(([x, y]) => {
    const lat = HOME.lat + y / 1111.95;
    return at(lat, HOME.lng + x / (1111.95 * Math.cos((lat * Math.PI) / 180)));
  });
  for (const { cards } of placed(AROUND, HOME, hexagons)) assert.equal(cards.length, 1);
});

test("nothing is without shade, and the fullest has the darkest", () => {
  assert.deepEqual(
    [0, 1, 2, 3, 4].map((many) => shade(many, 4)),
    [0, 1, 2, 3, 4],
  );
  assert.deepEqual([shade(0, 0), shade(1, 400), shade(400, 400)], [0, 1, 4]);
});

test("it is said how far and where each lies", () => {
  const around = [0, 1, 1, 1, 0, -1, -1, -1];
  const all = around.map((x, n) => bearing(hexagon(x, around[(n + 2) % 8])));
  assert.deepEqual(all, [0, 1, 2, 3, 4, 5, 6, 7]);
  assert.equal(far(hexagon(30, -40)), 5);
});

test("a hexagon is called after the place that most of its cards are near", () => {
  const cards = [at(1, 1, "Troy"), at(1, 1, "Boring"), at(1, 1, "Troy"), at(1, 1)];
  assert.equal(place({ ...hexagon(0, 0), cards }).near, "Troy");
  assert.equal(place(hexagon(0, 0)), undefined);
});

test("an arrow key leads to the next that lies that way, and nowhere where none does", () => {
  const [home, east, farEast, north] = [
    hexagon(0, 0),
    hexagon(170, 20),
    hexagon(350, 0),
    hexagon(80, 150),
  ];
  const all = [home, east, farEast, north];
  assert.equal(toward(all, home, "ArrowRight"), east);
  assert.equal(toward(all, east, "ArrowRight"), farEast);
  assert.equal(toward(all, home, "ArrowUp"), north);
  assert.equal(toward(all, home, "ArrowLeft"), undefined);
  assert.equal(toward(all, home, "Tab"), undefined);
});
