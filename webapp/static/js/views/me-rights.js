/** What she can undo, take along and end. */

import { ago } from "../dates.js";
import { perform, rows, send } from "../phone/index.js";
import { html, render } from "../template.js";
import { _ } from "../words.js";
import { kindAndState, near } from "./card-words.js";
import { trouble } from "./composer-checks.js";
import { saveFile } from "./outbox-file.js";
import { part } from "./reveal.js";
import { button } from "./states.js";

/**
 * Ask the server now, and say in this part of the page how it goes.
 * @param {string} name
 * @param {Promise<Response>} sending
 * @returns {Promise<Response | undefined>} only a good one
 */
async function asked(name, sending) {
  const place = part(name);
  trouble(place, "");
  place.dataset.busy = "";
  const response = await sending.catch(() => undefined);
  delete place.dataset.busy;
  if (response?.ok) return response;
  const said = await response?.json().catch(() => undefined);
  trouble(place, said?.message ?? _("Milkwell can't be reached. Try again with signal."));
}

async function fetchMine(event) {
  event.preventDefault();
  const response = await asked("mine", send("/api/mine"));
  if (response) saveFile(await response.blob(), "milkwell.json");
}

/** The shell's own dialog, which says before what it means. @param {string} name */
function opens(name, deed) {
  const dialog = part(name);
  const form = dialog.querySelector("form");
  dialog.onclose = () => {
    if (dialog.returnValue) deed(Object.fromEntries(new FormData(form)));
    form.reset();
  };
  part(`ask-${name}`).onclick = () => {
    dialog.returnValue = "";
    dialog.showModal();
  };
}

const blocked = (block) =>
  html`<li class="row">
    <p>${[kindAndState(block), near(block)].filter(Boolean).join(", ")}<br /><span class="soft">${_("Blocked %(when)s", { when: ago(block.at) })}</span></p>
    ${button(_("Unblock"), () => perform({ kind: "block.lift", row: block.id }))}
  </li>`;

/** Keep the part on her rights true to what is known of her. @param {any} [person] */
export async function showRights(person) {
  part("mine").querySelector("a").onclick = fetchMine;
  opens("take-back", () => perform({ kind: "person.take_back", row: person.id }));
  opens("erase", async (said) => {
    // What empties the phone is here before there is nothing left at the server.
    const view = import("./me-erased.js");
    const sending = view.then(() => send("/api/erase", said));
    if (await asked("erasing", sending)) await (await view).goneForGood();
  });
  const blocks = await rows("block");
  part("blocks").hidden = !blocks.length;
  render(blocks.map(blocked), part("blocked"));
}
