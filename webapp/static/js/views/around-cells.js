/** Cards in the hexagons around a home: east and north of it, in tenths of a kilometre. Pure. */

/** As on the server (webapp/geo/outlines.py), so that both lay places alike. */
const EARTH = 63710.088;
/** How many shades there are for what isn't empty. */
const SHADES = 4;

/**
 * @typedef {object} Hexagon
 * @property {number} x of its centre, east
 * @property {number} y north
 * @property {any[]} cards
 */

const radians = (degrees) => (degrees * Math.PI) / 180;

/**
 * Where a spot lies in the plane that keeps its distance and direction from a home.
 * @param {{lat: number, lng: number}} home
 * @param {{lat: number, lng: number}} spot
 * @returns {[x: number, y: number]}
 */
export function flat(home, spot) {
  const { sin, cos } = Math;
  const [here, there] = [radians(home.lat), radians(spot.lat)];
  const turned = radians(spot.lng - home.lng);
  const east = sin(turned) * cos(there);
  const north = cos(here) * sin(there) - sin(here) * cos(there) * cos(turned);
  const along = sin(here) * sin(there) + cos(here) * cos(there) * cos(turned);
  const across = Math.hypot(east, north);
  const scale = across ? (EARTH * Math.atan2(across, along)) / across : 0;
  return [east * scale, north * scale];
}

/** @param {number[]} numbers x, y, x, y @returns {[number, number][]} */
export const points = (numbers) =>
  numbers.flatMap((x, at) => (at % 2 ? [] : [[x, numbers[at + 1]]]));

/**
 * Each card in the hexagon whose centre is nearest; her own comes first.
 * @param {{cells: number[]}} around of her row
 * @param {{lat: number, lng: number}} home
 * @param {any[]} cards in the order that they keep
 * @returns {Hexagon[]}
 */
export function placed({ cells }, home, cards) {
  const hexagons = points(cells).map(([x, y]) => ({ x, y, cards: [] }));
  for (const card of cards) {
    if (!card.cell) continue;
    const [x, y] = flat(home, card.cell);
    const far = (each) => Math.hypot(each.x - x, each.y - y);
    hexagons.reduce((best, each) => (far(each) < far(best) ? each : best)).cards.push(card);
  }
  return hexagons;
}

/** How dark it is among the others: 0 where nothing is. @param {number} many @param {number} most */
export const shade = (many, most) => Math.ceil((SHADES * many) / (most || 1));

/** Kilometres from home. @param {Hexagon} hexagon */
export const far = ({ x, y }) => Math.hypot(x, y) / 10;

/** One of eight directions, from north by the east. @param {Hexagon} hexagon @returns {number} */
export const bearing = ({ x, y }) => (Math.round(Math.atan2(x, y) / (Math.PI / 4)) + 8) % 8;

/** The place that most of its cards are near, as the cell of one. @param {Hexagon} hexagon */
export function place({ cards }) {
  const cells = cards.map(({ cell }) => cell).filter(({ near }) => near);
  const many = (cell) => cells.filter(({ near }) => near === cell.near).length;
  return cells.sort(
    (one, other) => many(other) - many(one) || one.near.localeCompare(other.near),
  )[0];
}

/** What an arrow key looks toward. */
const TOWARD = { ArrowUp: [0, 1], ArrowDown: [0, -1], ArrowRight: [1, 0], ArrowLeft: [-1, 0] };

/**
 * The nearest one that an arrow key leads to, straight ahead before aside.
 * @param {Hexagon[]} hexagons that can be reached
 * @param {Hexagon} from
 * @param {string} key
 * @returns {Hexagon | undefined}
 */
export function toward(hexagons, from, key) {
  const [east, north] = TOWARD[key] ?? [0, 0];
  const way = ({ x, y }) => {
    const [ahead, aside] = [
      (x - from.x) * east + (y - from.y) * north,
      Math.abs((x - from.x) * north - (y - from.y) * east),
    ];
    return ahead > 0 && aside <= 2 * ahead ? ahead + 2 * aside : Number.POSITIVE_INFINITY;
  };
  const [next] = [...hexagons].sort((one, other) => way(one) - way(other));
  return next && way(next) < Number.POSITIVE_INFINITY ? next : undefined;
}
