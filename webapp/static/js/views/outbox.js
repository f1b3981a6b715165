import { ago } from "../dates.js";
import { discard, replace, retry, status, sync } from "../phone/index.js";
import { html } from "../template.js";
import { amount } from "../units.js";
import { _, LABELS } from "../words.js";
import { ends } from "./card.js";
import { isStuck, standing } from "./card-strip.js";
import { YOURS } from "./card-words.js";
import { label, said } from "./listing-fields.js";
import { mine, theirs } from "./outbox-answers.js";
import { loadFiles, saveAsFile } from "./outbox-file.js";
import { button, empty, line, live, section, strip, syncLine, way } from "./states.js";
import { asking } from "./states-question.js";
import { STOPPED } from "./states-words.js";

/** What she did: in the words of its own kind, which the shell has, or of what it is done to. */
const what = ({ kind, fields }, verb = kind.split(".")[1]) =>
  document.querySelector(`[data-deed=${verb}]`)?.textContent ?? LABELS[verb] ?? YOURS[fields.kind];

const throwAway = ({ id }, tone) =>
  asking(
    _("Discard"),
    _("Discard it?"),
    _("It is not sent, and can't be brought back."),
    () => discard(id),
    tone,
  );

/** Where she wrote it. */
function editAddress({ kind, row, fields }) {
  const listing = `/listings/${row}/edit`;
  return {
    "listing.publish": listing,
    "listing.edit": listing,
    "message.send": `/messages/${fields.conversation}`,
    "person.edit": "/me",
    "person.welcome": "/welcome",
  }[kind];
}

function refused(operation) {
  const { outcome, errors = {} } = operation.answer;
  const address = editAddress(operation);
  const why =
    outcome === "too_large"
      ? _("It is too large to send. Shorten it.")
      : _("Something went wrong on our side. We'll try again.");
  const wrong = Object.entries(errors).map(([name, texts]) =>
    line("", html`<b>${label(name)}</b> ${texts.join(" ")}`),
  );
  return [
    wrong[0] ? wrong : line("", why),
    line(
      "row",
      address && way(address, _("Change")),
      button(_("Try again"), () => retry(operation.id)),
      throwAway(operation),
    ),
  ];
}

function conflict(operation, units) {
  const { id, answer, fields } = operation;
  const left = theirs(operation);
  const [here, elsewhere] = [_("Here"), _("Elsewhere")];
  const side = (title, text) => html`<p><span class="soft">${title}</span> ${text}</p>`;
  return [
    Object.entries(answer.conflicts).map(
      ([name, both]) => html`<b>${label(name)}</b>
        <div class="both">${side(here, said(name, both.yours, units, fields))}${side(elsewhere, said(name, both.theirs, units))}</div>`,
    ),
    line("", _("It was changed in two places. Which one is right?")),
    line(
      "row",
      button(here, () => replace(id, mine(operation))),
      button(elsewhere, () => (left ? replace(id, left) : discard(id))),
    ),
  ];
}

const confirmation = ({ id }) => [
  line("", _("You wrote this a while ago. Still available?")),
  line(
    "row",
    button(LABELS.y, () => replace(id)),
    button(LABELS.no, () => discard(id)),
  ),
];

const NEEDED = { confirm: confirmation, conflict };

/** How it stands, and what she can do. */
function work(operation, units) {
  if (operation.state !== "saved") {
    const asks = isStuck(operation) && (NEEDED[operation.answer.outcome] ?? refused);
    return [strip(...standing({ work: operation })), asks ? asks(operation, units) : ""];
  }
  const { state } = status();
  const later = STOPPED.test(state)
    ? _("Saved on this phone. Not sent yet.")
    : state === "signed_out"
      ? _("Saved on this phone. It is sent when you sign in.")
      : _("Saved on this phone. It is sent by itself.");
  return [strip("wait", later), throwAway(operation, "quiet")];
}

function entry(operation, units) {
  const { fields, made_at } = operation;
  return html`<li class="panel">
    ${ends(what(operation), fields.volume_ml && amount(fields.volume_ml, units))}
    ${fields.text && html`<p dir="auto">${fields.text}</p>`}${line("soft", _("Written %(when)s", { when: ago(made_at) }))}${work(operation, units)}
  </li>`;
}

function view({ person, waiting }) {
  if (!waiting.length) return empty(_("Nothing waits here."));
  const all = new Set([...waiting.filter(isStuck), ...waiting]);
  return section(
    "stack",
    "",
    syncLine(),
    html`<ul class="cards">${[...all].map((each) => entry(each, person?.units))}</ul>`,
    line("row", button(_("Send now"), sync), saveAsFile()),
  );
}

/** Draw what is saved on this phone and not sent. @param {HTMLElement} main */
export function mount(main) {
  loadFiles(main.querySelector("#load"));
  return live(main.querySelector("[data-region]"), view);
}
