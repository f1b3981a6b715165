/** What keeps a form from being sent, said in words beside its fields, before and after sending. */
import { html, render } from "lit-html";
import { _ } from "../words.js";

/** @typedef {Record<string, string[]>} Errors by the wire's names */

function dayProblem(input) {
  if (!input || input.validity.valid) return "";
  const { validity } = input;
  if (validity.rangeOverflow) return _("That day is still to come.");
  if (validity.rangeUnderflow) return _("That day has passed.");
  return _("There is no such day.");
}

function said(field) {
  const controls = [...field.querySelectorAll("[name]:not([name^='_'])")];
  return controls.some(({ type, checked, value }) =>
    ["radio", "checkbox"].includes(type) ? checked : value.trim(),
  );
}

function problem(field) {
  const own = field.problem?.() || dayProblem(field.querySelector("input[type=date]"));
  if (own || !("required" in field.dataset) || said(field)) return own;
  return _("This one needs an answer.");
}

/** @param {Element} part @returns {Errors} */
export function check(part) {
  const fields = [...part.querySelectorAll("[data-field]")];
  const asked = fields.filter((field) => !field.closest("[data-when][hidden]"));
  const found = asked.map((field) => [field.dataset.field, problem(field)]);
  return Object.fromEntries(found.filter(([, words]) => words).map(([name, words]) => [name, [words]]));
}

const placeOf = (form, name) => form.querySelector(`[id="${name}-error"]`);

function mark(field, wrong) {
  for (const each of field?.querySelectorAll("[aria-describedby]") ?? []) {
    if (wrong) each.setAttribute("aria-invalid", "true");
    else each.removeAttribute("aria-invalid");
  }
}

/** Take the words away from one field, or from all. */
export function clear(part) {
  for (const each of part.querySelectorAll(".error:not([hidden])")) {
    each.hidden = true;
    mark(each.closest("[data-field]"), false);
  }
}

/**
 * Say what is wrong at each field; what has no field is said at the end of the form.
 * @param {HTMLFormElement} form
 * @param {Errors} errors
 * @returns {HTMLElement | undefined} the first place that something is said at
 */
export function tell(form, errors) {
  clear(form);
  const homeless = [];
  const places = Object.entries(errors).flatMap(([name, words]) => {
    const place = placeOf(form, name);
    if (!place) homeless.push(...words);
    if (!place) return [];
    place.textContent = words.join(" ");
    place.hidden = false;
    mark(place.closest("[data-field]"), true);
    return [place];
  });
  for (const each of places) each.closest("details")?.setAttribute("open", "");
  trouble(form, homeless.join(" "));
  const inOrder = (one, other) => (one.compareDocumentPosition(other) & 4 ? -1 : 1);
  return places.sort(inOrder)[0] ?? (homeless.length ? form.querySelector("[data-trouble]") : undefined);
}

/** Say something about the whole form. @param {HTMLFormElement} form @param {unknown} words */
export function trouble(form, words) {
  const strip = html`<p class="strip stop" role="alert">${words}</p>`;
  render(words ? strip : "", form.querySelector("[data-trouble]"));
}

/** Put her where the words are. @param {HTMLElement} place */
export function bringTo(place) {
  const field = place.closest("[data-field]");
  const control = field?.querySelector("input:not([type=hidden]), textarea, button");
  control?.focus({ preventScroll: true });
  (field ?? place).scrollIntoView({ block: "center" });
}
