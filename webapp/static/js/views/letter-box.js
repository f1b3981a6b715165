/** Where she writes: it keeps a draft, counts near its limit, and takes back what was refused. */
import { drafts, enliven, perform, replace, uuid7 } from "../phone/index.js";
import { _ } from "../words.js";

const FIRST_MOST = 500;
const MOST = 2000;

let form;
let box;
let conversation;
let key;
/** The other's listing, whether it is the one letter before an answer, and one that was refused. */
let listing;
let first;
let refused;
/** The id of the refused letter whose text stands in the box. */
let mends;

/** Whether the text of this letter stands in the box. */
export const isMended = (letter) => letter.id === mends;

/** How it stands with the refused letter that is in the box. */
const refusal = () => refused && isMended(refused) && refused.work;

/** Say how it stands with what she writes: its length near the limit, and what was wrong. */
function tell() {
  const { count, error } = form.elements;
  const { length } = [...box.value];
  const most = first ? FIRST_MOST : MOST;
  const wrong = refusal();
  box.setCustomValidity(length > most ? form.dataset.long : "");
  // Where the sheet can't let it grow (field-sizing), its rows do, as wide as a phone is.
  box.rows = Math.min(8, 1 + length / 28);
  box.ariaInvalid = `${Boolean(wrong)}`;
  count.value = length > most * 0.8 ? `${length} / ${most}` : "";
  error.value = wrong
    ? Object.values(wrong.errors ?? {})
        .flat()
        .join(" ") || _("Something went wrong on our side. We'll try again.")
    : "";
}

/** Bring a refused letter back into the box, before whatever she has begun there since. */
export function mend(letter) {
  mends = letter.id;
  box.value = [letter.text, box.value].filter(Boolean).join("\n\n");
  box.focus();
  form.oninput();
}

async function send(text) {
  const { operation: old } = refusal() || {};
  const mine = new FormData(form).get("mine") ?? old?.fields.mine;
  const fields = { conversation, text, ...(first && { listing, mine }) };
  if (old) {
    await replace(old.id, { fields });
    await drafts.discard(key);
  } else await perform({ kind: "message.send", row: uuid7(), fields, draft: key });
  mends = undefined;
}

/**
 * Begin, once a page, with what she had begun to write.
 * @param {any} element the form
 * @param {string} id the conversation's
 */
export async function begin(element, id) {
  form = element;
  box = form.elements.text;
  conversation = id;
  key = `letter/${id}`;
  const draft = await drafts.load(key);
  box.value = draft?.text ?? "";
  mends = draft?.text && draft.mends;
  form.onsubmit = async (event) => {
    event.preventDefault();
    const { value } = box;
    if (!value.trim()) return;
    // Emptied at once, so that a second tap has nothing to send; and filled again if that failed.
    box.value = "";
    await send(value.trim()).catch((error) => {
      box.value = value;
      throw error;
    });
  };
  form.oninput = () => {
    drafts.save(key, { text: box.value, mends });
    tell();
    enliven();
  };
}

/**
 * Show the box as the conversation stands.
 * @param {string} other the other's listing
 * @param {boolean} isFirst whether it is the one letter before an answer
 * @param {any} [wrong] a letter of hers that the server refused
 */
export function show(other, isFirst, wrong) {
  listing = other;
  first = isFirst;
  refused = wrong;
  if (refused && !isMended(refused) && !box.value) {
    mends = refused.id;
    box.value = refused.text;
  }
  tell();
}
