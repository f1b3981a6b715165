/** The form's fields in words, as she filled them. Pure. */
import { day } from "../dates.js";
import { span } from "../elements/periods.js";
import { amount, distance } from "../units.js";
import { _, EXPOSURES, LABELS, ngettext } from "../words.js";
import { lasting, since } from "./card-lines.js";
import { isBelief, says } from "./card-words.js";

/** The questions whose answers nobody else sees. */
const PRIVATE = [
  "nice",
  "avoid",
  "milk_age_months",
  "in_hand_days",
  "fragile",
  "bereaved",
  "handover",
  "reach_km",
  "open_days",
  "note",
];

/** What a form's field is called, if anything. @param {string} name flat, as on the wire */
export function label(name) {
  const word = LABELS[name.replace(/^(batches-\d+|since|weeks)-|_detail$/g, "")];
  return /_detail$/.test(name) ? says(word, _("names and dates")) : word;
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
  if (/_ml$/.test(name)) return amount(+first, units);
  if (name === "reach_km") return distance(+first, units);
  if (name === "in_hand_days") return ngettext("%(num)s day", "%(num)s days", +first);
  if (/-portions$/.test(name)) return first;
  if (/since-|pumped_|_on$/.test(name)) return day(first);
  if (name === "place") return _("The place you chose");
  // What she wrote herself is no code, even where it reads like one.
  if (/note|_detail/.test(name)) return first;
  const word = (code) =>
    /^(must|nice)$/.test(name)
      ? lasting(code, fields[`weeks-${code}`])
      : (since(code, fields[`since-${code}`]) ?? code);
  return list.map(word).join(", ");
}

/** "Frozen, Aug 3 – Oct 30, 100 oz": what a batch is known by. @param {Record<string, any>} batch */
export const milkInShort = ({ state, look, pumped_from, pumped_to, volume_ml }, units) =>
  [
    LABELS[state],
    !look && pumped_from && span("day", pumped_from, pumped_to),
    volume_ml && amount(+volume_ml, units),
  ]
    .filter(Boolean)
    .join(", ");

/** Of a batch nothing is ever said of these by name. */
const UNSPOKEN = /-(id|pumpings)$/;

/**
 * What one side says of a batch that both changed, where the two differ.
 * @param {[name: string, sides: Record<string, string | string[]>][]} conflicts of that batch
 * @param {"yours" | "theirs"} side
 * @param {import("../units.js").Units} [units]
 */
export function milkSaid(conflicts, side, units) {
  if (!conflicts.some(([, sides]) => sides[side]?.length)) return _("Taken out");
  return conflicts
    .filter(([name, { yours, theirs }]) => `${yours}` !== `${theirs}` && !UNSPOKEN.test(name))
    .map(([name, sides]) => says(label(name), said(name, sides[side], units)))
    .join("; ");
}

/**
 * What only she sees of her own listing.
 * @param {Record<string, any>} all
 * @param {import("../units.js").Units} [units]
 * @returns {string[][]} pairs of a label and a text
 */
export function privately(all, units) {
  const fields = { ...all, diet: all.show_belief ? [] : all.diet?.filter(isBelief) };
  const exposures = EXPOSURES.filter((code) => fields[code] !== "none");
  return ["diet", ...exposures.flatMap((code) => [code, `${code}_detail`]), ...PRIVATE]
    .filter((name) => fields[name]?.length)
    .map((name) => [label(name), said(name, fields[name], units, fields)]);
}
