/** What conversations are called, and how their letters stand. Pure. */
import { amount } from "../units.js";
import { _, format } from "../words.js";

/**
 * A conversation's letters as they stand on every phone: in the server's order, and after them
 * what is not sent yet, in the order in which she wrote it.
 * @param {any[]} letters
 * @param {string} conversation
 */
export const ordered = (letters, conversation) =>
  letters
    .filter((each) => each.conversation === conversation)
    .sort(
      (one, other) =>
        (one.position ?? Infinity) - (other.position ?? Infinity) || one.id.localeCompare(other.id),
    );

/**
 * A listing, as far as this phone knows it: one beyond what it holds by the card that came with a
 * match or a conversation.
 * @param {any} data of a view
 * @param {string} id
 */
export const known = (data, id) =>
  data.listings.find((each) => each.id === id) ??
  [...data.matches, ...data.conversations].find((each) => each.other === id && !each.gone)?.card;

/** Said where the milk that a conversation is about isn't as it was. */
export const CHANGED = _("Something changed about this milk. Ask before you feed it.");

const TITLES = {
  offer: [_("Offer, %(amount)s"), _("Offer, %(amount)s near %(place)s")],
  request: [_("Request, %(amount)s"), _("Request, %(amount)s near %(place)s")],
};

/**
 * What a conversation is called: by what it is about, or by the first name that she was opened.
 * @param {any} conversation
 * @param {any} data of a view
 */
export function called({ opened, card, gone, other }, data) {
  const shown = !gone && (card ?? known(data, other));
  if (!shown) return _("Not available any more.");
  const place = shown.cell?.near;
  const values = { amount: amount(shown.volume_ml, data.person?.units), place };
  return opened?.name ?? format(TITLES[shown.kind][place ? 1 : 0], values);
}

/** Whether there is something in it that she hasn't read. @param {any} conversation */
export const isUnread = ({ position, read = 0 }) => position > read;

/** @param {any[]} letters of one conversation @returns {number} those that she hasn't read */
export const unreadIn = (letters, { read = 0 }) =>
  letters.filter((each) => !each.mine && each.position > read).length;

/**
 * Conversations in which somebody wrote about a listing of hers and has no answer yet.
 * @param {any[]} conversations
 * @param {string} listingId her own
 */
export const unanswered = (conversations, listingId) =>
  conversations.filter(
    (each) => each.listing === listingId && !(each.started || each.answered || each.gone),
  );

/** Whether it is only on this phone. @param {{work?: {state: string}}} row */
export const unsent = (row) => (row.work?.state ?? "sent") !== "sent";

/** How far a letter of hers has come, once it is sent. */
export function arrival({ position }, { seen = 0, delivered = 0 }) {
  if (position <= seen) return _("Seen");
  return position <= delivered ? _("Delivered") : _("Sent");
}

/**
 * Which of her own listings may go along with a first letter: the match's own first.
 * @param {any[]} mine
 * @param {any} listing the other's
 * @param {any} [match]
 */
export const alongside = (mine, listing, match) =>
  mine
    .filter((each) => each.status === "open" && each.kind !== listing.kind)
    .sort((one, other) => Number(other.id === match?.mine) - Number(one.id === match?.mine));
