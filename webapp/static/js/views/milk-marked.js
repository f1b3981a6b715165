/** On her own offer: which of its milk her calendar marks, and by what. Only she sees it. */
import { dayAhead } from "../elements/periods.js";
import { render } from "../template.js";
import { _, LABELS } from "../words.js";
import { days, inShort } from "./calendar-words.js";
import { written } from "./card.js";
import { isDated, marksOf } from "./milk-marks.js";
import { line, section, way } from "./states.js";

const milk = (batch) =>
  isDated(batch)
    ? `${LABELS[batch.state]}, ${days(batch.pumped_from, batch.pumped_to)}`
    : LABELS[batch.state];

/**
 * @param {Element} place
 * @param {{fields?: Record<string, any>}} listing her own, or what a composer holds
 * @param {any[]} [exposures] rows of her calendar
 */
export function show(place, { fields = {} }, exposures = []) {
  const entries = exposures.map((row) => row.fields);
  const marks = marksOf(fields, entries, dayAhead(0));
  render(
    marks[0] &&
      section(
        "panel",
        _("Your calendar marks this milk"),
        written(marks.map((each) => [milk(each.batch), each.entries.map(inShort).join("\n")])),
        line("soft", _("Others read “ask her”, and never what it was or when.")),
        line("", way("/calendar", _("Your calendar"), "quiet")),
      ),
    place,
  );
}
