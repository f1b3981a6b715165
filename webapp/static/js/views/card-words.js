/** What the codes on a card are called. */
import { day, daysSince, months } from "../dates.js";
import { amount } from "../units.js";
import { _ } from "../words.js";

const EMERGENCY_DAYS = 3;

export const DIET = {
  dairy_free: _("Dairy-free"),
  soy_free: _("Soy-free"),
  egg_free: _("Egg-free"),
  nut_free: _("Nut-free"),
  gluten_free: _("Gluten-free"),
  corn_free: _("Corn-free"),
  vegan: _("Vegan"),
  vegetarian: _("Vegetarian"),
  halal: _("Halal"),
  kosher: _("Kosher"),
  organic: _("Organic"),
};

export const EXPOSURE = {
  medicine: _("Medicines"),
  alcohol: _("Alcohol"),
  caffeine: _("Caffeine"),
  nicotine: _("Nicotine"),
  cannabis: _("Cannabis"),
  illness: _("Illness"),
};

export const AGE = {
  newborn_4w: _("Under 4 weeks"),
  "1_3m": _("1 to 3 months"),
  "3_6m": _("3 to 6 months"),
  "6_12m": _("6 to 12 months"),
  "12_24m": _("1 to 2 years"),
  over_24m: _("Over 2 years"),
};

/** Said of her by others and of herself alike. */
export const NEED = {
  emergency: _("Tonight"),
  short: _("For two weeks"),
  bridge_supply: _("Until her own milk is enough"),
  ongoing: _("For longer"),
  stockpile: _("To have some at home"),
};

export const KEPT = { frozen: _("frozen"), refrigerated: _("in the fridge"), fresh: _("fresh") };
export const YOURS = { offer: _("Your offer"), request: _("Your request") };
const THEIRS = { offer: _("Offer"), request: _("Request") };

/** What can be done with one's own. */
export const DEED = {
  pause: _("Pause"),
  resume: _("Show it again"),
  withdraw: _("Withdraw"),
  renew: _("Renew"),
  gave: _("I gave some"),
  enough: _("I have enough"),
};

export const NOT_SAID = _("not said");

/** "Medicines: not said". @param {string} name @param {string} said */
export const says = (name, said) => _("%(name)s: %(said)s", { name, said });

/** @param {import("../distance.js").Cell} [cell] */
export const near = (cell) => cell?.near && _("near %(place)s", { place: cell.near });

/** Shown to others only where she chose so. */
export const isBelief = (code) => code === "halal" || code === "kosher";

/** Her diet as others see it: since when, or for how many weeks. */
const dietOf = (fields) =>
  (fields.diet ?? fields.must ?? [])
    .filter((code) => fields.must || fields.show_belief || !isBelief(code))
    .map((code) => [code, fields[`since-${code}`] ?? fields[`weeks-${code}`] ?? ""]);

/**
 * One's own listing as others see it, read from its form's fields.
 * @param {any} row
 */
export function cardOf(row) {
  const { mine, fields = {} } = row;
  if (!mine) return row;
  const [state, ...span] = ["state", "pumped_from", "pumped_to"].map(
    (name) => fields[`batches-0-${name}`],
  );
  const diet = Object.fromEntries(dietOf(fields));
  return { ...fields, ...row, state, pumped: span[0] && span, diet };
}

/** The emergency label runs out by itself. */
export const isEmergency = ({ need, fresh_on, emergency_until }) =>
  need === "emergency" &&
  (emergency_until
    ? Date.parse(emergency_until) > Date.now()
    : !(daysSince(fresh_on) >= EMERGENCY_DAYS));

/** "Offer, frozen", "Needed by tonight". @param {any} card of cardOf() */
export function kindAndState(card) {
  const { kind, mine, by_on, state } = card;
  const by = isEmergency(card) ? _("tonight") : by_on && day(by_on);
  if (by && !mine) return _("Needed by %(day)s", { day: by });
  const more = kind === "offer" ? KEPT[state] : by && _("by %(day)s", { day: by });
  return [(mine ? YOURS : THEIRS)[kind], more].filter(Boolean).join(", ");
}

/** Under the amount: when it was pumped, or how it is needed. @param {any} card of cardOf() */
export function underAmount({ kind, pumped, daily_ml, need }, units) {
  if (kind === "offer") {
    return pumped
      ? _("Pumped %(months)s", { months: months(pumped) })
      : says(_("Pumped"), NOT_SAID);
  }
  if (daily_ml > 0) return _("%(amount)s a day", { amount: amount(daily_ml, units) });
  return need === "emergency" ? "" : NEED[need];
}
