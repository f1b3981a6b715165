import { drafts, outbox, signOut, sync } from "../phone/index.js";
import { _, ngettext } from "../words.js";
import { saveFirst } from "./outbox-file.js";
import { part } from "./reveal.js";
import { button } from "./states.js";
import { ask } from "./states-question.js";

async function leave() {
  await signOut();
  // No other page may open now: without signal there is none left on this phone.
  part("main").replaceChildren(part("left"));
}

/** What is still unsent after this try, she is asked about again. */
async function send({ target }) {
  const dialog = target.closest("dialog");
  target.disabled = true;
  target.textContent = _("Sending");
  await sync();
  if (!dialog.open) return;
  dialog.close();
  askLeave(_("It could not be sent now. It waits here for signal."));
}

/** Send or save comes first: what is unsent ends with the sign-out. */
async function askLeave(tried) {
  const { length } = [...(await outbox()), ...(await drafts.list())];
  const warning = ngettext(
    "%(num)s thing on this phone is not sent yet. Signing out erases it.",
    "%(num)s things on this phone are not sent yet. Signing out erases them.",
    length,
  );
  ask(
    _("Sign out?"),
    length
      ? saveFirst(tried ? `${tried} ${warning}` : warning, button(_("Send now"), send))
      : _("This phone is emptied. All of it comes back when you sign in again."),
    length ? _("Discard and sign out") : _("Sign out"),
    leave,
  );
}

/** The way out. */
export const leaving = () => button(_("Sign out"), () => askLeave(""), "button stop");
