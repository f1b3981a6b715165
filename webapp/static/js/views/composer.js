/** The composer: a form in steps that saves itself on the phone with every touch. */
import "../elements/day-picker.js";
import { tellForm } from "../elements/follow.js";
import "../elements/measure-field.js";
import { dayAhead } from "../elements/periods.js";
import "../elements/place-picker.js";
import "../elements/pumped-picker.js";
import { drafts, me, sync } from "../phone/index.js";
import { batches } from "./composer-batches.js";
import { clear } from "./composer-checks.js";
import { retell, typed } from "./composer-form.js";
import { steps } from "./composer-steps.js";
import { asked, tellWants } from "./composer-wants.js";

const SAVED_MS = 350;

/** What this phone has, or has after asking the server. @param {() => Promise<any>} read */
export const fetched = async (read) => (await read()) ?? sync().then(read);

/** Ounces where the phone's own region counts so; her account and one tap know better. */
function regionUnits() {
  try {
    const { region } = new Intl.Locale(navigator.language).maximize();
    return /US|LR|MM/.test(region) ? "oz" : "ml";
  } catch {
    // Where a system has no locale, WebKit's language is "C", which is no language tag.
    return "ml";
  }
}

/**
 * Bring a form to life.
 * @param {HTMLFormElement} form
 * @param {string} key of its draft
 * @param {Record<string, any>} values what it starts from, beside what is preset
 * @param {(refuse: import("./composer-steps.js").Refuse) => Promise<unknown>} onDone
 * @param {number} [last] the one step that is asked again: what stands before it is answered
 */
export async function compose(form, key, values, onDone, last) {
  const [person, draft] = [await me(), await drafts.load(key)];
  const saved = /** @type {HTMLElement} */ (document.querySelector("[data-saved]"));
  const units = person?.units ?? regionUnits();
  const begun = { ...typed(form), _units: units, units, ...asked(form, values) };
  const milk = batches(form);
  let step = draft?.step ?? (values.volume_ml ? last : 0) ?? 0;
  let said;
  let timer;

  function hear() {
    retell(form);
    milk.tell();
    tellWants(form);
    said = typed(form);
  }

  function save() {
    drafts.save(key, { values: said, step });
    clearTimeout(timer);
    // Said only when it is so.
    timer = setTimeout(() => drafts.flush().then(() => (saved.hidden = false)), SAVED_MS);
  }

  for (const each of /** @type {NodeListOf<any>} */ (form.querySelectorAll("[data-limit]"))) {
    each[each.dataset.limit] = dayAhead(0);
    if (each.dataset.limit === "min") each.max = dayAhead(366);
  }
  /** @type {any} */ (form.elements)._place.placeholder = person?.place?.name ?? "";
  milk.hold(draft?.values ?? begun);
  hear();
  saved.hidden = !draft;

  form.addEventListener("input", ({ target }) => {
    clear(/** @type {Element} */ (target).closest("[data-field]") ?? form);
    hear();
    save();
  });
  // An optional answer that was tapped is taken back by a second tap: then it is not said.
  form.addEventListener("click", ({ target }) => {
    const { type, required, name, value } = /** @type {HTMLInputElement} */ (target);
    if (type !== "radio" || required || !said[name]?.includes(value)) return;
    /** @type {HTMLInputElement} */ (target).checked = false;
    tellForm(target);
  });
  return steps(
    form,
    step,
    (now) => {
      step = now;
      save();
    },
    onDone,
    last,
  );
}
