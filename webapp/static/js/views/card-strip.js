/** How it stands with one's own listing. Pure. */
import { _, ngettext } from "../words.js";

const NOBODY = {
  paused: _("Paused. Nobody sees it."),
  withdrawn: _("Withdrawn. Nobody sees it."),
  expired: _("Its time is over. Nobody sees it."),
  closed: _("Closed. Nobody sees it."),
};

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
  if (work?.state === "attention") return ["stop", _("Needs attention")];
  if (work?.state === "sending") return ["wait", _("Sending")];
  if (work?.state === "saved") {
    return work.operation.kind === "listing.publish"
      ? ["wait", _("Saved on this phone. Nobody has seen it yet.")]
      : ["wait", _("Saved on this phone. Not sent yet.")];
  }
  return NOBODY[status] ? ["", NOBODY[status]] : ["sent", sent(told)];
}

/** Whether it can still be changed. @param {any} row her own */
export const isLive = ({ status }) => status === "open" || status === "paused";
