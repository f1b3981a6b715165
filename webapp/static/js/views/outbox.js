import { html, nothing } from "lit-html";
import { ago } from "../dates.js";
import { discard, me, outbox, replace, retry, status, sync } from "../phone/index.js";
import { amount } from "../units.js";
import { _ } from "../words.js";
import { label, said } from "./listing-fields.js";
import { mine, theirs } from "./outbox-answers.js";
import { button, empty, live, syncLine, way } from "./states.js";
import { ask } from "./states-question.js";

const WHAT = {
  welcome: _("Your answers at the start"),
  edit: _("A change"),
  pause: _("Pause"),
  resume: _("Show it again"),
  withdraw: _("Withdraw"),
  renew: _("Renew"),
  gave: _("I gave some"),
  enough: _("I have enough"),
};

async function load() {
  const [person, waiting] = await Promise.all([me(), outbox()]);
  return { person, waiting };
}

const verb = ({ kind }) => kind.split(".")[1];

const title = (operation) =>
  WHAT[verb(operation)] ??
  (operation.fields.kind === "offer" ? _("Your offer") : _("Your request"));

async function throwAway({ id }) {
  const text = _("It is not sent, and can't be brought back.");
  if (await ask(_("Discard it?"), text, _("Discard"))) discard(id);
}

function editAddress({ kind, row }) {
  if (/^listing.(publish|edit)$/.test(kind)) return `/listings/${row}/edit`;
  return { "person.edit": "/me", "person.welcome": "/welcome" }[kind];
}

function refused(operation) {
  const { outcome, errors } = operation.answer ?? {};
  const list = Object.entries(errors ?? {});
  const address = editAddress(operation);
  return html`
    ${list.map(([name, texts]) => html`<p><b>${label(name)}</b> ${[texts].flat().join(" ")}</p>`)}
    ${
      list.length
        ? nothing
        : html`<p>${outcome === "too_large" ? _("It is too large to send. Shorten it.") : _("Something went wrong on our side. We'll try again.")}</p>`
    }
    <p class="row">
      ${address ? way(address, _("Change")) : nothing} ${button(_("Try again"), () => retry(operation.id))}
      ${button(_("Discard"), () => throwAway(operation), "button stop")}
    </p>
  `;
}

function conflict(operation, units) {
  const { id, answer, fields } = operation;
  const left = theirs(operation);
  return html`
    ${Object.entries(answer.conflicts).map(
      ([name, both]) => html`<b>${label(name)}</b>
        <div class="both">
          <p><span class="soft">${_("Here")}</span> ${said(name, both.yours, units, fields)}</p>
          <p><span class="soft">${_("Elsewhere")}</span> ${said(name, both.theirs, units)}</p>
        </div>`,
    )}
    <p>${_("It was changed in two places. Which one is right?")}</p>
    <p class="row">
      ${button(_("Here"), () => replace(id, mine(operation)))}
      ${button(_("Elsewhere"), () => (left ? replace(id, left) : discard(id)))}
    </p>
  `;
}

const confirmation = ({ id }) => html`
  <p>${_("You wrote this a while ago. Still available?")}</p>
  <p class="row">${button(_("Yes"), () => replace(id))} ${button(_("No"), () => discard(id))}</p>
`;

function needed(operation, units) {
  const { outcome } = operation.answer ?? {};
  if (outcome === "confirm") return confirmation(operation);
  return outcome === "conflict" ? conflict(operation, units) : refused(operation);
}

function waits(operation) {
  const later =
    status().state === "signed_out"
      ? _("Saved on this phone. It is sent when you sign in.")
      : _("Saved on this phone. It is sent by itself.");
  return html`<p class="strip wait">${operation.state === "sending" ? _("Sending") : later}</p>
    ${operation.state === "sending" ? nothing : button(_("Discard"), () => throwAway(operation), "quiet")}`;
}

const entry = (operation, units) => html`<li class="panel">
  <p class="ends">
    <b>${title(operation)}</b>
    <span>${operation.fields.volume_ml > 0 ? amount(+operation.fields.volume_ml, units) : nothing}</span>
  </p>
  <p class="soft">${_("Written %(when)s", { when: ago(operation.made_at) })}</p>
  ${
    operation.state === "attention"
      ? html`<p class="strip stop">${_("Needs attention")}</p> ${needed(operation, units)}`
      : waits(operation)
  }
</li>`;

/** A way to keep everything unsent as a file of her own. @param {any[]} unsent */
export const saveAsFile = (unsent) =>
  button(
    _("Save as a file"),
    () => {
      const link = document.createElement("a");
      link.href = URL.createObjectURL(new Blob([JSON.stringify(unsent)]));
      link.download = "milkwell.json";
      link.click();
    },
    "quiet",
  );

function view({ person, waiting }) {
  const stuck = waiting.filter(({ state }) => state === "attention");
  const all = new Set([...stuck, ...waiting]);
  if (!waiting.length) return empty(_("Nothing waits here."));
  return html`<div class="stack">
    ${syncLine()}
    <ul class="cards">${[...all].map((each) => entry(each, person?.units))}</ul>
    <p class="row">${button(_("Send now"), () => sync())} ${saveAsFile(waiting)}</p>
  </div>`;
}

/** Draw what is saved on this phone and not sent. @param {HTMLElement} main */
export const mount = (main) => live(main, load, view);
