/** Milk of several times in an offer's form: each a fold of its own, numbered without gaps. */
import { batchesIn, without } from "../batches.js";
import { tellForm } from "../elements/follow.js";
import { uuid7 } from "../phone/index.js";
import { html, render } from "../template.js";
import { amount } from "../units.js";
import { _ } from "../words.js";
import { fill, typed } from "./composer-form.js";
import { phrase } from "./reveal.js";
import { line } from "./states.js";
import { ask } from "./states-question.js";

const NUMBER = /batches-\d+/g;

/** Number all that an element's attributes name. @param {HTMLElement} part */
function renumber(part, number) {
  for (const each of [part, ...part.querySelectorAll("*")]) {
    for (const attribute of each.attributes) {
      const { value } = attribute;
      if (value.includes("batches-")) attribute.value = value.replace(NUMBER, `batches-${number}`);
    }
  }
  phrase(part, { number: number + 1 });
}

/** What one batch says, as the last step repeats it. @param {HTMLElement} part */
function sentence(part) {
  const told = /** @type {HTMLElement[]} */ ([...part.querySelectorAll("[data-tell]")]);
  const once = told.filter(
    ({ dataset: { tell } }, at) => told.findIndex((each) => each.dataset.tell === tell) === at,
  );
  return once
    .filter((each) => each.textContent && !each.closest("[data-when][hidden]"))
    .map(({ dataset: { name }, textContent }) =>
      name && !/pumped/.test(name) ? `${name}: ${textContent}` : textContent,
    )
    .join(", ");
}

/**
 * Bring the milk of a form to life.
 * @param {HTMLFormElement} form
 * @returns {{hold: (values: Record<string, any>) => void, tell: () => void}} `hold` makes room for
 *   as many batches as values speak of and fills the form with them; `tell` says what is wrong with
 *   all together, and repeats them
 */
export function batches(form) {
  const list = /** @type {HTMLElement} */ (form.querySelector(".batches"));
  if (!list) return { hold: (values) => fill(form, values), tell: () => {} };
  const template = form.querySelector("template");
  const add = /** @type {HTMLElement} */ (form.querySelector("[data-add]"));
  const parts = () => /** @type {HTMLDetailsElement[]} */ ([...list.children]);
  const field = (name) => /** @type {any} */ (form.elements.namedItem(name));
  const most = +add.dataset.most;

  function room(count) {
    while (list.children.length > count) list.lastElementChild.remove();
    while (list.children.length < count) {
      const part = /** @type {HTMLElement} */ (template.content.firstElementChild.cloneNode(true));
      // Before it comes into the form: of radios of one name only one stays checked.
      renumber(part, list.children.length);
      list.append(part);
    }
    for (const [number, part] of parts().entries()) renumber(part, number);
  }

  function hold(values) {
    const many = Math.max(1, Math.min(batchesIn(values).length, most));
    room(many);
    const said = (name, otherwise) => [name, `${values[name] ?? ""}` || otherwise];
    const own = parts().map((_part, number) => [
      said(`batches-${number}-id`, uuid7()),
      said(`_batches-${number}-by`, "month"),
    ]);
    for (const part of parts()) part.open = many === 1;
    fill(form, { ...values, ...Object.fromEntries(own.flat()) });
  }

  function more() {
    const number = list.children.length;
    const full = number >= most;
    field("_batches").setCustomValidity("");
    form.querySelector("[id=batches-error]").textContent = full
      ? _(
          "An offer holds milk from %(most)s times at most. Put some together, or make a second offer.",
          { most },
        )
      : "";
    if (full) return;
    for (const part of parts()) part.open = false;
    room(number + 1);
    field(`batches-${number}-id`).value = uuid7();
    form.dispatchEvent(new Event("filled"));
    tellForm(form);
    const summary = list.lastElementChild.querySelector("summary");
    summary.focus({ preventScroll: true });
    summary.scrollIntoView({ block: "start" });
  }

  function takeOut(number) {
    hold(without(typed(form), number));
    tellForm(form);
    add.focus();
  }

  add.onclick = more;
  list.addEventListener("click", ({ target }) => {
    const button = /** @type {HTMLElement} */ (target).closest("[data-remove]");
    if (!button) return;
    const part = button.closest(".batch");
    ask(
      _("Take this milk out?"),
      line(
        "",
        sentence(/** @type {HTMLElement} */ (part)) || _("You have said nothing of it yet."),
      ),
      button.textContent,
      () => takeOut([...list.children].indexOf(part)),
    );
  });

  function tell() {
    const whole = +field("volume_ml").value;
    const volumes = parts().map((_part, number) => +field(`batches-${number}-volume_ml`).value);
    const held = volumes.reduce((sum, each) => sum + each, 0);
    const units = /** @type {any} */ (form.dataset.units);
    field("_batches").setCustomValidity(
      whole && held > whole
        ? _("These hold %(held)s, more than the %(whole)s that you share in all.", {
            held: amount(held, units),
            whole: amount(whole, units),
          })
        : "",
    );
    const lines = parts().map((part) => html`<li>${sentence(part)}</li>`);
    render(lines, form.querySelector("[data-milk]"));
  }

  return { hold, tell };
}
