/** How it stands with one's own listing. Pure. */
import { _, ngettext } from "../words.js";

const UNSEEN = {
  paused: _("Paused."),
  withdrawn: _("Withdrawn."),
  expired: _("Its time is over."),
  closed: _("Closed."),
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
  const { state, operation } = work ?? {};
  if (isStuck(work)) return ["stop", _("Needs attention")];
  if (state === "sending") return ["wait", _("Sending")];
  if (state === "saved") {
    const unseen = operation.kind === "listing.publish";
    return [
      "wait",
      unseen
        ? _("Saved on this phone. Nobody has seen it yet.")
        : _("Saved on this phone. Not sent yet."),
    ];
  }
  return UNSEEN[status] ? ["", `${UNSEEN[status]} ${_("Nobody sees it.")}`] : ["sent", sent(told)];
}

/** Whether it waits for her. @param {{state: string}} [work] a row's, or an operation */
export const isStuck = (work) => work?.state === "attention";

/** Whether it can still be changed. @param {any} row her own */
export const isLive = ({ status }) => status === "open" || status === "paused";
