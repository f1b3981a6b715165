import { html, nothing } from "lit-html";
import { freshness } from "../dates.js";
import { howFar } from "../distance.js";
import { amount } from "../units.js";
import { _ } from "../words.js";
import { standing } from "./card-strip.js";
import { cardOf, isEmergency, kindAndState, underAmount } from "./card-words.js";
import { cardLines, matchLines, weightiest } from "./fit.js";

const SHAPES = {
  fits: "M5 13l4.5 4.5L19 7",
  no: "M6 12h12",
  unknown: "M12 4a8 8 0 1 1 0 16a8 8 0 1 1 0-16",
  said: "M12 12v.01",
};

/** Lines of fit: a mark to see, the words beside it. @param {import("./fit.js").Line[]} lines */
export const fitList = (lines) =>
  lines.length
    ? html`<ul class="fit">
        ${lines.map(
          ({ verdict, text }) => html`<li>
            <svg class=${verdict} viewBox="0 0 24 24" aria-hidden="true"><path d=${SHAPES[verdict]} /></svg>
            <span>${text}</span>
          </li>`,
        )}
      </ul>`
    : nothing;

/** The three rows of figures that open a card and a listing's own page. */
export function figures(row, person) {
  const card = cardOf(row);
  const { units } = person ?? {};
  const { cell, fresh_on, kind, mine, volume_ml } = card;
  const far = cell && person?.cell && howFar(person.cell, cell, units);
  const fresh = fresh_on && !isEmergency(card) && freshness(fresh_on, kind);
  const rows = [
    [html`<b class=${kind}>${kindAndState(card)}</b>`, fresh],
    [
      html`<b class="amount">${amount(volume_ml, units)}</b>`,
      far && html`<b class="far">${far}</b>`,
    ],
    [
      html`<span>${underAmount(card, units)}</span>`,
      cell?.near && _("near %(place)s", { place: cell.near }),
    ],
  ];
  return html`<div>
    ${rows.map(([first, second]) => html`<p class="ends">${first}<span>${mine ? "" : second || ""}</span></p>`)}
  </div>`;
}

/** How one's own stands. @param {any} row */
export function strip(row) {
  const [tone, text] = standing(row);
  return html`<p class="strip ${tone}">${text}</p>`;
}

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
      ? strip(row)
      : fitList(weightiest(match ? matchLines(match, mine, person?.units) : cardLines(row)))
  }
</a>`;

/** @param {unknown[]} list templates of card() */
export const cards = (list) =>
  html`<ul class="cards">${list.map((each) => html`<li>${each}</li>`)}</ul>`;
