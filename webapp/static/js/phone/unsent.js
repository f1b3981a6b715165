/** What is not sent, as a file of her own, and back from it. */
import { recall } from "./database.js";
import { drafts } from "./drafts.js";
import { keep, outbox } from "./outbox.js";
import { sync } from "./sync.js";

/** Far more than anybody writes without signal. */
const MOST_BYTES = 4_000_000;

/**
 * @typedef {object} Unsent
 * @property {1} unsent the version of this shape
 * @property {string} person whose it is
 * @property {import("./operations.js").Operation[]} operations
 * @property {{key: string, value: any, saved_at: string}[]} drafts
 */

/** All that she would lose with this phone. @returns {Promise<Unsent>} */
export const unsent = async () => ({
  unsent: 1,
  person: await recall("person"),
  operations: await outbox(),
  drafts: await drafts.list(),
});

const ID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/;
const isText = (value) => typeof value === "string";

/** Answers as the wire has them: texts, or lists of texts. */
const areAnswers = (value) =>
  Object(value) === value && Object.values(value).every((each) => [each].flat().every(isText));

/** What this phone can hold; the server refuses whatever else is wrong. @param {any} operation */
const isOperation = ({ id, kind, row, after, made_at, fields, was = {} }) =>
  ID.test(id) &&
  [kind, row, ...after].every(isText) &&
  Date.parse(made_at) > 0 &&
  [fields, was].every(areAnswers);

const isDraft = ({ key, value }) =>
  isText(key) && (isText(value) || areAnswers(value.values ?? value));

/**
 * Load such a file back: all of it or nothing. What is here already stays as it is here; what the
 * server has done already keeps its id, so that it is not done again.
 * @param {Blob} file
 * @returns {Promise<"large" | "broken" | "everything" | "other" | "here" | "loaded">} "everything"
 *   is what GET /api/mine gives; "here": nothing in it was new
 */
export async function loadUnsent(file) {
  if (file.size > MOST_BYTES) return "large";
  /** @type {Unsent & {milkwell?: object}} */
  let said;
  try {
    said = JSON.parse(await file.text());
    if (said.milkwell) return "everything";
    if (!said.operations.every(isOperation) || !said.drafts.every(isDraft)) return "broken";
  } catch {
    return "broken";
  }
  // Right after a sign-in the phone doesn't know yet whose it is.
  if (!(await recall("person"))) await sync();
  // As if just done: what the server once answered, it answers again.
  const begun = { state: "saved", answer: undefined, tries: 0, shows: undefined };
  return keep(async ({ meta, outbox: box, drafts: kept }) => {
    if (said.person !== (await meta.get("person"))) return "other";
    let result = "here";
    const load = async (store, id, ...row) => {
      if (await store.get(id)) return;
      await store.put(...row);
      result = "loaded";
    };
    for (const each of said.operations) await load(box, each.id, { ...each, ...begun });
    for (const each of said.drafts) await load(kept, each.key, each, each.key);
    // What it builds on may be the other phone's to send again, to a server that was restored.
    await meta.put(Date.now(), "renewed");
    return result;
  });
}
