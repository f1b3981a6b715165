import { ago } from "../dates.js";
import { status } from "../phone/index.js";
import { html } from "../template.js";
import { _, ngettext } from "../words.js";
import { cards, stands } from "./card.js";
import { CHANGED, called, ordered, unreadIn, unsent } from "./letters.js";
import { outboxLink } from "./mine.js";
import { empty, live, stack, stranger, strip, syncLine } from "./states.js";

function entry(conversation, data) {
  const { id, at, changed, gone } = conversation;
  const letters = ordered(data.messages, id);
  const { mine, text } = letters.at(-1) ?? {};
  const unread = unreadIn(letters, conversation);
  return html`<a class="card talk" href=${`/messages/${id}`}>
    <p class="ends"><b dir="auto">${called(conversation, data)}</b><span>${ago(at)}</span></p>
    <p class="last" dir="auto">${mine ? _("You: %(text)s", { text }) : text}</p>
    ${unread > 0 && html`<p><b class="new">${ngettext("%(num)s new", "%(num)s new", unread)}</b></p>`}
    ${changed && !gone && strip("stop", CHANGED)}
    ${unsent(conversation) && stands(conversation)}
  </a>`;
}

/** When something last happened in it. @param {any} conversation */
const latest = ({ at, changed = "" }) => (changed > at ? changed : at);

function view(data) {
  const { waiting } = data;
  const { state, synced_at } = status();
  if (!data.person && state === "signed_out") return stranger(waiting);
  const newest = data.conversations.sort((one, other) => latest(other).localeCompare(latest(one)));
  return stack(
    syncLine(),
    outboxLink(waiting),
    cards(newest.map((each) => entry(each, data))),
    // Before the first answer there is nothing to be empty of.
    synced_at &&
      !status().filling &&
      !newest[0] &&
      empty(
        _("No letters yet. You write to somebody from her offer or her request, and she to you."),
      ),
  );
}

/** Draw her conversations, the newest first. @param {HTMLElement} main */
export const mount = (main) => live(main, view, true);
