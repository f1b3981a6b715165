/** One entry of the outbox: how it stands, why, and what she can do. The shell has the words. */
import { unitOf } from "../batches.js";
import { ago } from "../dates.js";
import { discard, replace, retry, status } from "../phone/index.js";
import { amount } from "../units.js";
import { _, LABELS } from "../words.js";
import { YOURS } from "./card-words.js";
import { label, milkSaid, said } from "./listing-fields.js";
import { settled } from "./outbox-answers.js";
import { before, reason } from "./outbox-reason.js";
import { copied, enable, phrase, reveal } from "./reveal.js";
import { ask } from "./states-question.js";
import { named } from "./states-words.js";

const items = {};

/** What only this shell has words for: deeds, and what is hers. */
const word = (code) => document.querySelector(`[data-word="${code}"]`)?.textContent;

/** What she did: in the words of its own kind, or of what it is done to. */
const what = ({ kind, fields }, verb = kind.split(".")[1]) =>
  word(verb) ?? LABELS[verb] ?? YOURS[fields.kind];

const called = (name) => word(name) ?? label(name) ?? "";

/** Where what isn't a listing is changed, by its noun. */
const PAGES = {
  person: "/me",
  pumping: "/freezer",
  exposure: "/calendar",
  screening: "/screening",
  watch: "/watches",
};

/** Where she changes it: what she said at once, as a letter, only once it was refused. */
function address({ kind, row, fields, state }) {
  const [noun, verb] = kind.split(".");
  if (/publish|edit|log|keep|answer/.test(verb)) return PAGES[noun] ?? `/listings/${row}/edit`;
  return (
    state === "attention" && { send: `/messages/${fields.conversation}`, welcome: "/welcome" }[verb]
  );
}

/** The two values of a field, hers first, and a choice. */
const both =
  (fields, units, row) =>
  ([name, { yours, theirs }]) => {
    if (`${yours}` === `${theirs}`) return "";
    const read = (value, beside) => word(`${name}-${value}`) ?? said(name, value, units, beside);
    return choosing(name, {
      name: called(name),
      yours: read(yours, fields),
      // Only of the place that stands at the server is there a name.
      theirs: (name === "place" && row?.cell?.near) || read(theirs),
    });
  };

function choosing(name, values) {
  const choice = copied("both");
  phrase(choice, values, "both");
  for (const each of choice.elements) each.name = name;
  return choice;
}

/** A batch is asked about as one: all in which the two differ, and one choice. */
function ofMilk(unit, conflicts, units) {
  const own = Object.entries(conflicts).filter(([name]) => unitOf(name) === unit);
  const read = (side) => milkSaid(own, side, units);
  return choosing(unit, {
    name: _("Milk %(number)s", { number: +unit.split("-")[1] + 1 }),
    yours: read("yours"),
    theirs: read("theirs"),
  });
}

/** Each thing that both sides changed, and a choice. */
function choices(conflicts, fields, units, row) {
  const names = Object.keys(conflicts);
  const milk = new Set(names.map(unitOf).filter((unit) => !names.includes(unit)));
  return [
    ...Object.entries(conflicts)
      .filter(([name]) => unitOf(name) === name)
      .map(both(fields, units, row)),
    ...[...milk].map((unit) => ofMilk(unit, conflicts, units)),
  ];
}

/**
 * Each keeps its own element, so that what she chose in one never stands in another.
 * @param {any} operation
 * @param {any} data of the view
 * @returns {HTMLElement}
 */
export function entry(operation, { person, listings, waiting }) {
  const { id, answer, fields, made_at } = operation;
  const { conflicts = {}, errors = {} } = answer ?? {};
  const units = person?.units;
  const row = [...listings, person].find((each) => each?.id === operation.row);
  const first = before(operation, waiting);
  const why = reason(operation, first, status());
  items[id] ??= copied("entry");
  const item = items[id];
  const [form, link, place] = ["form", "a", "div"].map((each) => item.querySelector(each));
  phrase(item, {
    what: what(operation),
    about: fields.volume_ml ? amount(fields.volume_ml, units) : (YOURS[row?.kind] ?? ""),
    text: fields.text ?? "",
    when: ago(made_at),
    time: /** @type {string} */ (named(status())),
    first: first && what(first),
    wrong: Object.entries(errors)
      .map(([name, texts]) => `${called(name)} ${texts.join(" ")}`)
      .join("\n"),
  });
  reveal(item, "why", why);
  const leads = address(operation);
  link.href = leads;
  link.hidden ||= !leads;
  if (!place.firstChild) place.append(...choices(conflicts, fields, units, row));
  enable(item, {
    retry: () => retry(id),
    yes: () => replace(id, errors.status && { fields: { ...fields, reopen: "y" } }),
    no: () => discard(id),
    discard: () =>
      ask(_("Discard it?"), _("It is not sent, and can't be brought back."), _("Discard"), () =>
        discard(id),
      ),
  });
  form.onsubmit = (event) => {
    event.preventDefault();
    const left = settled(operation, (name) => form.elements[name]?.value);
    return left ? replace(id, left) : discard(id);
  };
  return item;
}
