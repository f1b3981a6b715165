import "../elements/measure-field.js";
import "../elements/place-picker.js";
import { perform, replace } from "../phone/index.js";
import { isStuck } from "./card-strip.js";
import { changes } from "./changes.js";
import { check, clear, tell } from "./composer-checks.js";
import { fill, retell, typed, wire } from "./composer-form.js";

let seen;

/** Fill it once: what she is typing is never taken from under her. */
function begin(form, person) {
  const { place, units } = person;
  form.dataset.units = units;
  fill(form, {
    // Of what a row from before knows nothing, the form says what holds at the server.
    ...typed(form),
    ...person,
    place: place?.id,
    _place: place?.name,
    // What she reads now, whatever another phone of hers speaks.
    language: document.documentElement.lang,
  });
  retell(form);
  // As the form says it, so that a field it doesn't ask is never sent as emptied.
  seen = wire(form);
  form.addEventListener("input", ({ target }) => {
    clear(target.closest("[data-field]") ?? form);
    retell(form);
  });
}

async function save(form, { id, work }) {
  if (tell(form, check(form))) return;
  const { fields, was } = changes(seen, wire(form));
  if (!Object.keys(fields).length) return;
  if (isStuck(work) && work.operation.kind !== "person.take_back") {
    const { operation: old } = work;
    const all = { fields: { ...old.fields, ...fields }, was: { ...was, ...old.was } };
    await replace(old.id, all);
  } else await perform({ kind: "person.edit", row: id, fields, was });
  seen = wire(form);
}

/**
 * Keep the form of her preferences true to her row; only what she changed is sent.
 * @param {HTMLFormElement} form
 * @param {any} person
 */
export function keep(form, person) {
  if (!person) return;
  if (!seen) begin(form, person);
  form.onsubmit = (event) => {
    event.preventDefault();
    save(form, person);
  };
  if (person.work?.outcome === "rejected") tell(form, person.work.errors);
}
