/** Her calendar: what she took, had or caught, by day. It marks milk; nobody else reads it. */
import { dayAhead } from "../elements/periods.js";
import { status } from "../phone/index.js";
import { html } from "../template.js";
import { _, ngettext } from "../words.js";
import { logging } from "./calendar-form.js";
import { called, when } from "./calendar-words.js";
import { ends, list } from "./card.js";
import { change, remove, stands, undoing } from "./entries.js";
import { offersOf } from "./milk-marks.js";
import { word } from "./page-words.js";
import { part } from "./reveal.js";
import { button, line, live, section, stack, syncLine, unwelcomed, way } from "./states.js";

// What the shell holds ready.
/** @type {any} */
let form;

let shown;
/** @type {(row: any) => void} */
let edit;

/** Whether an entry goes on today. @param {{fields: Record<string, string>}} row */
const goesOn = ({ fields: { to_on } }) => !to_on || to_on > dayAhead(0);

const newest = (one, other) =>
  other.fields.from_on.localeCompare(one.fields.from_on) || other.id.localeCompare(one.id);

/** What she wrote herself keeps its own direction. */
const exactly = ({ name, dose }) =>
  (name || dose) && html`<p dir="auto">${[name, dose].filter(Boolean).join(", ")}</p>`;

function item(row, { mine }, redraw) {
  const { fields } = row;
  const today = dayAhead(0);
  const offers = mine.filter(({ kind }) => kind === "offer");
  const met = offersOf(fields, offers, today).length;
  const over = () => change("exposure", row, { ...fields, to_on: today });
  return html`<li class="card">${[
    ends(called(fields), when(fields)),
    exactly(fields),
    met > 0 &&
      line(
        "soft",
        ngettext("Marks milk in one of your offers", "Marks milk in %(num)s of your offers", met),
      ),
    stands(row),
    line(
      "row",
      !fields.to_on && button(word("over"), over, "quiet"),
      button(word("edit"), () => edit(row), "quiet"),
      button(word("remove"), () => remove("exposure", row).then(redraw), "quiet"),
    ),
  ]}</li>`;
}

const group = (title, rows, data, redraw) =>
  rows[0] &&
  section(
    "stack",
    title,
    list(
      "cards",
      rows.map((row) => item(row, data, redraw)),
    ),
  );

function view(data, redraw) {
  shown = data;
  const { person, exposure } = data;
  const rows = [...exposure].sort(newest);
  const { state, synced_at, filling } = status();
  const out = !person && state === "signed_out";
  if (person) edit ??= logging(form, () => shown);
  return stack(
    (!out || data.waiting[0]) && syncLine(),
    out && [
      line("", word("signed-out")),
      line("", way("/sign-in?next=/calendar", _("Sign in"), "button main")),
    ],
    unwelcomed(person),
    person && form,
    undoing(redraw),
    group(word("now"), rows.filter(goesOn), data, redraw),
    group(
      word("before"),
      rows.filter((row) => !goesOn(row)),
      data,
      redraw,
    ),
    // Before the first answer there is nothing to be empty of.
    person && !rows[0] && synced_at && !filling && line("empty", word("empty")),
  );
}

/** @param {HTMLElement} main */
export function mount(main) {
  form = part("log");
  return live(main.querySelector("[data-region]"), view, false, ["exposure"]);
}
