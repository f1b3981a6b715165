/** The form that makes a watch, or changes one. */
import "../elements/measure-field.js";
import { drafts, sync } from "../phone/index.js";
import { _, LABELS } from "../words.js";
import { check, clear, tell } from "./composer-checks.js";
import { fill, retell, typed, wire } from "./composer-form.js";
import { add, change, values } from "./entries.js";
import { enable, reveal } from "./reveal.js";
import { against, fromFilters } from "./watch-words.js";

const DRAFT = "watch";

// What fits is looked for within seconds, and comes with a sync.
const LOOKS_MS = [2_000, 6_000, 14_000, 30_000];

/** What Nearby filters by, where she comes from there; asked once. */
function filters() {
  const from = new URLSearchParams(location.search).get("from") === "nearby";
  history.replaceState(null, "", location.pathname);
  return from && JSON.parse(localStorage.nearby ?? "{}");
}

/** What can't be: words at the field, before anything is sent. */
function judge(form) {
  const codes = against(wire(form)).map((code) => LABELS[code]);
  const [first] = form.querySelectorAll("[name=must]");
  if (first.validity.customError && !codes[0]) clear(first.closest("[data-field]"));
  first.setCustomValidity(
    codes[0]
      ? _("You ask for this and want to be without it: %(what)s.", { what: codes.join(", ") })
      : "",
  );
}

/**
 * Bring the form to life.
 * @param {any} form
 * @param {any} person
 * @returns {(row: any) => void} begins to change a watch
 */
export function keeping(form, person) {
  let row;

  function show() {
    retell(form);
    judge(form);
    reveal(form, "keep", row ? "edit" : "new");
  }

  function begin(from, to) {
    row = to;
    fill(form, { _units: person.units, reach_km: String(person.reach_km ?? ""), ...from });
    clear(form);
    show();
  }

  form.onsubmit = async (event) => {
    event.preventDefault();
    const place = tell(form, check(form));
    if (place) return place.closest(".field")?.scrollIntoView({ block: "center" });
    if (row) await change("watch", row, wire(form));
    else await add("watch", wire(form), DRAFT);
    begin({});
    form.closest("details").open = false;
    for (const wait of LOOKS_MS) setTimeout(() => document.hidden || sync(), wait);
  };
  form.addEventListener("input", ({ target }) => {
    clear(target.closest("[data-field]") ?? form);
    show();
    if (!row) drafts.save(DRAFT, { values: typed(form) });
  });
  const open = () => {
    form.closest("details").open = true;
  };
  enable(form, { back: () => begin({}) });
  form.dataset.units = person.units;
  begin({});
  const wanted = filters();
  if (wanted) {
    begin(fromFilters(wanted, person));
    open();
  } else {
    drafts.load(DRAFT).then((draft) => {
      if (!draft) return;
      begin(draft.values);
      open();
    });
  }

  return (to) => {
    begin(values(to), to);
    open();
    if (to.work?.outcome === "rejected") tell(form, to.work.errors);
    form.querySelector("h2").focus();
    form.scrollIntoView();
  };
}
