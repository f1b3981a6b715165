import { html } from "lit-html";
import { freshness } from "../dates.js";
import { howFar } from "../distance.js";
import { amount } from "../units.js";
import { standing } from "./card-strip.js";
import { cardOf, isEmergency, kindAndState, near, underAmount } from "./card-words.js";
import { cardLines, matchLines, weightiest } from "./fit.js";
import { strip } from "./states.js";

/** Lines of fit, each with its mark (card.css) beside the words. @param {import("./fit.js").Line[]} lines */
export const fitList = (lines) =>
  html`<ul class="fit">${lines.map(([verdict, text]) => html`<li class=${verdict}>${text}</li>`)}</ul>`;

/** The two ends of a row. */
export const ends = (first, second) =>
  html`<p class="ends"><b>${first}</b><span>${second}</span></p>`;

/** The three rows of figures that open a card and a listing's own page. */
export function figures(row, person) {
  const card = cardOf(row);
  const { cell, fresh_on, kind, mine, volume_ml } = card;
  const units = person?.units;
  const [fresh, far, place] = mine
    ? []
    : [
        isEmergency(card) ? "" : freshness(fresh_on, kind),
        person?.cell && howFar(person.cell, cell, units),
        near(cell),
      ];
  return html`<div class=${kind}>${ends(kindAndState(card), fresh)}${ends(amount(volume_ml, units), far)}${ends(underAmount(card, units), place)}</div>`;
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
export const card = (row, person, match, mine) => html`<a class="card" href="/listings/${row.id}">
  ${figures(row, person)}
  ${
    row.mine
      ? stands(row)
      : fitList(weightiest(match ? matchLines(match, mine, person?.units) : cardLines(row)))
  }
</a>`;

/** @param {unknown[]} list templates of card() */
export const cards = (list) =>
  html`<ul class="cards">${list.map((each) => html`<li>${each}</li>`)}</ul>`;
