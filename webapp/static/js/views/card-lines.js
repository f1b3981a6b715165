/** What a card says by itself, line by line, in words. Silence is never read as an answer. */
import { day } from "../dates.js";
import { _, EXPOSURES, LABELS, ngettext } from "../words.js";
import { NOT_SAID, onCard, says } from "./card-words.js";

/**
 * @typedef {"fits" | "part" | "unknown" | "no" | "said"} Verdict "said" judges nothing
 * @typedef {[verdict: Verdict, text: string]} Line
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
export const exposure = (code, answer) =>
  answer === "none"
    ? ["said", says(LABELS[code], _("none reported"))]
    : ["unknown", says(LABELS[code], answer ? _("ask her") : NOT_SAID)];

/** What milk has one of, as the card says it. */
function traits({ treatment = [], lipase }) {
  return [
    treatment[0] && says(LABELS["line-treatment"], treatment.map(onCard).join(", ")),
    lipase && says(LABELS["line-lipase"], onCard(lipase)),
  ].filter(Boolean);
}

/**
 * What a card says by itself, to whom nothing is known to fit.
 * @param {any} card another's
 * @param {boolean} [whole] all of it; else two diets and the medicines, which are asked for most
 * @returns {Line[]}
 */
export function cardLines(card, whole) {
  const { kind, diet = {}, must = [], age_band, need } = card;
  const offers = kind === "offer";
  const said = Object.keys(diet).map((code) => (offers ? since : lasting)(code, diet[code]));
  const more = offers
    ? traits(card)
    : must.filter((code) => !(code in diet)).map((code) => LABELS[code]);
  if (whole) said.push(...more);
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
