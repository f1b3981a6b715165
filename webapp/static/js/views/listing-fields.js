/** The form's fields in words, as she filled them. Pure. */
import { day } from "../dates.js";
import { amount, distance } from "../units.js";
import { _ } from "../words.js";
import { AGE, DIET, EXPOSURE, NEED } from "./card-words.js";
import { lasting, since } from "./fit.js";

const WORDS = {
  ...AGE,
  ...DIET,
  ...EXPOSURE,
  ...NEED,
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
  frozen: _("Frozen"),
  refrigerated: _("In the fridge"),
  fresh: _("Fresh"),
};

const LABEL = {
  volume_ml: _("Amount"),
  pumped_from: _("Pumped from"),
  pumped_to: _("Pumped to"),
  by_on: _("By when?"),
  daily_ml: _("How much is missing a day?"),
  diet: _("Do you keep to a diet?"),
  must: _("The milk must be"),
  avoid: _("The milk must be without"),
  milk_age_months: _("Pumped at most so long ago"),
  age_band: _("Your baby"),
  fragile: _("Was your baby born early, or is it ill?"),
  bereaved: _("My baby died"),
  handover: _("Where would you meet?"),
  place: _("Near"),
  reach_km: _("How far would you travel?"),
  open_days: _("For how many days?"),
  note: _("Anything else"),
  ...EXPOSURE,
};

/** What a form's field is called. @param {string} name flat, as on the wire */
export function label(name) {
  const detailed = /(.+)_detail$/.exec(name)?.[1];
  if (detailed) return _("%(name)s: names and dates", { name: EXPOSURE[detailed] });
  const [start, rest] = name.replace(/^batches-\d+-/, "").split("-");
  return (rest ? DIET[rest] : LABEL[start]) ?? "";
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
  if (name === "diet") return list.map((code) => since(code, fields[`since-${code}`])).join(", ");
  if (name === "must")
    return list.map((code) => lasting(code, +fields[`weeks-${code}`])).join(", ");
  if (name.endsWith("_ml")) return amount(+first, units);
  if (name === "reach_km") return distance(+first, units);
  if (/since-|pumped_|_on$/.test(name)) return day(first);
  if (name === "place") return _("The place you chose");
  return list.map((code) => WORDS[code] ?? code).join(", ");
}

// The design's "What others may see" has none of these.
const PRIVATE = [
  "avoid",
  "milk_age_months",
  "fragile",
  "bereaved",
  "handover",
  "reach_km",
  "open_days",
  "note",
];

/**
 * What only she sees of her own listing.
 * @param {Record<string, any>} fields
 * @param {import("../units.js").Units} [units]
 * @returns {string[][]} pairs of a label and a text
 */
export function privately(fields, units) {
  const exposures = Object.keys(EXPOSURE).flatMap((code) =>
    fields[code] === "none" ? [] : [code, `${code}_detail`],
  );
  const beliefs = fields.show_belief
    ? []
    : ["halal", "kosher"].filter((code) => fields.diet?.includes(code));
  return [
    ...beliefs.map((code) => [LABEL.diet, said("diet", code, units, fields)]),
    ...[...exposures, ...PRIVATE]
      .filter((name) => fields[name]?.length)
      .map((name) => [label(name), said(name, fields[name], units, fields)]),
  ];
}
