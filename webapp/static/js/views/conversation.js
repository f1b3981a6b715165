import { ago, day } from "../dates.js";
import { enliven, perform } from "../phone/index.js";
import { html } from "../template.js";
import { _ } from "../words.js";
import { figures, linked, stands } from "./card.js";
import { isStuck } from "./card-strip.js";
import { says } from "./card-words.js";
import { begin, isMended, mend, show } from "./letter-box.js";
import { goesAlong } from "./letter-first.js";
import { opened, opens } from "./letter-opens.js";
import { alongside, arrival, CHANGED, called, known, ordered, unsent } from "./letters.js";
import { absent, say } from "./listing-absent.js";
import { dealing } from "./report.js";
import { button, line, live, section, strip, syncLine, way } from "./states.js";

const [, , here] = location.pathname.split("/");
const to = new URLSearchParams(location.search).get("to");

/** What this is about isn't as it was. Nobody can put this away: it is about what is fed. */
const warning = ({ changed, gone }) =>
  changed && !gone && strip("stop changed", says(day(changed), CHANGED));

/** The conversation; before its first letter, what it would be. */
function found(data) {
  const kept = data.conversations.find((each) => each.id === here);
  if (kept) return { card: known(data, kept.other), ...kept };
  const card = data.person && to && known(data, to);
  return card && { other: to, card, started: true };
}

/** How a letter of hers stands, and what she can do. */
function come(letter, conversation, open, isLast) {
  if (!unsent(letter)) return isLast && line("soft", arrival(letter, conversation));
  return open && isStuck(letter.work)
    ? [stands(letter), button(_("Change it"), () => mend(letter))]
    : way("/outbox", stands(letter), "");
}

/** @param {boolean} open whether there is a box that a refused one can go back to */
function letters(all, conversation, open) {
  const list = all.filter((each) => !open || !isMended(each));
  const last = list.findLast((each) => each.mine);
  const one = (letter) => {
    const { mine } = letter;
    return html`<li class=${mine ? "mine" : "hers"}>
      <span class="unseen">${mine ? _("You wrote:") : _("She wrote:")}</span>
      <p class="said" dir="auto">${letter.text}</p>
      <div class="row">${line("soft", ago(letter.at ?? letter.work.operation.made_at))}${mine && come(letter, conversation, open, letter === last)}</div>
    </li>`;
  };
  return html`<div role="log" aria-relevant="additions" aria-label=${_("Letters")}><ol class="letters">${list.map(one)}</ol></div>`;
}

/** What stands at the end: the box, or why she can't write now (the shell has the words). */
function boxOf(conversation, first, sent, ready) {
  if (conversation.gone) return conversation.blocked ? "blocked" : "gone";
  if (sent) return unsent(sent) ? "saved" : "sent";
  if (!first) return "more";
  return ready ? "first" : "none";
}

let told = 0;

/** Tell once, and quietly, how far she has read. */
function reading(list, { read = 0 }) {
  const { position } = list.findLast((each) => each.position) ?? {};
  if (document.hidden || !(position > Math.max(told, read))) return;
  told = position;
  perform({ kind: "conversation.read", row: here, fields: { position: `${position}` } });
}

let drawn = 0;

/**
 * Keep the newest letter in sight, unless she looks at older ones; look out for what answers it.
 * Later ones just came: only when the first did has to be believed of two clocks.
 */
function follow(count, at) {
  const page = document.documentElement;
  if (count > drawn) enliven(drawn ? undefined : Date.parse(at));
  if (count > drawn && (!drawn || scrollY + innerHeight > page.scrollHeight - 200)) {
    requestAnimationFrame(() => scrollTo(0, page.scrollHeight));
  }
  drawn = count;
}

function view(data) {
  const conversation = found(data);
  if (!conversation) return absent();
  const { person } = data;
  const { card, gone, other, at } = conversation;
  const list = ordered(data.messages, here);
  const first = conversation.started && !conversation.answered;
  const match = data.matches.find((each) => each.other === other);
  const choices = card ? alongside(data.mine, card, match) : [];
  const sent = first && list.find((each) => each.mine && !isStuck(each.work));
  const refused = list.find((each) => isStuck(each.work));
  const box = boxOf(conversation, first, sent, refused ?? choices[0]);
  const open = /first|more/.test(box);
  say(box);
  if (open) show(other, first, refused);
  reading(list, conversation);
  follow(list.length, at);
  dealing(here, other);
  document.querySelector("h1").textContent = called(conversation, data);
  return section(
    "stack",
    "",
    card && !gone && linked(other, figures(card, person)),
    at && opens(conversation),
    !gone && opened(conversation, person?.units),
    box === "first" && choices[0] && goesAlong(choices, person),
    warning(conversation),
    list[0] && letters(list, conversation, open),
    syncLine(),
  );
}

/** Draw the conversation of this address. @param {HTMLElement} main */
export async function mount(main) {
  await begin(main.querySelector("#letter"), here);
  return live(main.querySelector("[data-region]"), view, true);
}
