/** The form's fields in words, as she filled them. Pure. */
import { day } from "../dates.js";
import { amount, distance } from "../units.js";
import { _ } from "../words.js";
import { AGE, DIET, EXPOSURE, isBelief, KEPT, NEED, says } from "./card-words.js";
import { lasting, since } from "./fit.js";

export const WORDS = {
  ...AGE,
  ...DIET,
  ...EXPOSURE,
  ...NEED,
  ...KEPT,
  y: _("Yes"),
  no: _("No"),
  none: _("None"),
  some: _("Some"),
  talk: _("I'd rather talk"),
  public_place: _("A public place"),
  meet_halfway: _("Meet halfway"),
  clinic: _("A clinic"),
  preterm: _("Born early"),
  under_1500g: _("Under 1,500 g at birth"),
  nicu: _("In intensive care"),
  immunocompromised: _("A weak immune system"),
  complex: _("Something else that a doctor follows"),
};

const LABEL = {
  ...EXPOSURE,
  volume_ml: _("Amount"),
  pumped_from: _("Pumped from"),
  pumped_to: _("Pumped to"),
  by_on: _("By when?"),
  daily_ml: _("How much is missing a day?"),
  diet: _("Do you keep to a diet?"),
  must: _("The milk must be"),
  age_band: _("Your baby"),
  place: _("Near"),
};

/** The questions whose answers nobody else sees. */
const PRIVATE = {
  avoid: _("The milk must be without"),
  milk_age_months: _("Pumped at most so long ago"),
  fragile: _("Was your baby born early, or is it ill?"),
  bereaved: _("My baby died"),
  handover: _("Where would you meet?"),
  reach_km: _("How far would you travel?"),
  open_days: _("For how many days?"),
  note: _("Anything else"),
};

/** What a form's field is called. @param {string} name flat, as on the wire */
export function label(name) {
  const [, code, rest] = /^(?:batches-\d+-|since-|weeks-)?(.+?)(_detail)?$/.exec(name);
  const word = { ...LABEL, ...PRIVATE, ...DIET }[code] ?? "";
  return rest ? says(word, _("names and dates")) : word;
}

/**
 * A field's value in words.
 * @param {string} name
 * @param {string | string[]} value
 * @param {import("../units.js").Units} [units]
 * @param {Record<string, any>} [fields] those beside it
 */
export function said(name, value, units, fields = {}) {
  const list = [value].flat().filter(Boolean);
  const [first] = list;
  if (!first) return _("Not said");
  if (name.endsWith("_ml")) return amount(+first, units);
  if (name === "reach_km") return distance(+first, units);
  if (/since-|pumped_|_on$/.test(name)) return day(first);
  if (name === "place") return _("The place you chose");
  const words = {
    diet: (code) => since(code, fields[`since-${code}`]),
    must: (code) => lasting(code, +fields[`weeks-${code}`]),
  };
  return list.map(words[name] ?? ((code) => WORDS[code] ?? code)).join(", ");
}

/**
 * What only she sees of her own listing.
 * @param {Record<string, any>} all
 * @param {import("../units.js").Units} [units]
 * @returns {string[][]} pairs of a label and a text
 */
export function privately(all, units) {
  const fields = { ...all, diet: all.show_belief ? [] : all.diet?.filter(isBelief) };
  const exposures = Object.keys(EXPOSURE).filter((code) => fields[code] !== "none");
  return ["diet", ...exposures.flatMap((code) => [code, `${code}_detail`]), ...Object.keys(PRIVATE)]
    .filter((name) => fields[name]?.length)
    .map((name) => [label(name), said(name, fields[name], units, fields)]);
}
