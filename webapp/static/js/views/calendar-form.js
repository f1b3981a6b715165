/** The form that notes an entry of her calendar, or changes one, and says first what it does. */
import "../elements/day-picker.js";
import { dayAhead } from "../elements/periods.js";
import { drafts } from "../phone/index.js";
import { _, ngettext } from "../words.js";
import { check, clear, tell } from "./composer-checks.js";
import { fill, retell, typed, wire } from "./composer-form.js";
import { add, change, values } from "./entries.js";
import { changedBy, offersOf } from "./milk-marks.js";
import { word } from "./page-words.js";
import { enable, part, reveal } from "./reveal.js";

const DRAFT = "exposure";
const YEAR_DAYS = 366;

/** What the form says, by the wire's names: "still going on" has no last day. */
function said(form) {
  const { _to_on: until } = typed(form);
  const fields = wire(form);
  return until?.[0] === "same" ? { ...fields, to_on: fields.from_on } : fields;
}

/** How the form asks for what an entry says. */
function asked(fields) {
  const { from_on, to_on } = fields;
  return { ...fields, _to_on: !from_on ? "" : !to_on ? "on" : to_on === from_on ? "same" : "day" };
}

/**
 * What saving it does, in words: which milk it marks, and who is told.
 * @param {any} entry
 * @param {any} data of the view
 * @param {any} [row] the entry that it was
 */
export function effect(entry, { mine, exposure, conversations }, row) {
  const today = dayAhead(0);
  const offers = mine.filter(({ kind }) => kind === "offer");
  const before = exposure.map(({ fields }) => fields);
  const after = [...before.filter((each) => each !== row?.fields), entry];
  const met = offersOf(entry, offers, today);
  const changed = changedBy(offers, before, after, today);
  const families = conversations.filter(
    (each) => !each.gone && changed.some(({ id }) => id === each.mine),
  );
  if (!met[0] && !changed[0]) return [word("none")];
  if (!changed[0]) return [word("already")];
  return [
    ngettext(
      "This marks milk pumped on those days in one of your offers.",
      "This marks milk pumped on those days in %(num)s of your offers.",
      changed.length,
    ),
    word(families[0] ? "told" : "nobody"),
    word(entry.what === "off_diet" ? "diet" : "hidden"),
  ];
}

/** Whether the days can be: words at the field, before anything is sent. */
function judge({ elements: { from_on, to_on } }) {
  const early = to_on.value && from_on.value && to_on.value < from_on.value;
  to_on.setCustomValidity(early ? _("That is before the first day.") : "");
}

/**
 * Bring the form to life.
 * @param {any} form
 * @param {() => any} data of the view, as it is then
 * @returns {(row: any) => void} begins to change an entry
 */
export function logging(form, data) {
  const { elements } = form;
  let row;

  function show() {
    retell(form);
    judge(form);
    reveal(form, "log", row ? "edit" : "new");
    const fields = said(form);
    const whole = fields.what && fields.from_on && typed(form)._to_on && form.checkValidity();
    part("effect").textContent = whole ? effect(fields, data(), row).join(" ") : "";
  }

  function begin(from, to) {
    row = to;
    fill(form, from);
    form.querySelector("details").open = Boolean(elements.name.value || elements.dose.value);
    clear(form);
    show();
  }

  form.onsubmit = async (event) => {
    event.preventDefault();
    const place = tell(form, check(form));
    if (place) return place.closest(".field")?.scrollIntoView({ block: "center" });
    if (row) await change("exposure", row, said(form));
    else await add("exposure", said(form), DRAFT);
    begin({});
    form.scrollIntoView({ block: "nearest" });
  };
  form.addEventListener("input", ({ target }) => {
    clear(target.closest("[data-field]") ?? form);
    show();
    if (!row) drafts.save(DRAFT, { values: typed(form) });
  });
  enable(form, { back: () => begin({}) });
  elements.from_on.max = dayAhead(0);
  elements.to_on.max = dayAhead(YEAR_DAYS);
  begin({});
  drafts.load(DRAFT).then((draft) => draft && begin(draft.values));

  return (to) => {
    begin(asked(values(to)), to);
    if (to.work?.outcome === "rejected") tell(form, to.work.errors);
    form.querySelector("h2").focus();
    form.scrollIntoView();
  };
}
