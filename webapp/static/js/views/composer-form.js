/** A composer's form read and filled. Names with a leading _ stay on the phone. */
import { day, locale } from "../dates.js";

/** @typedef {Record<string, string | string[]>} Values */

const LIST = new Intl.ListFormat(locale, { type: "unit" });

/** All she typed and chose: for the draft. @param {HTMLFormElement} form */
export function typed(form) {
  const values = {};
  for (const [name, value] of new FormData(form)) {
    values[name] ??= [];
    values[name].push(String(value).trim());
  }
  return values;
}

/** What goes on the wire: what is asked and answered, by the form's own names. @returns {Values} */
export function wire(form) {
  const fields = {};
  for (const [name, said] of Object.entries(typed(form))) {
    if (name[0] === "_" || !said[0]) continue;
    const field = form.elements[name];
    const list =
      field.dataset?.many === "" ? said[0].split(" ") : field[0]?.type === "checkbox" && said;
    fields[name] = list ? list.sort() : said[0];
  }
  return fields;
}

/**
 * Make the form say these values and nothing else.
 * @param {HTMLFormElement} form
 * @param {Record<string, string | string[] | boolean>} values true for what has one box alone
 */
export function fill(form, values) {
  for (const each of /** @type {any} */ (form.elements)) {
    const said = [values[each.name] ?? ""].flat();
    if (/radio|checkbox/.test(each.type))
      each.checked = said[0] === true || said.includes(each.value);
    else if (each.name) each.value = (each.dataset.many === "" ? said.join(" ") : said[0]) ?? "";
  }
  form.dispatchEvent(new Event("filled"));
}

/** What a field says, as the page shows it. */
function said(form, name) {
  const field = form.querySelector(`[data-field="${name}"]`);
  const date = field.querySelector("[type=date]:enabled")?.value;
  const chosen = field.querySelectorAll(":checked:enabled + span");
  return (
    field.words ?? (date ? day(date) : LIST.format([...chosen].map((each) => each.textContent)))
  );
}

/**
 * Show what an answer asks for, where a selector (data-when) finds it in the form; what is out of
 * sight is disabled, so not sent. Then repeat what fields say where the form tells of it.
 * @param {HTMLFormElement} form
 */
export function retell(form) {
  for (const part of /** @type {NodeListOf<any>} */ (form.querySelectorAll("[data-when]"))) {
    part.hidden = part.disabled = !form.querySelector(part.dataset.when);
  }
  for (const each of /** @type {NodeListOf<any>} */ (form.querySelectorAll("[data-tell]"))) {
    each.textContent = said(form, each.dataset.tell);
  }
  for (const each of /** @type {NodeListOf<any>} */ (form.querySelectorAll(".count"))) {
    const { value, maxLength } = each.previousElementSibling;
    each.textContent = value && `${value.length} / ${maxLength}`;
  }
}
