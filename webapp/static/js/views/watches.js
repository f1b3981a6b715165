/** What she keeps an eye on, and what fits it now. Nobody else learns that she does. */
import { status } from "../phone/index.js";
import { _ } from "../words.js";
import { card, fitList } from "./card.js";
import { few, MATCHED } from "./card-matches.js";
import { remove, stands, undoing } from "./entries.js";
import { hers } from "./nearby-order.js";
import { word } from "./page-words.js";
import { part } from "./reveal.js";
import { button, line, live, section, stack, syncLine, unwelcomed, way } from "./states.js";
import { details, sentence } from "./watch-words.js";
import { keeping } from "./watches-form.js";

/** As many as a person may have (matching/watches.py). */
const MOST = 10;

// What the shell holds ready.
/** @type {any} */
let making;

/** @type {(row: any) => void} */
let edit;

/** What fits it now, then what might. */
function found(row, data) {
  const all = data.matches
    .filter((match) => match.mine === row.id && match.card)
    .sort((one, other) => one.rank - other.rank);
  const drawn = (list) =>
    few(list.map((match) => card(match.card, data.person, match, hers(data, match))));
  const open = all.filter(({ fit }) => fit === "unknown");
  const fits = all.filter((match) => !open.includes(match));
  return [
    fits[0] && drawn(fits),
    open[0] && section("stack", "", line("soft", MATCHED.offer[1]), drawn(open)),
    !all[0] && line("soft", word("nothing")),
  ];
}

function item(row, data, redraw) {
  const { fields } = row;
  return section(
    "stack watch",
    sentence(fields, data.person?.units),
    fitList(details(fields).map((text) => ["said", text])),
    stands(row),
    found(row, data),
    line(
      "row",
      button(word("edit"), () => edit(row), "quiet"),
      button(word("remove"), () => remove("watch", row).then(redraw), "quiet"),
    ),
  );
}

function view(data, redraw) {
  const { person, watch } = data;
  const { state, synced_at, filling } = status();
  const rows = [...watch].sort((one, other) => other.id.localeCompare(one.id));
  const out = !person && state === "signed_out";
  if (person) edit ??= keeping(making.querySelector("form"), person);
  making.classList.toggle("full", rows.length >= MOST);
  return stack(
    (!out || data.waiting[0]) && syncLine(),
    out && [
      line("", word("signed-out")),
      line("", way("/sign-in?next=/watches", _("Sign in"), "button main")),
    ],
    unwelcomed(person),
    person && making,
    undoing(redraw),
    rows.map((row) => item(row, data, redraw)),
    // Before the first answer there is nothing to be empty of.
    person && !rows[0] && synced_at && !filling && line("empty", word("empty")),
  );
}

/** @param {HTMLElement} main */
export function mount(main) {
  making = part("making");
  return live(main.querySelector("[data-region]"), view, false, ["watch"]);
}
