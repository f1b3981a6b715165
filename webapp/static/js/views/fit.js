/** Why a listing fits, line by line, in words. Silence is never read as an answer. */
import { locale } from "../dates.js";
import { amount, amountOf } from "../units.js";
import { _, EXPOSURES, LABELS, ngettext } from "../words.js";
import { exposure, lasting, since } from "./card-lines.js";
import { NOT_SAID, onCard, says } from "./card-words.js";

/** @typedef {import("./card-lines.js").Line} Line */

/** Any of what is asked for, as a sentence names it. @param {string[]} codes */
const anyOf = (codes) =>
  new Intl.ListFormat(locale, { type: "disjunction" }).format(codes.map(onCard));

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

/** "pumped at least 3 weeks after dairy", of milk that fits; and of milk that doesn't. */
function apart({ what, weeks, since: date }) {
  const food = LABELS[`off-${what}`];
  if (!food) return [lasting(what, weeks), _("pumped earlier")];
  if (!weeks) return [since(what, date), _("pumped before that")];
  return [
    ngettext(
      "pumped at least %(num)s week after %(food)s",
      "pumped at least %(num)s weeks after %(food)s",
      weeks,
      { food },
    ),
    ngettext(
      "pumped within %(num)s week of %(food)s",
      "pumped within %(num)s weeks of %(food)s",
      weeks,
      { food },
    ),
  ];
}

/** What milk that fits one line is. */
function fitting(line, card) {
  const { what, asked, months } = line;
  if (asked) return anyOf(asked);
  if (EXPOSURES.includes(what)) return exposure(what, "none")[1];
  if (what === "keeps") return _("keeps long enough");
  if (what === "milk_age") return lastMonths(months);
  return card.kind === "request" ? lasting(what, line.weeks) : apart(line)[0];
}

const lastMonths = (months) =>
  ngettext("Pumped in the last %(num)s month", "Pumped in the last %(num)s months", months);

/** Nothing of what this version doesn't know, nor of a distance that is no hindrance. */
function sentence(line, card, mine, units) {
  const { what, verdict, asked } = line;
  const name = LABELS[`line-${what}`] ?? LABELS[what];
  const offers = card.kind === "offer";
  const open = verdict === "unknown";
  if (name && verdict === "no") return says(name, _("doesn't fit"));
  if (!name || what === "reach") return "";
  if (what === "amount")
    return covers(line.volume_ml, (offers ? mine : card)?.volume_ml, offers, units);
  if (EXPOSURES.includes(what)) return exposure(what, open ? card[what] : "none")[1];
  if (open && (asked || what === "milk_age" || what === "keeps"))
    return says(name, offers ? NOT_SAID : _("you haven't said"));
  if (asked) return says(name, anyOf(asked));
  return what === "milk_age" ? lastMonths(line.months) : dieting(line, card, open);
}

/** Whether this line alone decides of all the milk: else the rest of it may be what nobody answered. */
const alone = (line, { lines, unknown_ml }) =>
  !unknown_ml &&
  lines.every(
    ({ what, verdict, nice }) =>
      nice || what === "amount" || what === line.what || verdict === "fits",
  );

/**
 * One line of a match in words: where only part of the milk fits, what of it, and of the rest.
 * @returns {Line[]}
 */
function worded(line, match, mine, units) {
  const { card, of_ml } = match;
  const { what, verdict, ml, weeks } = line;
  if (verdict !== "part") return [[verdict, sentence(line, card, mine, units)]];
  if (!ml || !(LABELS[`line-${what}`] ?? LABELS[what])) return [];
  /** @type {Line} */
  const fits = ["part", says(amountOf(ml, of_ml, units), fitting(line, card))];
  const rest = weeks !== undefined && card.kind === "offer" && alone(line, match);
  return rest ? [fits, ["no", says(amountOf(of_ml - ml, of_ml, units), apart(line)[1])]] : [fits];
}

/** How much of the milk fits, where that isn't all of it. @returns {Line[]} */
function portion({ fit, fit_ml, of_ml, card }, units) {
  if (fit !== "part") return [];
  const part = amountOf(fit_ml, of_ml, units);
  return [
    [
      "part",
      card.kind === "offer" ? _("%(part)s fit", { part }) : _("%(part)s of yours fit", { part }),
    ],
  ];
}

/** How long it would last. @param {any} match @returns {Line[]} */
const lasts = ({ days, card }) =>
  days > 0 && card.kind === "offer"
    ? [["said", ngettext("Would last %(num)s day", "Would last %(num)s days", days)]]
    : [];

/**
 * The reasons of a match, but for wishes.
 * @param {any} match
 * @param {any} [mine] her own listing in it
 * @param {import("../units.js").Units} [units]
 * @returns {Line[]}
 */
export const matchLines = (match, mine, units) =>
  match.lines
    .filter(({ nice }) => !nice)
    .flatMap((line) => worded(line, match, mine, units))
    .filter(([, text]) => text);

/** How much fits and how long it lasts, and then the reasons. @returns {Line[]} */
export const fitLines = (match, mine, units) => [
  ...portion(match, units),
  ...lasts(match),
  ...matchLines(match, mine, units),
];

/** What she wished for, and whether it is so. @returns {Line[]} as matchLines() */
export const wishLines = (match, mine, units) =>
  match.lines
    .filter(({ nice }) => nice)
    .flatMap((line) => worded(line, match, mine, units))
    .filter(([, text]) => text);

/** The three that a card has room for: what speaks against it first, in their own order. @param {Line[]} lines */
export function weightiest(lines) {
  const weight = (line) => ["no", "part", "unknown", "fits", "said"].indexOf(line[0]);
  const first = [...lines].sort((one, other) => weight(one) - weight(other)).slice(0, 3);
  return lines.filter((line) => first.includes(line));
}
