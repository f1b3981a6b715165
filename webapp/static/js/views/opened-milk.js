/** The milk of an offer, bag by bag, as its owner has opened it in a conversation. */
import { html, render } from "../template.js";
import { _, LABELS } from "../words.js";
import { list } from "./card.js";
import { said } from "./opened-words.js";
import { line } from "./states.js";

/**
 * @param {Element} place
 * @param {{batches?: any[], lipase?: string}} opened
 * @param {import("../units.js").Units} [units]
 */
export function show(place, { batches = [], lipase }, units) {
  const row = (batch) => {
    const [first, ...rest] = said(batch, units);
    return html`<li><b>${first}</b>${rest.map((text) => html` <span>${text}</span>`)}</li>`;
  };
  render(
    html`<h3>${_("Her milk, bag by bag")}</h3>${list("opened", batches.map(row))}${LABELS[lipase] && line("", LABELS[lipase])}`,
    place,
  );
}
