/** What a request asks of the milk, in its form. */
import { locale } from "../dates.js";
import { _, LABELS } from "../words.js";
import { lasting } from "./card-lines.js";
import { wire } from "./composer-form.js";
import { contradictions, toForm, toWire } from "./wants.js";

/** @returns {import("./wants.js").Wish} */
const wishOf = ({ value: name, dataset: { of, codes } }) => ({ name, of, codes: codes.split(" ") });

/** @param {HTMLFormElement} form @param {string} [how] */
const wishes = (form, how = "") =>
  [.../** @type {NodeListOf<any>} */ (form.querySelectorAll(`[name=_wish]${how}`))].map(wishOf);

/** What goes on the wire. @param {HTMLFormElement} form */
export const answers = (form) => toWire(wire(form), wishes(form, ":checked:enabled"));

/** What the form says of her own listing's fields. @param {HTMLFormElement} form */
export const asked = (form, fields) => toForm(fields, wishes(form));

/** Say what contradicts itself beside its place, and repeat all in the last step. */
export function tellWants(form) {
  const fields = answers(form);
  const against = contradictions(wire(form));
  for (const place of form.querySelectorAll("[name^=_against-]")) {
    const fold = place.closest("details");
    const here = against.filter((code) => fold.querySelector(`[name=must][value="${code}"]`));
    const what = here.map((code) => LABELS[code]).join(", ");
    place.setCustomValidity(
      what && _("You ask for this and want to be without it: %(what)s.", { what }),
    );
  }
  const list = new Intl.ListFormat(locale, { type: "unit" });
  for (const each of form.querySelectorAll("[data-wants]")) {
    const codes = [fields[each.dataset.wants] ?? []].flat();
    each.textContent = list.format(
      codes.map((code) => lasting(code, `${fields[`weeks-${code}`] ?? 0}`)),
    );
  }
}
