import { freshness } from "../dates.js";
import { howFar } from "../distance.js";
import { html } from "../template.js";
import { amount } from "../units.js";
import { standing } from "./card-strip.js";
import { cardOf, isEmergency, kindAndState, near, underAmount } from "./card-words.js";
import { cardLines, matchLines, weightiest } from "./fit.js";
import { strip } from "./states.js";

const list = (kind, parts) => html`<ul class=${kind}>${parts}</ul>`;

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
  const { cell, fresh_on, kind, mine, volume_ml } = card;
  const units = person?.units;
  return html`<div class=${kind}>${[
    ends(kindAndState(card), !mine && !isEmergency(card) && freshness(fresh_on, kind)),
    ends(amount(volume_ml, units), !mine && person?.cell && howFar(person.cell, cell, units)),
    ends(underAmount(card, units), !mine && near(cell)),
  ]}</div>`;
}

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
  html`<a class="card" href="/listings/${row.id}">${[
    figures(row, person),
    row.mine
      ? stands(row)
      : fitList(weightiest(match ? matchLines(match, mine, person?.units) : cardLines(row))),
  ]}</a>`;

/** @param {unknown[]} all templates of card() */
export const cards = (all) =>
  list(
    "cards",
    all.map((each) => html`<li>${each}</li>`),
  );
