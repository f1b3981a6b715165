/** What she answers about her health: kept as a draft while she writes, sent as an operation. */
import { tellForm } from "../elements/follow.js";
import { dayAhead } from "../elements/periods.js";
import { drafts, perform, replace } from "../phone/index.js";
import { html, render } from "../template.js";
import { _ } from "../words.js";
import { isStuck, standing } from "./card-strip.js";
import { changes } from "./changes.js";
import { check, clear, tell } from "./composer-checks.js";
import { fill, retell, typed, wire } from "./composer-form.js";
import { called } from "./letters.js";
import { outboxLink } from "./mine.js";
import { age } from "./screening-age.js";
import { button, line, live, section, stack, stranger, strip, unwelcomed, way } from "./states.js";

const KEY = "screening";
const SAVED_MS = 350;
const opened = new Date().toISOString();

let form;
/** What the form said when it held what is known, and nothing that is hers alone. */
let seen;
let begun;
let row;
let timer;

const same = (one, other) => JSON.stringify(one) === JSON.stringify(other);

/** How many of a block's questions have an answer. */
function count() {
  retell(form);
  for (const block of form.querySelectorAll("[data-block]")) {
    const said = block.querySelectorAll("[data-question] > .field :checked").length;
    const all = block.querySelectorAll("[data-question]").length;
    const place = block.querySelector("[data-count]");
    place.textContent = said ? _("%(said)s of %(all)s", { said, all }) : _("Not said");
  }
}

/** Let the form say what is known, unless it says something that isn't saved yet. */
function keep(fields) {
  if (seen && !same(wire(form), seen)) return;
  fill(form, fields);
  count();
  seen = wire(form);
  if (!begun) return;
  // With what she saw when she began: what was changed elsewhere since is no wish of hers.
  fill(form, begun.values);
  count();
  seen = begun.seen;
  begun = undefined;
  mark(false);
}

const mark = (hidden) => {
  document.querySelector("[data-saved]").hidden = hidden;
};

function hold() {
  drafts.save(KEY, { values: typed(form), seen });
  clearTimeout(timer);
  timer = setTimeout(() => drafts.flush().then(() => mark(false)), SAVED_MS);
}

async function save() {
  if (tell(form, check(form))) return;
  clearTimeout(timer);
  const said = wire(form);
  const { fields, was } = changes(seen, said);
  const { id, work } = row;
  if (!Object.keys(fields)[0]) await drafts.discard(KEY);
  else if (isStuck(work)) {
    const { operation: old } = work;
    const all = { fields: { ...old.fields, ...fields }, was: { ...was, ...old.was } };
    await replace(old.id, all);
    await drafts.discard(KEY);
  } else await perform({ kind: "screening.answer", row: id, fields, was, draft: KEY });
  seen = said;
  mark(true);
}

/** How it stands with what she saved here. */
function saved({ work }) {
  if (!work || (work.state === "sent" && work.operation.made_at < opened)) return;
  return work.state === "sent" ? strip("sent", _("Saved")) : strip(...standing({ work }));
}

const LEVELS = { summary: _("A summary"), all: _("All of it") };

/** Who sees something of it, and the way to where she takes it back. */
function seers(data) {
  const shown = data.conversations.filter(({ grants }) => LEVELS[grants]);
  return section(
    "stack",
    _("Who sees it"),
    shown.map((each) =>
      line("", way(`/messages/${each.id}`, called(each, data), ""), ` · ${LEVELS[each.grants]}`),
    ),
    !shown[0] && line("", _("Nobody sees any of it. You show it in a conversation.")),
  );
}

/** How old her answers are, and that they still hold. */
const still = ({ id, answered_on, work }) =>
  answered_on &&
  section(
    "stack",
    _("Is it still so?"),
    line("", _("Your oldest answer here is from %(when)s.", { when: age(answered_on) })),
    line("soft", _("Families ask again after 3 to 6 months.")),
    button(_("All of it is still so"), () =>
      isStuck(work)
        ? undefined
        : perform({ kind: "screening.answer", row: id, fields: { again: "y" }, was: {} }),
    ),
  );

function view(data) {
  const { person, waiting, mine } = data;
  for (const each of document.querySelectorAll("[data-known]")) {
    /** @type {any} */ (each).hidden = !person;
  }
  if (!person) return stranger(waiting);
  row = { id: person.id, ...data.screening[0] };
  keep(row.fields ?? {});
  if (row.work?.outcome === "rejected") tell(form, row.work.errors);
  // Never asked of who lost her baby.
  form.querySelector("[data-block=own_baby]").hidden = mine.some(({ fields }) => fields?.bereaved);
  render(stack(still(row), seers(data)), document.querySelector("#below"));
  return stack(
    outboxLink(waiting),
    unwelcomed(person),
    html`<div role="status">${saved(row)}</div>`,
  );
}

/** A tapped answer is taken back by a second tap: then it is not said. */
function untap({ target }) {
  const { type, name, value } = target;
  if (type !== "radio" || !form.said[name]?.includes(value)) return;
  target.checked = false;
  tellForm(target);
}

/** Fill what the shell has ready. @param {HTMLElement} main */
export async function mount(main) {
  form = main.querySelector("form");
  begun = await drafts.load(KEY);
  for (const each of form.querySelectorAll("[data-limit]")) each.max = dayAhead(0);
  form.addEventListener("filled", () => {
    form.said = typed(form);
  });
  form.addEventListener("input", ({ target }) => {
    clear(target.closest("[data-field]") ?? form);
    count();
    form.said = typed(form);
    hold();
  });
  form.addEventListener("click", untap);
  form.onsubmit = (event) => {
    event.preventDefault();
    save();
  };
  return live(main.querySelector("#above"), view, false, ["screening"]);
}
