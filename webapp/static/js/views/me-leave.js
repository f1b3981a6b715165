import { html } from "lit-html";
import { signOut, sync } from "../phone/index.js";
import { _, ngettext } from "../words.js";
import { saveAsFile } from "./outbox.js";
import { button } from "./states.js";
import { ask } from "./states-question.js";

function send({ target }) {
  target.closest("dialog").close();
  sync();
}

/** Send or save comes first: what is unsent ends with the sign-out. */
const warning = (unsent) => html`
  <p>
    ${ngettext(
      "%(num)s thing on this phone is not sent yet. Signing out erases it.",
      "%(num)s things on this phone are not sent yet. Signing out erases them.",
      unsent.length,
    )}
  </p>
  <p class="row">${button(_("Send now"), send, "quiet")} ${saveAsFile(unsent)}</p>
`;

/** @param {any[]} unsent operations and drafts */
export async function leave(unsent) {
  const body = unsent.length
    ? warning(unsent)
    : _("This phone is emptied. All of it comes back when you sign in again.");
  if (!(await ask(_("Sign out?"), body, _("Sign out")))) return;
  localStorage.removeItem("nearby");
  await signOut();
  location.assign("/");
}
