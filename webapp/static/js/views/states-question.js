import { html, render } from "../template.js";
import { _ } from "../words.js";
import { button } from "./states.js";

/**
 * Ask before something that can't be undone. The dialog keeps the focus, and Escape means no.
 * @param {string} question
 * @param {unknown} body what it means, or a field to fill
 * @param {string} yes
 * @param {(form: FormData) => unknown} deed done after a yes, with what was filled in
 * @param {string} [tone]
 */
export function ask(question, body, yes, deed, tone = "button stop") {
  /** @type {any} */
  const dialog = document.createElement("dialog");
  dialog.ariaLabel = question;
  dialog.onclose = () => dialog.remove();
  dialog.onsubmit = (event) => event.submitter.value && deed(new FormData(event.target));
  render(
    html`<form class="stack" method="dialog">
      <h2>${question}</h2>
      ${body}
      <p class="row"><button class=${tone} value="yes">${yes}</button> <button class="button" formnovalidate>${_("Back")}</button></p>
    </form>`,
    document.body.appendChild(dialog),
  );
  dialog.showModal();
}

/** A button that asks first. @param {string} [tone] the button's, not the dialog's */
export const asking = (text, question, body, deed, tone = "button stop") =>
  button(text, () => ask(question, body, text, deed), tone);
