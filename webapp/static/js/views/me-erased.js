import { drafts, outbox, signOut } from "../phone/index.js";
import { _, ngettext } from "../words.js";
import { saveFirst } from "./outbox-file.js";
import { ask } from "./states-question.js";

let told = false;

/** Leave nothing here, and say on the front page that it is done. */
export async function goneForGood() {
  told = true;
  await signOut();
  location.replace("/#erased");
}

/**
 * Her account was erased, on another phone: this one is emptied too. What she never sent from
 * here is offered to her first, once a page.
 */
export async function erased() {
  if (told) return;
  told = true;
  const unsent = [...(await outbox()), ...(await drafts.list())].length;
  if (!unsent) return goneForGood();
  ask(
    _("This account was erased."),
    saveFirst(
      ngettext(
        "%(num)s thing that was not sent is still on this phone. Save it first if you want to keep it.",
        "%(num)s things that were not sent are still on this phone. Save them first if you want to keep them.",
        unsent,
      ),
    ),
    _("Empty this phone"),
    goneForGood,
  );
}
