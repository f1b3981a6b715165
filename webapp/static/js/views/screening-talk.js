/** Answers about health in a conversation: how much of hers she shows, and what the other reports. */
import { day } from "../dates.js";
import { perform } from "../phone/index.js";
import { html, render } from "../template.js";
import { _, ngettext } from "../words.js";
import { stands, written } from "./card.js";
import { unsent } from "./letters.js";
import { part } from "./reveal.js";
import { age } from "./screening-age.js";
import { line } from "./states.js";

const all = (selector) => [
  .../** @type {NodeListOf<HTMLElement>} */ (part("screening-words").querySelectorAll(selector)),
];

/** What the shell calls a question, an answer or a block. */
const word = (code) => all(`[data-word="${code}"]`)[0];

let form;

/** How much of hers she shows: the shell's own box, as it stands. @param {any} conversation */
function shows(conversation) {
  const { id, card, gone, grants = "none", work } = conversation;
  if (gone || card?.kind !== "request") return;
  form ??= part("grants");
  for (const box of form.elements.grant) box.checked = box.value === grants;
  for (const each of form.querySelectorAll("[data-level]")) {
    each.hidden = each.dataset.level !== grants;
  }
  form.onchange = ({ target }) =>
    perform({ kind: "conversation.grant", row: id, fields: { grant: target.value } });
  const waits = unsent(conversation) && work.operation.kind === "conversation.grant";
  return [form, waits && stands(conversation)];
}

/** "Seen in person on Jun 1", by her own word. */
function evidence(code, seen) {
  const on = seen && day(seen);
  if (code === "shown_in_person") {
    return on ? _("seen in person on %(day)s", { day: on }) : _("seen in person");
  }
  if (code === "clinician_confirmed") {
    return on
      ? _("confirmed by a clinician on %(day)s", { day: on })
      : _("confirmed by a clinician");
  }
  return code && _("nobody has seen it");
}

/** One answer and what stands beside it. */
function told({ what, says, year, on, detail, evidence: code, seen_on }) {
  const said = word(`${what}-${says}`)?.textContent ?? says;
  const beside = [year, on && day(on), evidence(code, seen_on)].filter(Boolean);
  return [word(what)?.textContent ?? what, [said, ...beside, detail].filter(Boolean).join(" · ")];
}

/** Every answer as she gave it, by the parts of the questionnaire. */
function everything(answers) {
  const ask = all("[data-in]").length - answers.length;
  const parts = all("[data-block]").map(({ textContent, dataset }) => {
    const here = answers.filter(({ what }) => word(what)?.dataset.in === dataset.word);
    return here[0] && html`<h3>${textContent}</h3>${written(here.map(told))}`;
  });
  const silent = ngettext(
    "%(num)s question is not answered. You can ask her.",
    "%(num)s questions are not answered. You can ask her.",
    ask,
  );
  return [parts, ask > 0 && line("soft", silent)];
}

const SAYS = {
  none: _("Answered, nothing reported"),
  ask: _("Answered. Ask her."),
  undefined: _("Not said"),
};

/** Which parts she answered, and where she is to be asked. */
function summary(answers) {
  const says = (code) => answers.find(({ what }) => what === code)?.says;
  const lines = all("[data-block]").map(({ textContent, dataset }) => [
    textContent,
    SAYS[says(dataset.word)],
  ]);
  return written(lines);
}

/** What the other reports, as far as she shows it. */
function reports({ level, answered_on, answers }) {
  return html`<details class="fold reports"><summary><span>${_("She reports")}</span><span>${_("About her health, answered %(when)s", { when: age(answered_on) })}</span></summary><div>
    ${line("soft", _("In her own words. Milkwell has checked none of it."))}
    ${line("soft", _("Answered %(when)s. People ask again after 3 to 6 months.", { when: age(answered_on) }))}
    ${level === "all" ? everything(answers) : summary(answers)}
  </div></details>`;
}

/**
 * Show in a place what there is to show of either's answers.
 * @param {HTMLElement} place
 * @param {any} conversation
 */
export function show(place, conversation) {
  const { screening, gone } = conversation;
  render([shows(conversation), !gone && screening && reports(screening)], place);
}
