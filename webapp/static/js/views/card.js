import { freshness } from "../dates.js";
import { howFar } from "../distance.js";
import { html } from "../template.js";
import { amount } from "../units.js";
import { cardLines } from "./card-lines.js";
import { standing } from "./card-strip.js";
import { cardOf, isEmergency, kindAndState, near, underAmount } from "./card-words.js";
import { fitLines, weightiest } from "./fit.js";
import { strip } from "./states.js";

/** @param {string} kind @param {unknown[]} parts */
export const list = (kind, parts) => html`<ul class=${kind}>${parts}</ul>`;

/** Lines of fit, each with its mark (card.css) beside the words. @param {import("./fit.js").Line[]} lines */
export const fitList = (lines) =>
  list(
    "fit",
    lines.map(([verdict, text]) => html`<li class=${verdict}>${text}</li>`),
  );

/** The two ends of a row. */
export const ends = (first, second) =>
  html`<p class="ends"><b>${first}</b><span>${second}</span></p>`;

/** The three rows of figures that open a card and a listing's own page. */
export function figures(row, person) {
  const card = cardOf(row);
  const { cell, kind, mine } = card;
  const units = person?.units;
  return html`<div class=${kind}>${[
    ends(kindAndState(card), !mine && !isEmergency(card) && freshness(card.fresh_on, kind)),
    ends(amount(card.volume_ml, units), !mine && person?.cell && howFar(person.cell, cell, units)),
    ends(underAmount(card, units), !mine && near(cell)),
  ]}</div>`;
}

/** What somebody wrote or chose, by its name. @param {unknown[][]} lines */
export const written = (lines) =>
  html`<dl class="written">${lines.map(([name, text]) => text && html`<dt>${name}</dt><dd dir="auto">${text}</dd>`)}</dl>`;

/** A card that leads to a listing. @param {string} id @param {unknown[]} parts */
export const linked = (id, ...parts) =>
  html`<a class="card" href=${`/listings/${id}`}>${parts}</a>`;

/** How one's own stands. @param {any} row */
export const stands = (row) => strip(...standing(row));

/**
 * A listing as a card: one link, whatever is on it.
 * @param {any} row another's card or one's own listing
 * @param {any} [person] who looks
 * @param {any} [match] the match it comes with
 * @param {any} [mine] her own listing in it
 */
export const card = (row, person, match, mine) =>
  linked(
    row.id,
    figures(row, person),
    row.mine
      ? stands(row)
      : fitList(weightiest(match ? fitLines(match, mine, person?.units) : cardLines(row))),
  );

/** @param {unknown[]} all templates of card() */
export const cards = (all) =>
  list(
    "cards",
    all.map((each) => html`<li>${each}</li>`),
  );
