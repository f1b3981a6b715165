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

const KEPT = { frozen: _("frozen"), refrigerated: _("in the fridge"), fresh: _("fresh") };

/** Said of her by others and of herself alike. */
export const NEED = {
  emergency: _("Tonight"),
  short: _("For two weeks"),
  bridge_supply: _("Until her own milk is enough"),
  ongoing: _("For longer"),
  stockpile: _("To have some at home"),
};

const BELIEFS = ["halal", "kosher"];

/** Her diet as others see it: since when, or for how many weeks. */
const dietOf = (fields) =>
  Object.fromEntries(
    [fields.diet ?? fields.must ?? []]
      .flat()
      .filter((code) => fields.kind === "request" || fields.show_belief || !BELIEFS.includes(code))
      .map((code) => [code, fields[`since-${code}`] ?? Number(fields[`weeks-${code}`] ?? 0)]),
  );

/** "Some" and "I'd rather talk" read the same to others. */
const exposuresOf = (fields) =>
  Object.fromEntries(
    Object.keys(EXPOSURE).map((code) => [
      code,
      fields[code] && (fields[code] === "none" ? "none" : "ask"),
    ]),
  );

/**
 * One's own listing as others see it: what is on the phone alone is read from its form's fields.
 * @param {any} row
 */
export function cardOf(row) {
  if (!row.mine) return row;
  const { fields = {} } = row;
  const batch = (name) => fields[`batches-0-${name}`];
  return {
    ...fields,
    ...row,
    volume_ml: Number(row.volume_ml ?? fields.volume_ml),
    state: batch("state"),
    pumped: batch("pumped_from") && [batch("pumped_from"), batch("pumped_to")],
    diet: dietOf(fields),
    ...exposuresOf(fields),
  };
}

/** The emergency label runs out by itself. */
export const isEmergency = ({ need, fresh_on, emergency_until }) =>
  need === "emergency" &&
  (emergency_until
    ? Date.parse(emergency_until) > Date.now()
    : !fresh_on || daysSince(fresh_on) < EMERGENCY_DAYS);

/** "Offer, frozen", "Needed by tonight". @param {any} card of cardOf() */
export function kindAndState(card) {
  const { kind, mine, by_on } = card;
  if (kind === "offer") {
    const state = KEPT[card.state];
    return mine ? _("Your offer, %(state)s", { state }) : _("Offer, %(state)s", { state });
  }
  const by = isEmergency(card) ? _("tonight") : by_on && day(by_on);
  if (!by) return mine ? _("Your request") : _("Request");
  return mine ? _("Your request, by %(day)s", { day: by }) : _("Needed by %(day)s", { day: by });
}

/** Under the amount: when it was pumped, or how it is needed. @param {any} card of cardOf() */
export function underAmount({ kind, pumped, daily_ml, need }, units) {
  if (kind === "offer") {
    return pumped ? _("Pumped %(months)s", { months: months(pumped) }) : _("Pumped: not said");
  }
  if (Number(daily_ml)) return _("%(amount)s a day", { amount: amount(Number(daily_ml), units) });
  return need === "emergency" ? "" : (NEED[need] ?? "");
}
