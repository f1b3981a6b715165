/** What somebody opened of a batch of her milk, in words. Pure. */
import { amount } from "../units.js";
import { _, LABELS, ngettext } from "../words.js";
import { days } from "./calendar-words.js";
import { onCard } from "./card-words.js";
import { isDated } from "./milk-marks.js";

/** What answers to a question say without it; the others stand by themselves. */
const WORDS = {
  frozen_within: {
    "24h": _("frozen within 24 hours"),
    "4d": _("frozen within 4 days"),
    longer: _("frozen later than after 4 days"),
    unknown: _("how soon it froze is not known"),
  },
  pooled: { yes: _("several pumpings in one"), no: _("each pumping by itself") },
  thawed: { yes: _("was thawed"), no: _("never thawed") },
  power_loss: { yes: _("there was a power cut"), no: _("no power cut") },
  labelled: {
    date: _("date written on it"),
    volume: _("amount written on it"),
    both: _("date and amount written on it"),
    neither: _("nothing written on it"),
  },
};

const CODES = ["container", "storage", "stage", "treatment"];

/**
 * What was said of one batch, in the order in which it is asked; nothing of what wasn't.
 * @param {Record<string, any>} batch by its form's names
 * @param {import("../units.js").Units} [units]
 * @returns {string[]}
 */
export function said(batch, units) {
  const { state, volume_ml, portions, pumped_from, pumped_to } = batch;
  return [
    volume_ml && amount(+volume_ml, units),
    portions && ngettext("%(num)s portion", "%(num)s portions", +portions),
    onCard(state),
    isDated(batch)
      ? _("pumped %(days)s", { days: days(pumped_from, pumped_to) })
      : _("when it was pumped she'd have to look"),
    ...CODES.map((name) => LABELS[batch[name]]),
    ...Object.entries(WORDS).map(([name, words]) => words[batch[name]]),
  ].filter(Boolean);
}
