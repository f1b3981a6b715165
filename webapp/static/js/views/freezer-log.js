/** The form that logs a pumping in two taps, and changes one. */
import "../elements/measure-field.js";
import { number } from "../numbers.js";
import { drafts, perform, replace, uuid7 } from "../phone/index.js";
import { isStuck } from "./card-strip.js";
import { changes } from "./changes.js";
import { check, clear, tell } from "./composer-checks.js";
import { fill, retell, typed, wire } from "./composer-form.js";
import { act } from "./freezer-bag.js";
import { dayOf } from "./freezer-keeping.js";
import { much, word } from "./freezer-words.js";
import { enable, reveal } from "./reveal.js";

const DRAFT = "pumping";
const DIRECTLY_MS = 3_600_000;
const LATELY = 20;
const TIMES = ["pumped_at", "moved_at"];

/** An instant as the wire writes it. */
const written = (date) => date.toISOString().replace(/\.\d+/, "");

/** An instant as the phone's own field for one has it. */
const local = (instant) =>
  instant ? `${dayOf(instant)}T${new Date(instant).toTimeString().slice(0, 5)}` : "";

/** The newest first. */
const lately = (pumpings) => [...pumpings].sort((one, other) => other.id.localeCompare(one.id));

/** Where she puts milk at once, if she did so last; what was just pumped is fresh. */
function habits(pumpings) {
  const { storage, container, ...last } = lately(pumpings)[0]?.fields ?? {};
  const directly = Date.parse(last.moved_at) - Date.parse(last.pumped_at) < DIRECTLY_MS;
  return directly ? { state: last.state, storage, container } : { state: "fresh", container };
}

/** Make the chips say the amounts that she logged last; others stay where she had fewer. */
function remember(form, pumpings, units) {
  const chips = [...form.querySelectorAll(`.in-${units} > .chip`)];
  const hers = lately(pumpings)
    .slice(0, LATELY)
    .map((row) => String(number(much(row, units))));
  const shown = [...new Set([...hers, ...chips.map(({ value }) => value)])]
    .slice(0, chips.length)
    .sort((one, other) => number(one) - number(other));
  for (const [n, chip] of chips.entries()) chip.value = chip.textContent = shown[n];
}

/**
 * What the form says, by the wire's names; times that she left are as they were.
 * @returns {any}
 */
function said(form, before = {}) {
  const fields = wire(form);
  for (const name of TIMES) {
    const { value } = form.elements[`_${name}`];
    const same = value === local(before[name]);
    if (value) fields[name] = same ? before[name] : written(new Date(value));
  }
  if (fields.state === "refrigerated") fields.storage = "fridge";
  if (!fields.pumped_at) {
    fields.pumped_at = written(new Date());
    // Put there as it was pumped: nothing else was said.
    fields.moved_at ??= fields.pumped_at;
  }
  return fields;
}

/** What she changed goes out with what she saw; what was refused goes again in its stead. */
async function change({ id, fields: before, work }, /** @type {any} */ after) {
  const refused = isStuck(work) && /log|edit/.test(work.operation.kind) && work.operation;
  if (refused?.kind === "pumping.log") return replace(refused.id, { fields: after });
  const { fields, was } = changes(before, after);
  if (!Object.keys(fields)[0]) return undefined;
  const all = { fields: { ...refused?.fields, ...fields }, was: { ...was, ...refused?.was } };
  return refused
    ? replace(refused.id, all)
    : perform({ kind: "pumping.edit", row: id, fields, was });
}

/**
 * Bring the form to life.
 * @param {any} form
 * @param {() => any} data of the view, as it is then
 * @param {() => void} redraw
 * @returns {(row: any) => void} begins to change a pumping
 */
export function logging(form, data, redraw) {
  const { units } = data().person;
  let row;

  const show = () => {
    retell(form);
    reveal(form, "log", row ? "edit" : form.elements._pumped_at.value ? "then" : "new");
  };

  function begin(values, to) {
    row = to;
    fill(form, { _units: units, ...values });
    form.querySelector("details").open = Boolean(values._pumped_at);
    clear(form);
    show();
  }

  /** @param {any[]} just what isn't in the store's own words yet */
  function anew(...just) {
    const pumping = [...data().pumping, ...just];
    remember(form, pumping, units);
    begin(habits(pumping));
  }

  form.onsubmit = async (event) => {
    event.preventDefault();
    if (tell(form, check(form))) return;
    const fields = said(form, row?.fields);
    const text = word("logged", { amount: much({ fields }, units) });
    if (row) await change(row, fields);
    else await act({ id: uuid7() }, "log", fields, text, "remove");
    await drafts.discard(DRAFT);
    anew({ id: "~", fields });
    redraw();
  };
  form.addEventListener("input", ({ target }) => {
    clear(target.closest("[data-field]") ?? form);
    show();
    if (!row) drafts.save(DRAFT, { values: typed(form) });
  });
  const remove = () => act(row, "remove", {}).then(() => anew());
  enable(form, { back: () => anew(), remove });
  form.dataset.units = units;
  anew();
  drafts.load(DRAFT).then((draft) => draft && begin(draft.values));

  return (to) => {
    const times = TIMES.map((name) => [`_${name}`, local(to.fields[name])]);
    begin({ ...to.fields, ...Object.fromEntries(times) }, to);
    form.querySelector("h2").focus();
    form.scrollIntoView();
  };
}
