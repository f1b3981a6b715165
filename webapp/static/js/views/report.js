/** What she can do about somebody: see her no more, and tell whoever hosts this Milkwell. */
import { perform, uuid7 } from "../phone/index.js";
import { part } from "./reveal.js";

/**
 * Let the shell's dialogs ask (messages/away.html). A yes is worth the kind of what it does, and
 * its form says where that leads.
 * @param {string} about the listing or the conversation that the page shows
 * @param {string} [other] of a conversation, the listing that a block hides
 */
export function dealing(about, other) {
  const main = part("main");
  main.onclick = (event) => part(event.target.dataset.ask)?.showModal();
  main.onsubmit = async ({ target, submitter }) => {
    const kind = submitter.value;
    if (!kind) return;
    const reports = kind === "report.make" && {
      row: uuid7(),
      fields: {
        [document.body.dataset.page]: about,
        ...Object.fromEntries(/** @type {any} */ (new FormData(target))),
      },
    };
    target.reset();
    await perform({ kind, row: about, shows: { other }, ...reports });
    if (target.dataset.then) location.assign(target.dataset.then);
  };
}
