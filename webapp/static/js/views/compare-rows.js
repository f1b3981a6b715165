/** Offers side by side: what families ask, and what each offer says of it. Pure. */
import { day, daysSince, months, since } from "../dates.js";
import { howFar } from "../distance.js";
import { amount } from "../units.js";
import { _, EXPOSURES, LABELS, ngettext } from "../words.js";
import { NOT_SAID, onCard } from "./card-words.js";
import { matchLines } from "./fit.js";

/**
 * @typedef {{card: any, match?: any, hers?: any}} Offer a card, her match with it, and her own
 *   listing in that
 * @typedef {{text: string, lines?: import("./fit.js").Line[]}} Cell
 * @typedef {{head: string, cells: Cell[]}} Row
 */

/** So many stand side by side at the most. */
export const MOST = 4;

/** Codes in words; nothing is "not said". @param {string | string[]} [codes] */
const words = (codes) => [codes ?? []].flat().map(onCard).join(", ") || NOT_SAID;

/** Vegan milk is dairy-free and egg-free from the same date. @param {any} card @param {string} code */
const dietOf = ({ diet = {} }, code) =>
  diet[code] ?? (/^(dairy|egg)_/.test(code) ? diet.vegan : undefined);

/** Since when a diet was kept. @param {any} card @param {string} code */
function kept(card, code) {
  const date = dietOf(card, code);
  if (date) return _("since %(day)s", { day: day(date) });
  return date === undefined ? NOT_SAID : LABELS.y;
}

/** "Some" and "I'd rather talk" read the same to others. */
const exposed = (said) => (said === "none" ? _("none reported") : said ? _("ask her") : NOT_SAID);

/** How much of it fits what she asks for, and why not more. @param {any} offer @returns {Cell} */
function fitting({ match, hers }, units) {
  if (!match) return { text: _("Not among your matches") };
  const { fit, fit_ml = 0, of_ml, unknown_ml } = match;
  const whole = amount(of_ml ?? match.card.volume_ml, units);
  const part = amount(fit_ml, units);
  const text =
    fit === "whole" ? _("All of it") : fit_ml ? _("%(part)s of %(whole)s", { part, whole }) : "";
  const open = unknown_ml > 0 && _("%(part)s not known", { part: amount(unknown_ml, units) });
  // How much there is stands above.
  const asked = match.lines.filter(({ what }) => what !== "amount");
  const lines = matchLines({ ...match, lines: asked }, hers, units).filter(
    ([verdict]) => verdict !== "fits",
  );
  return { text: [text, open].filter(Boolean).join(", ") || _("Not known"), lines };
}

/** How long it lasts her baby; what isn't known to fit lasts only if it does. */
function lasting({ match }) {
  if (!match) return _("Not known");
  const { days = 0, fit_ml } = match;
  const text = days ? ngettext("%(num)s day", "%(num)s days", days) : _("Less than a day");
  return fit_ml ? text : _("%(days)s, if it fits", { days: text });
}

/** Diets that one of them names, or that she asks for. @param {Offer[]} offers */
function diets(offers) {
  const named = offers.flatMap(({ card: { diet = {} }, match }) => [
    ...Object.keys(diet),
    ...(match?.lines ?? []).filter((line) => "weeks" in line).map((line) => line.what),
  ]);
  return [...new Set(named)].filter((code) => LABELS[code]);
}

/**
 * All that is compared, a row each; every offer has a cell in every row.
 * @param {Offer[]} offers
 * @param {{units?: import("../units.js").Units, cell?: any}} person who looks
 * @param {any[]} asked her own open requests
 * @returns {Row[]}
 */
export function rows(offers, { units, cell }, asked) {
  const row = (head, say) => ({
    head,
    cells: offers.map((each) => ({ text: say(each.card, each) })),
  });
  const daily = asked.some(({ fields }) => +fields?.daily_ml > 0);
  return [
    row(LABELS.amount, (card) => amount(card.volume_ml, units)),
    ...(asked[0]
      ? [{ head: _("Fits your request"), cells: offers.map((each) => fitting(each, units)) }]
      : []),
    ...(daily ? [row(_("Lasts"), (_card, each) => lasting(each))] : []),
    row(LABELS.reach, (card) => (cell && card.cell ? howFar(cell, card.cell, units) : NOT_SAID)),
    row(_("Pumped"), ({ pumped }) => (pumped ? months(pumped) : NOT_SAID)),
    row(LABELS.state, ({ state }) => words(state)),
    row(LABELS.treatment, ({ treatment }) => words(treatment)),
    row(LABELS.lipase, ({ lipase }) => words(lipase)),
    ...diets(offers).map((code) => row(LABELS[code], (card) => kept(card, code))),
    ...EXPOSURES.map((code) => row(LABELS[code], (card) => exposed(card[code]))),
    row(_("Her baby"), ({ age_band }) => words(age_band)),
    row(_("Still there"), ({ fresh_on }) => since().format(-daysSince(fresh_on), "day")),
  ];
}

/** Only the rows in which not all say the same. @param {Row[]} all @returns {Row[]} */
export const differing = (all) =>
  all.filter(({ cells }) =>
    cells.some((cell) => JSON.stringify(cell) !== JSON.stringify(cells[0])),
  );
