import { signOut, sync } from "../phone/index.js";
import { _, ngettext } from "../words.js";
import { saveFirst } from "./outbox-file.js";
import { button } from "./states.js";
import { asking } from "./states-question.js";

function send({ target }) {
  target.closest("dialog").close();
  sync();
}

/** Send or save comes first: what is unsent ends with the sign-out. */
const warning = (unsent) =>
  saveFirst(
    ngettext(
      "%(num)s thing on this phone is not sent yet. Signing out erases it.",
      "%(num)s things on this phone are not sent yet. Signing out erases them.",
      unsent.length,
    ),
    button(_("Send now"), send, "quiet"),
  );

async function leave() {
  await signOut();
  // No other page may open now: without signal there is none left on this phone.
  document.getElementById("main").replaceChildren(document.getElementById("left"));
}

/** The way out. @param {any[]} unsent operations and drafts */
export const leaving = (unsent) =>
  asking(
    _("Sign out"),
    _("Sign out?"),
    unsent.length
      ? warning(unsent)
      : _("This phone is emptied. All of it comes back when you sign in again."),
    leave,
  );
