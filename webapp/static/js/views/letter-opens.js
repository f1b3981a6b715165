/** What two people have opened to each other in a conversation. */

import { perform } from "../phone/index.js";
import { _, LABELS } from "../words.js";
import { stands, written } from "./card.js";
import { says } from "./card-words.js";
import { unsent } from "./letters.js";
import { label, said } from "./listing-fields.js";
import { part } from "./reveal.js";
import { later, section } from "./states.js";

const milk = later(() => import("./opened-milk.js"));

/**
 * What the other opened to her.
 * @param {any} conversation
 * @param {import("../units.js").Units} [units]
 */
export function opened({ opened: all }, units) {
  if (!all) return;
  const { name, note, details = [], bereaved, fragile } = all;
  const lines = [
    [_("Her first name"), name],
    ...details.map(({ what, answer, text }) => {
      const word = said(what, answer);
      return [label(what), text ? says(word, text) : word];
    }),
    [_("Her loss"), bereaved && _("Her baby died")],
    [_("Her baby"), LABELS[fragile]],
    [_("Her note"), note],
  ];
  return section("panel", _("She opened to you"), written(lines), all.batches && milk(all, units));
}

let health;

/** What either shows of her answers about health: drawn by a script that most letters don't need. */
function screened(conversation) {
  const { card, gone, screening } = conversation;
  if (!health && (gone || !(screening || card?.kind === "request"))) return;
  health ??= document.createElement("div");
  import("./screening-talk.js").then(({ show }) => show(health, conversation)).catch(console.error);
  return health;
}

let form;
// What she has just tapped, until the phone has it: a box drawn as it was before would go along
// with her next tap.
let tapped;

/**
 * What she opens to the other, and how she leaves: the shell's own boxes, as they stand.
 * @param {any} conversation
 */
export function opens(conversation) {
  const { id: row, opens: kept = [], work } = conversation;
  const chosen = tapped ?? kept;
  form ??= part("opens");
  for (const box of form.elements.opens) {
    box.checked = chosen.includes(box.value);
    form.querySelector(`[data-open=${box.value}]`).hidden = !box.checked;
  }
  form.onchange = async () => {
    const opens = /** @type {string[]} */ (new FormData(form).getAll("opens"));
    tapped = opens;
    try {
      await perform({ kind: "conversation.open", row, fields: { opens } });
    } finally {
      if (tapped === opens) tapped = undefined;
    }
  };
  const waits = unsent(conversation) && work.operation.kind === "conversation.open";
  return [form, waits && stands(conversation), screened(conversation)];
}
