/** Why a listing fits, line by line, in words. Silence is never read as an answer. */
import { day } from "../dates.js";
import { amount } from "../units.js";
import { _, EXPOSURES, LABELS, ngettext } from "../words.js";
import { NOT_SAID, onCard, says } from "./card-words.js";

/**
 * @typedef {[verdict: "fits" | "unknown" | "no" | "said", text: string]} Line "said" judges nothing
 */

/** "Dairy-free since May 2". @param {string} code @param {string} [date] */
export const since = (code, date) =>
  date ? _("%(name)s since %(day)s", { name: LABELS[code], day: day(date) }) : LABELS[code];

/** "Dairy-free for 3 weeks before pumping". @param {string} code @param {number | string} [weeks] */
export const lasting = (code, weeks) =>
  +weeks
    ? ngettext(
        "%(name)s for %(num)s week before pumping",
        "%(name)s for %(num)s weeks before pumping",
        +weeks,
        { name: LABELS[code] },
      )
    : LABELS[code];

/**
 * What an offer says of one exposure: "some" and "I'd rather talk" read the same to others.
 * @returns {Line}
 */
const exposure = (code, answer) =>
  answer === "none"
    ? ["said", says(LABELS[code], _("none reported"))]
    : ["unknown", says(LABELS[code], answer ? _("ask her") : NOT_SAID)];

function covers(part, whole, offers, units) {
  if (part >= whole) return offers ? _("All that you ask for") : _("You have all they need");
  const values = { part: amount(part, units), whole: amount(whole, units) };
  return _("%(part)s of the %(whole)s needed", values);
}

/** A diet, to who asks for it and to who offers: what is open is the other's to say, or hers. */
function dieting(line, card, open) {
  const { what, since: date } = line;
  if (card.kind === "request") {
    const asked = lasting(what, line.weeks);
    return open ? says(asked, _("you haven't said")) : asked;
  }
  const name = since(what, date);
  if (!open) return name;
  if (date) return says(_("%(name)s. When it was pumped", { name }), NOT_SAID);
  return says(card.diet?.[what] === "" ? _("%(name)s, since when", { name }) : name, NOT_SAID);
}

/** Nothing of what this version doesn't know, nor of a distance that is no hindrance. */
function sentence(line, card, mine, units) {
  const { what, verdict } = line;
  const name = LABELS[what];
  const offers = card.kind === "offer";
  const open = verdict === "unknown";
  if (name && verdict === "no") return says(name, _("doesn't fit"));
  if (!name || what === "reach") return "";
  if (what === "amount")
    return covers(line.volume_ml, (offers ? mine : card)?.volume_ml, offers, units);
  if (EXPOSURES.includes(what)) return exposure(what, open ? card[what] : "none")[1];
  if (what !== "milk_age") return dieting(line, card, open);
  if (open) return says(name, NOT_SAID);
  return ngettext(
    "Pumped in the last %(num)s month",
    "Pumped in the last %(num)s months",
    line.months,
  );
}

/**
 * The lines of a match.
 * @param {any} match
 * @param {any} [mine] her own listing in it
 * @param {import("../units.js").Units} [units]
 * @returns {Line[]}
 */
export const matchLines = (match, mine, units) =>
  match.lines
    .map((line) => [line.verdict, sentence(line, match.card, mine, units)])
    .filter(([, text]) => text);

/**
 * What a card says by itself, to whom nothing is known to fit.
 * @param {any} card another's
 * @param {boolean} [whole] all of it; else two diets and the medicines, which are asked for most
 * @returns {Line[]}
 */
export function cardLines(card, whole) {
  const { kind, diet = {}, age_band, need } = card;
  const offers = kind === "offer";
  const said = Object.keys(diet).map((code) => (offers ? since : lasting)(code, diet[code]));
  if (whole && age_band)
    said.push(says(offers ? _("Her baby") : _("For a baby"), LABELS[age_band]));
  if (whole && need) said.push(onCard(need));
  const asked = !offers ? [] : whole ? EXPOSURES : ["medicine"];
  /** @type {Line[]} */
  const lines = said.map((text) => ["said", text]);
  return [
    ...(whole ? lines : lines.slice(0, 3 - asked.length)),
    ...asked.map((code) => exposure(code, card[code])),
  ];
}

/** The three that a card has room for: what speaks against it first, in their own order. @param {Line[]} lines */
export function weightiest(lines) {
  const weight = (line) => ["no", "unknown", "fits", "said"].indexOf(line[0]);
  const first = [...lines].sort((one, other) => weight(one) - weight(other)).slice(0, 3);
  return lines.filter((line) => first.includes(line));
}
