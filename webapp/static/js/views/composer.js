/** The composer: a form in steps that saves itself on the phone with every touch. */
import { html, render } from "lit-html";
import "../elements/day-picker.js";
import "../elements/measure-field.js";
import "../elements/place-picker.js";
import { daysAhead } from "../elements/periods.js";
import "../elements/pumped-picker.js";
import { drafts, me, uuid7 } from "../phone/index.js";
import { _ } from "../words.js";
import { clear } from "./composer-checks.js";
import { arrange, fill, letTakeBack, typed } from "./composer-form.js";
import { steps } from "./composer-steps.js";
import { facts, folded, logistics, sentence } from "./composer-summary.js";

const SAVED_MS = 350;
const OUNCE_REGIONS = ["US", "LR", "MM"];

/** Ounces where the phone's own region counts so; her account and one tap know better. */
export function regionUnits() {
  const { region } = new Intl.Locale(navigator.language).maximize();
  return OUNCE_REGIONS.includes(region) ? "oz" : "ml";
}

function limitDays(form) {
  const ahead = { past: "max", future: "min" };
  for (const each of form.querySelectorAll("[data-limit]")) {
    each[ahead[each.dataset.limit]] = daysAhead(0);
  }
}

/** The words that follow what she says. */
function retell(form, person) {
  arrange(form);
  for (const each of form.querySelectorAll("[data-said]")) each.textContent = folded(form, each);
  for (const each of form.querySelectorAll(".count")) {
    const { value, maxLength } = each.previousElementSibling;
    each.hidden = !value;
    each.textContent = _("%(count)s of %(most)s", { count: value.length, most: maxLength });
  }
  const part = (name) => form.querySelector(`[data-${name}]`);
  if (!part("sentence")) return;
  part("sentence").textContent = sentence(form);
  part("logistics").textContent = logistics(form, person);
  render(
    facts(form).map((fact) => html`<li>${fact}</li>`),
    part("facts"),
  );
}

/** Save within half a second, and say so only when it is so. */
function saver(form, key, step) {
  const words = document.querySelector("[data-saved]");
  let timer;
  return () => {
    drafts.save(key(), { values: typed(form), step: step() });
    clearTimeout(timer);
    timer = setTimeout(async () => {
      await drafts.flush();
      words.textContent = _("Saved on this phone");
    }, SAVED_MS);
  };
}

/**
 * Bring a form to life.
 * @param {HTMLFormElement} form
 * @param {object} options
 * @param {() => string} options.key of its draft
 * @param {Record<string, any>} [options.values] what it starts from
 * @param {string} options.last the last button's word
 * @param {(refuse: (errors: any) => void) => Promise<void>} options.onDone
 * @returns {Promise<{refuse: (errors: any) => void}>}
 */
export async function compose(form, { key, values = {}, last, onDone }) {
  const [person, draft] = [await me(), await drafts.load(key())];
  let now = draft?.step ?? 0;
  const touch = saver(form, key, () => now);
  const units = person?.units ?? regionUnits();
  form.dataset.units = units;
  limitDays(form);
  letTakeBack(form);
  const said = { _units: units, "batches-0-id": uuid7(), ...values, ...draft?.values };
  // Units first: what is preset follows them, what she said stays.
  fill(form, { _units: said._units, units: said.units });
  fill(form, said);
  retell(form, person);
  if (draft) document.querySelector("[data-saved]").textContent = _("Saved on this phone");
  const controls = steps(form, {
    start: now,
    last,
    onStep: (step) => {
      if (step !== now) touch();
      now = step;
    },
    onDone: () => onDone(controls.refuse),
  });
  const heard = ({ target }) => {
    const field = target.closest("[data-field]");
    if (field) clear(field);
    retell(form, person);
    touch();
  };
  form.addEventListener("input", heard);
  form.addEventListener("change", heard);
  return controls;
}
