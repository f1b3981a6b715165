/** One pumping in her freezer: how it stands, and what she can do with it, most in one tap. */
import { discard, perform } from "../phone/index.js";
import { html } from "../template.js";
import { ends, fitList } from "./card.js";
import { isStuck } from "./card-strip.js";
import { stands } from "./freezer-keeping.js";
import { inTheWay, offerOf } from "./freezer-shelf.js";
import { moment, much, numbers, obstacle, time, word } from "./freezer-words.js";
import { button, line, strip, way } from "./states.js";

/** What was done last, in words, and how it is undone. @type {{text: string, undo: () => unknown} | undefined} */
let done;

/**
 * Do something with a pumping; what can be taken back is offered right after.
 * @param {any} row
 * @param {string} verb
 * @param {Record<string, string>} [fields]
 * @param {string} [text] what was done
 * @param {string} [back] the verb that takes it back once it was sent
 */
export async function act(row, verb, fields, text, back = "restore") {
  const operation = await perform({ kind: `pumping.${verb}`, row: row.id, fields });
  const undo = async () =>
    (await discard(operation.id)) || perform({ kind: `pumping.${back}`, row: row.id });
  done = text ? { text, undo } : undefined;
}

/** "4 oz used. Undo", until something else is done. @param {() => void} redraw */
export const lately = (redraw) =>
  html`<div role="status">${
    done &&
    strip("row apart", [
      done.text,
      button(
        word("undo"),
        async () => {
          const { undo } = done;
          done = undefined;
          await undo();
          redraw();
        },
        "quiet",
      ),
    ])
  }</div>`;

/** What is only saved here is never called sent; what was sent long ago needs no word. */
const standing = ({ work }) =>
  work?.state &&
  (isStuck(work)
    ? strip("stop", way("/outbox", word("attention"), ""))
    : strip(work.state === "sent" ? "sent" : "wait", word(work.state)));

/** What is known of it, or isn't, that a family may ask. @returns {any[]} lines of fit */
const told = ({ state, moved_at, thawed, power_loss }) =>
  [
    state === "frozen" && !moved_at && ["unknown", word("froze")],
    thawed === "yes" && ["no", word("thawed")],
    power_loss === "yes" && ["no", word("cut")],
  ].filter(Boolean);

/** Where it can go in one tap, to the freezer that she used last. */
function moves(row, storage) {
  const { state, thawed } = row.fields;
  const to = (name, fields) => button(word(name), () => act(row, "move", fields), "quiet");
  return [
    state !== "refrigerated" && to("fridge", { state: "refrigerated", storage: "fridge" }),
    state !== "frozen" && thawed !== "yes" && to("freezer", { state: "frozen", storage }),
  ];
}

/**
 * @param {any} row
 * @param {any} data of the view
 * @param {string} storage the freezer that she used last
 * @param {() => void} edit
 */
export function bag(row, { person, exposure, mine }, storage, edit) {
  const { fields } = row;
  const amount = much(row, person?.units);
  const offer = offerOf(row, mine);
  const leave = (name, verb, done) =>
    button(word(name), () => act(row, verb, {}, word(done, { amount })), "quiet");
  return html`<li>${[
    ends(amount, moment(fields.pumped_at)),
    line("", time(stands(fields, numbers(), Date.now()))),
    fitList([...inTheWay(fields, exposure).map(obstacle), ...told(fields)]),
    offer && line("", way(`/listings/${offer.id}`, word("offered"), "quiet")),
    standing(row),
    line(
      "row",
      moves(row, storage),
      leave("use", "used", "used"),
      leave("discard", "discard", "discarded"),
      button(word("edit"), edit, "quiet"),
    ),
  ]}</li>`;
}

/** One that is gone, and the way back. @param {any} row @param {import("../units.js").Units} units */
export const goneBag = (row, units) =>
  html`<li>${line(
    "row apart",
    `${word(row.gone, { amount: much(row, units) })} ${moment(row.gone_at)}`,
    button(word("restore"), () => act(row, "restore"), "quiet"),
  )}</li>`;
