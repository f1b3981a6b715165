/** What the codes on a card are called. */
import { batchesIn } from "../batches.js";
import { day, daysSince, months } from "../dates.js";
import { amount } from "../units.js";
import { _, LABELS } from "../words.js";

const EMERGENCY_DAYS = 3;

export const YOURS = { offer: _("Your offer"), request: _("Your request") };

export const NOT_SAID = _("not said");

/** A code in the words of a card: within a sentence, and said of her by others. */
export const onCard = (code) => LABELS[`card-${code}`] ?? LABELS[code];

/** "Medicines: not said". @param {string} name @param {string} said */
export const says = (name, said) => _("%(name)s: %(said)s", { name, said });

/** @param {import("../distance.js").Cell} [cell] */
export const near = (cell) => cell?.near && _("near %(place)s", { place: cell.near });

/** Shown to others only where she chose so. */
export const isBelief = (code) => code === "halal" || code === "kosher";

/**
 * One's own listing as others see it, read from its form's fields.
 * @param {any} row
 */
export function cardOf(row) {
  const { mine, fields = {} } = row;
  if (!mine) return row;
  const { diet, must, show_belief } = fields;
  const milk = batchesIn(fields);
  const all = (name) => [...new Set(milk.map((batch) => batch[name]))].filter(Boolean).sort();
  const known = milk.every((batch) => batch.pumped_from && !batch.look);
  const days = [...all("pumped_from"), ...all("pumped_to")].sort();
  const asked = must?.filter((code) => fields[`weeks-${code}`] !== undefined);
  const shown = (asked ?? diet ?? []).filter((code) => must || show_belief || !isBelief(code));
  const since = (code) => fields[`since-${code}`] ?? fields[`weeks-${code}`] ?? "";
  // What she noted she had on some days alone, others read as none until a day of it meets her milk.
  const dated = Object.entries(fields).filter(([, said]) => said === "dated");
  return {
    ...fields,
    ...Object.fromEntries(dated.map(([code]) => [code, "none"])),
    ...row,
    state: all("state"),
    treatment: all("treatment"),
    pumped: known && days[0] && [days[0], days.at(-1)],
    diet: Object.fromEntries(shown.map((code) => [code, since(code)])),
  };
}

/** The emergency label runs out by itself. */
export const isEmergency = (card) =>
  card.need === "emergency" &&
  (card.emergency_until
    ? Date.parse(card.emergency_until) > Date.now()
    : !(daysSince(card.fresh_on) >= EMERGENCY_DAYS));

/** "Offer, frozen", "Needed by tonight". @param {any} card of cardOf() */
export function kindAndState(card) {
  const { kind, mine, by_on, state } = card;
  const by = isEmergency(card) ? _("tonight") : by_on && day(by_on);
  if (by && !mine) return _("Needed by %(day)s", { day: by });
  const states = [state ?? []].flat().map(onCard).join(", ");
  const more = by ? _("by %(day)s", { day: by }) : states;
  const name = (mine ? YOURS : LABELS)[kind];
  return more ? `${name}, ${more}` : name;
}

/** Under the amount: when it was pumped, or how it is needed. @param {any} card of cardOf() */
export function underAmount({ kind, pumped, daily_ml, need }, units) {
  if (kind === "offer") {
    return pumped
      ? _("Pumped %(months)s", { months: months(pumped) })
      : says(_("Pumped"), NOT_SAID);
  }
  if (daily_ml > 0) return _("%(amount)s a day", { amount: amount(daily_ml, units) });
  return need === "emergency" ? "" : onCard(need);
}
