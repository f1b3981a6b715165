/** Why a listing fits, line by line, in words. Silence is never read as an answer. */
import { day } from "../dates.js";
import { amount } from "../units.js";
import { _, ngettext } from "../words.js";
import { AGE, DIET, EXPOSURE } from "./card-words.js";

/**
 * @typedef {object} Line
 * @property {"fits" | "unknown" | "no" | "said"} verdict "said" judges nothing
 * @property {string} text
 */

const WEIGHT = ["no", "unknown", "fits", "said"];
const OTHER = { milk_age: _("Age of the milk"), reach: _("Distance"), amount: _("Amount") };

const notSaid = (name) => _("%(name)s: not said", { name });

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
 * What an offer says of one exposure: none reported, ask her, or not said.
 * @returns {Line}
 */
function exposure(code, answer) {
  const name = EXPOSURE[code];
  if (answer === "none") return { verdict: "said", text: _("%(name)s: none reported", { name }) };
  const text = answer ? _("%(name)s: ask her", { name }) : notSaid(name);
  return { verdict: "unknown", text };
}

function covers(volume_ml, card, wanted, units) {
  if (volume_ml < wanted) {
    const [part, whole] = [volume_ml, wanted].map((ml) => amount(ml, units));
    return _("%(part)s of the %(whole)s needed", { part, whole });
  }
  return card.kind === "offer" ? _("All that you ask for") : _("You have all they need");
}

/** A diet, to who asks for it and to who offers: what is open is the other's to say, or hers. */
function dieting({ what, verdict, since: date, weeks }, { kind, diet = {} }) {
  const open = verdict === "unknown";
  if (kind === "request") {
    const asked = lasting(what, weeks);
    return open ? _("%(asked)s: you haven't said", { asked }) : asked;
  }
  if (!open) return since(what, date);
  if (date) return _("%(said)s. When it was pumped: not said", { said: since(what, date) });
  return diet[what] === ""
    ? _("%(name)s, since when: not said", { name: DIET[what] })
    : notSaid(DIET[what]);
}

function sentence(line, card, wanted, units) {
  const { what, verdict, volume_ml, months } = line;
  const name = DIET[what] ?? EXPOSURE[what] ?? OTHER[what];
  if (!name) return "";
  if (verdict === "no") return _("%(name)s: doesn't fit", { name });
  if (DIET[what]) return dieting(line, card);
  if (EXPOSURE[what]) return exposure(what, verdict === "fits" ? "none" : card[what]).text;
  if (verdict === "unknown") return notSaid(name);
  if (what === "amount") return covers(volume_ml, card, wanted, units);
  return ngettext("Pumped in the last %(num)s month", "Pumped in the last %(num)s months", months);
}

/**
 * The lines of a match.
 * @param {any} match
 * @param {any} [mine] her own listing in it
 * @param {import("../units.js").Units} [units]
 * @returns {Line[]}
 */
export function matchLines({ lines, card }, mine, units) {
  const wanted = card.kind === "offer" ? mine?.volume_ml : card.volume_ml;
  return lines
    .filter(({ what, verdict }) => what !== "reach" || verdict === "no")
    .map((line) => ({ verdict: line.verdict, text: sentence(line, card, wanted, units) }))
    .filter(({ text }) => text);
}

/**
 * What a card says by itself, to whom nothing is known to fit.
 * @param {any} card another's
 * @param {boolean} [whole] all of it; else two diets and the medicines, which are asked for most
 * @returns {Line[]}
 */
export function cardLines({ kind, diet = {}, age_band, ...card }, whole = false) {
  const offers = kind === "offer";
  const diets = Object.entries(diet).map(([code, value]) => {
    return offers ? since(code, String(value)) : lasting(code, Number(value));
  });
  const age = whole && AGE[age_band];
  const baby = age && (offers ? _("Her baby: %(age)s", { age }) : _("For a baby: %(age)s", { age }));
  const said = baby ? [...diets, baby] : diets;
  const asked = !offers ? [] : whole ? Object.keys(EXPOSURE) : ["medicine"];
  /** @type {Line[]} */
  const lines = said.map((text) => ({ verdict: "said", text }));
  return [
    ...(whole ? lines : lines.slice(0, 3 - asked.length)),
    ...asked.map((code) => exposure(code, card[code])),
  ];
}

/**
 * The few that a card has room for: what speaks against it first, in their own order.
 * @param {Line[]} lines
 * @param {number} [most]
 */
export function weightiest(lines, most = 3) {
  const weight = ({ verdict }) => WEIGHT.indexOf(verdict);
  const kept = [...lines].sort((one, other) => weight(one) - weight(other)).slice(0, most);
  return lines.filter((line) => kept.includes(line));
}
