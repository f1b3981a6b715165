import { html, nothing } from "lit-html";
import { drafts, me, outbox, rows, status } from "../phone/index.js";
import { _, ngettext } from "../words.js";
import { card, cards } from "./card.js";
import { isLive } from "./card-strip.js";
import { empty, live, stranger, syncLine, way } from "./states.js";

async function load() {
  const [person, listings, waiting, begun] = await Promise.all([
    me(),
    rows("listing"),
    outbox(),
    drafts.list(),
  ]);
  const mine = listings
    .filter((row) => row.mine)
    .sort((one, other) => other.id.localeCompare(one.id));
  return { person, mine, waiting, begun };
}

const stuck = ({ state }) => state === "attention";

/** Each listing stands once. */
const group = (row) =>
  stuck(row.work ?? {}) ? 0 : isLive(row) ? (row.status === "open" ? 1 : 2) : 3;
const GROUPS = [_("Needs attention"), _("Open"), _("Paused"), _("Over")];

/** The way to what waits on this phone. @param {any[]} waiting operations */
export const outboxLink = (waiting) =>
  waiting.length
    ? html`<p class="strip ${waiting.some(stuck) ? "stop" : "wait"}">
        ${way(
          "/outbox",
          ngettext(
            "%(num)s thing waits on this phone",
            "%(num)s things wait on this phone",
            waiting.length,
          ),
          "",
        )}
      </p>`
    : nothing;

function view({ person, mine, waiting, begun }) {
  if (!person && !mine.length && status().state === "signed_out") return stranger(waiting);
  return html`<div class="stack wide">
    ${syncLine()} ${outboxLink(waiting)}
    ${begun
      .filter(({ key }) => key === "offer" || key === "request")
      .map(
        ({ key }) =>
          html`<p class="strip">${way(`/${key}s/new`, _("Go on with what you began"), "")}</p>`,
      )}
    ${GROUPS.map((title, index) => {
      const list = mine.filter((row) => group(row) === index);
      return list.length
        ? html`<section class="stack"><h2>${title}</h2>${cards(list.map((row) => card(row, person)))}</section>`
        : nothing;
    })}
    ${mine.length ? nothing : empty(_("You have nothing here yet."))}
  </div>`;
}

/** Draw her own listings by how they stand. @param {HTMLElement} main */
export const mount = (main) => live(main, load, view);
