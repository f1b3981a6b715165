/** What she keeps in a list of her own, as her calendar: written, changed, taken away, brought back. */
import { discard, perform, replace, uuid7 } from "../phone/index.js";
import { html } from "../template.js";
import { isStuck } from "./card-strip.js";
import { changes } from "./changes.js";
import { word } from "./page-words.js";
import { button, strip, way } from "./states.js";

/** How one begins and ends, by its noun. */
const VERBS = { exposure: ["log", "remove"], watch: ["keep", "drop"] };

const opened = new Date().toISOString();

/** What was taken away last, and how it comes back. @type {(() => Promise<unknown>) | undefined} */
let undo;

/** @param {"exposure" | "watch"} noun @param {any} fields @param {string} [draft] that it makes good */
export const add = (noun, fields, draft) =>
  perform({ kind: `${noun}.${VERBS[noun][0]}`, row: uuid7(), fields, draft });

/** The operation that made it, if the server hasn't it yet. */
const making = (noun, work) =>
  work && work.state !== "sent" && work.operation.kind === `${noun}.${VERBS[noun][0]}`
    ? work.operation
    : undefined;

/** What she sees of it in a form: of a change that was refused, what she had written. */
export const values = ({ fields, work }) =>
  isStuck(work) && /edit$/.test(work.operation.kind)
    ? { ...fields, ...work.operation.fields }
    : fields;

/**
 * Only what changed is sent, with what she saw; what nobody has seen yet goes out as it is now.
 * @param {"exposure" | "watch"} noun
 * @param {any} row
 * @param {any} after its fields, all of them
 */
export async function change(noun, { id, fields: before, work }, after) {
  const made = making(noun, work);
  if (made && (await replace(made.id, { fields: after }))) return;
  const { fields, was } = changes(before, after);
  const refused = isStuck(work) && /edit$/.test(work.operation.kind) && work.operation;
  if (!Object.keys(fields)[0]) {
    if (refused) await discard(refused.id);
  } else if (!refused || !(await replace(refused.id, { fields, was }))) {
    await perform({ kind: `${noun}.edit`, row: id, fields, was });
  }
}

/** Take it away; what was never sent leaves no trace. @param {"exposure" | "watch"} noun */
export async function remove(noun, { id, fields, work }) {
  const made = making(noun, work);
  const again = () => add(noun, fields);
  if (made && (await discard(made.id))) undo = again;
  else {
    const removal = await perform({ kind: `${noun}.${VERBS[noun][1]}`, row: id });
    undo = async () => (await discard(removal.id)) || again();
  }
}

/** "Removed. Undo", until something else is. @param {() => void} redraw */
export const undoing = (redraw) =>
  html`<div role="status">${
    undo &&
    strip("row apart", [
      word("removed"),
      button(
        word("undo"),
        async () => {
          const back = undo;
          undo = undefined;
          await back();
          redraw();
        },
        "quiet",
      ),
    ])
  }</div>`;

/** What is only saved here is never called sent; what was sent before this page needs no word. */
export function stands({ work }) {
  if (isStuck(work)) return strip("stop", way("/outbox", word("attention"), ""));
  if (!work || (work.state === "sent" && work.operation.made_at < opened)) return undefined;
  return strip(work.state === "sent" ? "sent" : "wait", word(work.state));
}
