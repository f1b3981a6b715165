/** How much of one's own offer was given, and of which milk. */
import { batchesIn } from "../batches.js";
import { toMl } from "../numbers.js";
import { html, render } from "../template.js";
import { amount } from "../units.js";
import { _ } from "../words.js";
import { act } from "./card-verbs.js";
import { milkInShort } from "./listing-fields.js";
import { part, phrase } from "./reveal.js";

/** What can't be of an amount that was given, in words. */
function wrong(ml, left, units) {
  if (!(ml > 0))
    return _("Write it as a plain number, such as %(one)s or %(other)s.", { one: 20, other: 400 });
  return ml > left && amount(ml, units) !== amount(left, units)
    ? _("That is more than is left: %(amount)s.", { amount: amount(left, units) })
    : "";
}

/**
 * Ask how much, and where there are several batches of which; who doesn't say gives the oldest.
 * @param {any} row her offer
 * @param {import("../units.js").Units} [units]
 */
export function gave(row, units) {
  const dialog = part("gave");
  const form = dialog.querySelector("form");
  const milk = batchesIn(row.fields ?? {});
  form.dataset.units = units;
  phrase(form, { amount: amount(row.volume_ml, units) });
  const chip = (batch) =>
    html`<label class="chip"><input type="radio" name="batch" value=${batch.id}><span>${milkInShort(batch, units)}</span></label>`;
  form.querySelector("fieldset").hidden = milk.length < 2;
  render(milk.map(chip), form.querySelector("[data-milk]"));
  const said = () => {
    const of = milk.find(({ id }) => id === form.elements.batch?.value);
    const ml = toMl(form.given.value, units);
    const left = Math.min(row.volume_ml, +(of?.volume_ml ?? row.volume_ml));
    return { ml: Math.min(ml, left), of, words: wrong(ml, left, units) };
  };
  form.oninput = () => {
    part("given-error").textContent = form.given.value && said().words;
  };
  form.onsubmit = (event) => {
    if (!event.submitter.value) return form.reset();
    const { ml, of, words } = said();
    part("given-error").textContent = words;
    if (words) return event.preventDefault();
    act(row, "gave", { volume_ml: String(ml), ...(of && { batch: `${of.id}` }) });
    form.reset();
  };
  dialog.showModal();
}
