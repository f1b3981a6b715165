import "../elements/measure-field.js";
import "../elements/place-picker.js";
import { perform, replace } from "../phone/index.js";
import { check, clear, tell } from "./composer-checks.js";
import { fill, wire } from "./composer-form.js";
import { changes } from "./edit.js";
import { fieldsOf } from "./me-fields.js";

let seen;

/** Fill it once: what she is typing is never taken from under her. */
function begin(form, person) {
  form.dataset.units = person.units;
  fill(form, { ask_me: [], alerts_detail: [], _place: person.place?.name ?? "", ...fieldsOf(person) });
  // As the form says it, so that a field it doesn't ask is never sent as emptied.
  seen = wire(form);
}

async function save(form, { id, work }) {
  const errors = check(form);
  if (tell(form, errors)) return;
  const { fields, was } = changes(seen, wire(form));
  if (!Object.keys(fields).length) return;
  const refused = work?.state === "attention" && work.operation;
  await (refused
    ? replace(refused.id, {
        fields: { ...refused.fields, ...fields },
        was: { ...was, ...refused.was },
      })
    : perform({ kind: "person.edit", row: id, fields, was }));
  seen = wire(form);
}

/**
 * Keep the form of her preferences true to her row; only what she changed is sent.
 * @param {HTMLFormElement} form
 * @param {any} person
 */
export function keep(form, person) {
  form.hidden = !person;
  if (!person) return;
  if (!seen) {
    begin(form, person);
    form.addEventListener("input", ({ target }) => clear(/** @type {Element} */ (target).closest("[data-field]") ?? form));
  }
  form.onsubmit = (event) => {
    event.preventDefault();
    save(form, person);
  };
  if (person.work?.outcome === "rejected") tell(form, person.work.errors);
}
