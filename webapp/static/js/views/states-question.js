import { html, render } from "lit-html";
import { _ } from "../words.js";
import { button } from "./states.js";

/**
 * Ask before something that can't be undone. The dialog keeps the focus, and Escape means no.
 * @param {string} question
 * @param {unknown} body what it means, or a field to fill
 * @param {string} yes
 * @param {string} [tone]
 * @returns {Promise<FormData | undefined>} undefined means no
 */
export function ask(question, body, yes, tone = "button stop") {
  const dialog = document.createElement("dialog");
  dialog.ariaLabel = question;
  render(
    html`<form class="stack" method="dialog">
      <h2>${question}</h2>
      <div class="stack">${body}</div>
      <p class="row">
        <button class=${tone} value="yes">${yes}</button> ${button(_("Back"), () => dialog.close())}
      </p>
    </form>`,
    dialog,
  );
  document.body.append(dialog);
  dialog.showModal();
  return new Promise((resolve) => {
    dialog.onclose = () => {
      dialog.remove();
      resolve(dialog.returnValue ? new FormData(dialog.querySelector("form")) : undefined);
    };
  });
}
