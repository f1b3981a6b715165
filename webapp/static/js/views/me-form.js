import "../elements/measure-field.js";
import "../elements/place-picker.js";
import { perform, replace } from "../phone/index.js";
import { isStuck } from "./card-strip.js";
import { check, clear, tell } from "./composer-checks.js";
import { fill, wire } from "./composer-form.js";
import { changes } from "./edit.js";

let seen;

const flag = (set) => (set ? "y" : []);

/** Fill it once: what she is typing is never taken from under her. */
function begin(form, person) {
  const { place, units, ask_me, alerts_detail } = person;
  form.dataset.units = units;
  fill(form, {
    ...person,
    place: place?.id,
    _place: place?.name,
    ask_me: flag(ask_me),
    alerts_detail: flag(alerts_detail),
  });
  // As the form says it, so that a field it doesn't ask is never sent as emptied.
  seen = wire(form);
  form.addEventListener("input", ({ target }) => clear(target.closest("[data-field]") ?? form));
}

async function save(form, { id, work }) {
  if (tell(form, check(form))) return;
  const { fields, was } = changes(seen, wire(form));
  if (!Object.keys(fields).length) return;
  if (isStuck(work)) {
    const { operation } = work;
    await replace(operation.id, {
      fields: { ...operation.fields, ...fields },
      was: { ...was, ...operation.was },
    });
  } else await perform({ kind: "person.edit", row: id, fields, was });
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
  if (!seen) begin(form, person);
  form.onsubmit = (event) => {
    event.preventDefault();
    save(form, person);
  };
  if (person.work?.outcome === "rejected") tell(form, person.work.errors);
}
