/** How far apart two cells lie. Nothing finer than a cell ever reaches the phone. */
import { distance } from "./units.js";

/** @typedef {{id: string, lat: number, lng: number, near?: string}} Cell */

// The mean radius that geopy's great circle uses, so that both sides agree.
const EARTH_KM = 6371.0088;

// What two places in one cell, or in two that touch, may lie apart at the most, by the cells' H3
// resolution: 3.6 times the mean edge (h3geo.org, table of cell statistics), rounded.
const TOUCHING_KM = { 7: 5, 6: 14, 5: 35 };

const radians = (degrees) => (degrees * Math.PI) / 180;

/** Kilometres between two points on a sphere. @param {Cell} a @param {Cell} b */
export function greatCircle(a, b) {
  const half = (one, other) => Math.sin(radians(other - one) / 2) ** 2;
  const across = Math.cos(radians(a.lat)) * Math.cos(radians(b.lat));
  const chord = half(a.lat, b.lat) + across * half(a.lng, b.lng);
  return 2 * EARTH_KM * Math.asin(Math.min(1, Math.sqrt(chord)));
}

/** An H3 id's second hexadecimal digit is its resolution. */
const blur = (cell) => TOUCHING_KM[cell.id[1]];

/**
 * How far, in words no finer than the cells: "6 mi", and "< 3 mi" in the same or the next cell.
 * @param {Cell} a
 * @param {Cell} b
 * @param {import("./units.js").Units} [units]
 */
export function howFar(a, b, units) {
  const km = greatCircle(a, b);
  const coarsest = Math.max(blur(a), blur(b));
  return km < coarsest ? `< ${distance(coarsest, units)}` : distance(km, units);
}
