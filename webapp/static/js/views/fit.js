/** Why a listing fits, line by line, in words. Silence is never read as an answer. */
import { day } from "../dates.js";
import { amount } from "../units.js";
import { _, ngettext } from "../words.js";
import { AGE, DIET, EXPOSURE, NEED, NOT_SAID, says } from "./card-words.js";

/**
 * @typedef {[verdict: "fits" | "unknown" | "no" | "said", text: string]} Line "said" judges nothing
 */

const NAMES = {
  ...DIET,
  ...EXPOSURE,
  milk_age: _("Age of the milk"),
  reach: _("Distance"),
  amount: _("Amount"),
};

/** "Dairy-free since May 2". @param {string} code @param {string} [date] */
export const since = (code, date) =>
  date ? _("%(name)s since %(day)s", { name: DIET[code], day: day(date) }) : DIET[code];

/** "Dairy-free for 3 weeks before pumping". @param {string} code @param {number} [weeks] */
export const lasting = (code, weeks) =>
  weeks
    ? ngettext(
        "%(name)s for %(num)s week before pumping",
        "%(name)s for %(num)s weeks before pumping",
        weeks,
        { name: DIET[code] },
      )
    : DIET[code];

/**
 * What an offer says of one exposure: "some" and "I'd rather talk" read the same to others.
 * @returns {Line}
 */
const exposure = (code, answer) =>
  answer === "none"
    ? ["said", says(EXPOSURE[code], _("none reported"))]
    : ["unknown", says(EXPOSURE[code], answer ? _("ask her") : NOT_SAID)];

function covers(part, whole, offers, units) {
  if (part >= whole) return offers ? _("All that you ask for") : _("You have all they need");
  const values = { part: amount(part, units), whole: amount(whole, units) };
  return _("%(part)s of the %(whole)s needed", values);
}

/** A diet, to who asks for it and to who offers: what is open is the other's to say, or hers. */
function dieting({ what, verdict, since: date, weeks }, { kind, diet }) {
  const open = verdict === "unknown";
  if (kind === "request") {
    const asked = lasting(what, weeks);
    return open ? says(asked, _("you haven't said")) : asked;
  }
  const name = since(what, date);
  if (!open) return name;
  if (date) return says(_("%(name)s. When it was pumped", { name }), NOT_SAID);
  return says(diet?.[what] === "" ? _("%(name)s, since when", { name }) : name, NOT_SAID);
}

/** Nothing of what this version doesn't know, nor of a distance that is no hindrance. */
function sentence(line, card, mine, units) {
  const { what, verdict, volume_ml, months } = line;
  const offers = card.kind === "offer";
  const name = NAMES[what];
  if (name && verdict === "no") return says(name, _("doesn't fit"));
  if (DIET[what]) return dieting(line, card);
  if (EXPOSURE[what]) return exposure(what, verdict === "fits" ? "none" : card[what])[1];
  if (!name || what === "reach") return "";
  if (verdict === "unknown") return says(name, NOT_SAID);
  if (what === "amount") return covers(volume_ml, (offers ? mine : card)?.volume_ml, offers, units);
  return ngettext("Pumped in the last %(num)s month", "Pumped in the last %(num)s months", months);
}

/**
 * The lines of a match.
 * @param {any} match
 * @param {any} [mine] her own listing in it
 * @param {import("../units.js").Units} [units]
 * @returns {Line[]}
 */
export const matchLines = ({ lines, card }, mine, units) =>
  lines.map((line) => [line.verdict, sentence(line, card, mine, units)]).filter(([, text]) => text);

/**
 * What a card says by itself, to whom nothing is known to fit.
 * @param {any} card another's
 * @param {boolean} [whole] all of it; else two diets and the medicines, which are asked for most
 * @returns {Line[]}
 */
export function cardLines(card, whole) {
  const { kind, diet = {}, age_band, need } = card;
  const offers = kind === "offer";
  const said = Object.entries(diet).map(([code, value]) =>
    offers ? since(code, value) : lasting(code, Number(value)),
  );
  if (whole && age_band) said.push(says(offers ? _("Her baby") : _("For a baby"), AGE[age_band]));
  if (whole && need) said.push(NEED[need]);
  const asked = !offers ? [] : whole ? Object.keys(EXPOSURE) : ["medicine"];
  /** @type {Line[]} */
  const lines = said.map((text) => ["said", text]);
  return [
    ...(whole ? lines : lines.slice(0, 3 - asked.length)),
    ...asked.map((code) => exposure(code, card[code])),
  ];
}

/** The three that a card has room for: what speaks against it first, in their own order. @param {Line[]} lines */
export function weightiest(lines) {
  const weighed = ["no", "unknown", "fits", "said"].flatMap((verdict) =>
    lines.filter(([each]) => each === verdict),
  );
  return lines.filter((line) => weighed.indexOf(line) < 3);
}
