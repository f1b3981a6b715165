/** What stands on the sheet of an offer: what its owner reports, and what she doesn't say. Pure. */
import { batchesIn } from "../batches.js";
import { months } from "../dates.js";
import { amount } from "../units.js";
import { EXPOSURES, LABELS } from "../words.js";
import { codeOf, days, oldestFirst } from "./bags.js";
import { inShort } from "./calendar-words.js";
import { since } from "./card-lines.js";
import { isBelief, NOT_SAID, onCard, says } from "./card-words.js";
import { daysOff, meets } from "./milk-marks.js";

/**
 * @typedef {(code: string) => string} Word what the shell calls it
 * @typedef {{id: string, fields: Record<string, string>}} Entry of her calendar
 * @typedef {string[]} Line a head and a text
 */

const DAY_MS = 86_400_000;

// What each batch has of its own: two may say the same, and yet it isn't so of all of it.
const OWN = 3;

const COLUMNS = [
  ...["pumped", "volume_ml", "portions", "state", "storage", "frozen_within", "container"],
  ...["stage", "treatment", "pooled", "thawed", "power_loss", "labelled"],
];

/** The day after one. @param {string} iso */
const after = (iso) => new Date(Date.parse(iso) + DAY_MS).toISOString().slice(0, 10);

/**
 * Since when a diet was kept, counted anew from the last day off it, as for everybody who sees the
 * card (milk/diets.py). Who had dairy or egg was not vegan either.
 */
function keptSince(code, said, off) {
  const also = code === "vegan" ? ["dairy_free", "egg_free"] : [];
  const ends = off.flatMap((days) => [code, ...also].map((each) => days[each])).filter(Boolean);
  return [said ?? "", ...ends.map(after)].sort().at(-1);
}

/**
 * What one's own offer says, her calendar heeded: an answer that it contradicts is none.
 * @param {any} row
 * @param {Entry[]} calendar
 * @param {boolean} noted whether what she wrote for nobody else stands on it
 * @param {string} today ISO date
 */
export function ownMilk({ fields, volume_ml }, calendar, noted, today) {
  const entries = calendar.map((each) => each.fields);
  const batches = oldestFirst(batchesIn(fields));
  const off = batches.map((each) => daysOff(each, entries, today));
  const kept = (fields.diet ?? []).filter((code) => fields.show_belief || !isBelief(code));
  const diet = kept.map((code) => [code, keptSince(code, fields[`since-${code}`], off)]);
  const answers = EXPOSURES.map((code) => {
    const met = entries.some(
      (each) => each.what === code && batches.some((batch) => meets(each, batch, today)),
    );
    const said = /none|dated/.test(fields[code])
      ? met
        ? noted
          ? "dated"
          : "ask"
        : "none"
      : fields[code];
    return [code, said, noted ? fields[`${code}_detail`] : ""];
  });
  const { age_band, lipase, note } = fields;
  const marked = batches.map((batch) => ({
    ...batch,
    marks: entries.filter((each) => meets(each, batch, today)).map(inShort),
  }));
  return { age_band, answers, batches: noted ? marked : batches, diet, lipase, note, volume_ml };
}

/**
 * What another's offer says to her: its card, and what was opened to her in a conversation.
 * @param {any} card
 * @param {any} [opened]
 */
export function theirMilk(card, { batches = [], details = [], note, lipase } = {}) {
  const answers = EXPOSURES.map((code) => {
    const more = details.find((each) => each.what === code);
    const said = card[code] === "none" ? "none" : (more?.answer ?? card[code]);
    return [code, said, more?.text];
  });
  const diet = Object.entries(card.diet ?? {});
  return {
    ...card,
    answers,
    batches: oldestFirst(batches),
    diet,
    note,
    lipase: lipase ?? card.lipase,
  };
}

/**
 * All but the batches.
 * @param {any} milk of ownMilk() or theirMilk()
 * @param {Word} word
 * @param {import("../units.js").Units} [units]
 * @returns {{facts: Line[], answers: Line[]}}
 */
export function facts({ age_band, answers, diet, lipase, pumped, state, ...milk }, word, units) {
  const codes = (said) => [said ?? []].flat().map(onCard).join(", ") || NOT_SAID;
  const diets = diet.map(([code, date]) =>
    date ? since(code, date) : says(LABELS[code], NOT_SAID),
  );
  const treatment = milk.treatment?.[0] && [[word("treatment"), codes(milk.treatment)]];
  return {
    facts: [
      [word("volume_ml"), amount(milk.volume_ml, units)],
      ...(state ? [[word("state"), codes(state)]] : []),
      ...(pumped ? [[word("pumped"), months(pumped)]] : []),
      ...(treatment || []),
      [word("lipase"), codes(lipase)],
      [word("baby"), codes(age_band)],
      [word("diet"), diets.join("; ") || NOT_SAID],
    ],
    answers: answers.map(([code, said, text]) => {
      const answer = said ? word(`report-${said}`) : NOT_SAID;
      return [LABELS[code], text ? says(answer, text) : answer];
    }),
  };
}

/** What a batch says under one head; nothing where it says nothing. */
function saying(batch, name, word, units) {
  const { look, pumped_from, pumped_to, marks } = batch;
  if (name === "pumped") return look ? LABELS.look : pumped_from && days(pumped_from, pumped_to);
  if (name === "marks") return marks.join("; ") || word("nothing");
  const value = batch[name] ?? "";
  if (name === "volume_ml") return value && amount(+value, units);
  return name === "portions" ? value : (LABELS[value] ?? value);
}

/**
 * Bag by bag. What is so of all of it is said once, and so is what nobody said, so that the table
 * has only what differs and fits a page.
 * @param {Record<string, any>[]} batches
 * @param {Word} word
 * @param {import("../units.js").Units} [units]
 * @returns {{all: Line[], unsaid: string[], heads: string[], rows: string[][]}}
 */
export function bagByBag(batches, word, units) {
  const names = [...COLUMNS, ...(batches[0]?.marks ? ["marks"] : [])];
  const columns = names.map((name) => ({
    head: word(name),
    values: batches.map((each) => saying(each, name, word, units)),
  }));
  const one = batches.length === 1;
  const isAlike = ({ values }, at) =>
    values.every((each) => each === values[0]) && (one || at >= OWN || !values[0]);
  const alike = columns.filter(isAlike);
  const table = columns.filter((each, at) => !isAlike(each, at));
  return {
    all: alike.filter(({ values }) => values[0]).map(({ head, values }) => [head, values[0]]),
    unsaid: alike.filter(({ values }) => !values[0]).map(({ head }) => head),
    heads: [word("code"), ...table.map(({ head }) => head)],
    rows: batches.map(({ id }, at) => [
      codeOf(id),
      ...table.map(({ values }) => values[at] || NOT_SAID),
    ]),
  };
}

/**
 * Her answers to the questionnaire, where she granted them: the summary, or each.
 * @param {any} screening
 * @param {Word} word
 * @returns {Line[]}
 */
export const screened = ({ level, answers = [] }, word) =>
  answers.map(({ what, says: said, detail, evidence, on, seen_on, year }) => [
    word(what),
    [
      word(level === "all" ? `${what}-${said}` : `report-${said}`),
      detail,
      year,
      on && days(on),
      evidence && word(evidence),
      seen_on && days(seen_on),
    ]
      .filter(Boolean)
      .join(", "),
  ]);
