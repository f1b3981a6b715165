/** How it stands with one's own listing. Pure. */
import { daysSince } from "../dates.js";
import { _, LABELS, ngettext } from "../words.js";

const SOON_MS = 48 * 3_600_000;

function sent(told) {
  if (!told) return _("Sent. We'll tell you when something fits.");
  if (told === 2) return _("Sent. Two families near you were told.");
  return ngettext(
    "Sent. One family near you was told.",
    "Sent. %(num)s families near you were told.",
    told,
  );
}

/**
 * What is only saved here is never called sent.
 * @param {any} row her own
 * @returns {[tone: "wait" | "stop" | "sent" | "", text: string]}
 */
export function standing({ work, status, told }) {
  const { state, operation } = work ?? {};
  if (isStuck(work)) return ["stop", _("Needs attention")];
  if (state === "sending") return ["wait", _("Sending")];
  if (state === "saved") {
    return [
      "wait",
      operation.kind === "listing.publish"
        ? _("Saved on this phone. Nobody has seen it yet.")
        : _("Saved on this phone. Not sent yet."),
    ];
  }
  // What is open has no words of its own.
  return LABELS[status] ? ["", LABELS[status]] : ["sent", sent(told)];
}

/** Whether it waits for her. @param {{state: string}} [work] a row's, or an operation */
export const isStuck = (work) => work?.state === "attention";

/** Whether it can still be changed. @param {any} row her own */
export const isLive = ({ status }) => status === "open" || status === "paused";

/**
 * Whether its owner is asked if it still holds: what runs out within two days, unless she said so
 * today or has just said something that isn't sent.
 * @param {any} row her own
 */
export const isDoubtful = (row) =>
  row.status === "open" &&
  (row.work?.state ?? "sent") === "sent" &&
  Date.parse(row.expires_at) - Date.now() < SOON_MS &&
  daysSince(row.fresh_on) > 0;
