import { rows } from "../phone/index.js";
import { ngettext } from "../words.js";
import { isUnread } from "./letters.js";

/** Say in the bottom bar how many conversations hold something new. */
export async function markUnread() {
  const mark = document.querySelector("[data-unread]");
  if (!mark) return;
  const count = (await rows("conversation")).filter(isUnread).length;
  mark.hidden = !count;
  mark.textContent = count;
  mark.ariaLabel = ngettext("%(num)s unread", "%(num)s unread", count);
}
