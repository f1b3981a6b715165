/** What a person is told of the phone and its server. */
import { ago } from "../dates.js";
import { distance } from "../units.js";
import { _ } from "../words.js";

/** Where nothing is fetched by itself any more: what she can do. */
const STOPPED = {
  suspended: _("This account is suspended. What you saved stays on this phone."),
  other_device: _("Another account uses this phone. Sign out and in again to go on."),
  erased: _("This account was erased. Sign out to go on."),
  client_too_old: _("Milkwell has changed. Load the page again to go on."),
};

/** Where it is tried again; what she sees is as old as it is. */
const BROKEN = {
  unreachable: ["soft", _("Offline.")],
  failed: ["strip wait", _("Something went wrong on our side. We'll try again.")],
};

/**
 * How fresh what she sees is, truly.
 * @param {import("../phone/status.js").Status} status
 * @param {{reach_km?: number, units?: any}} [person]
 * @param {number} [now] epoch milliseconds
 * @returns {[kind: string, text: string]} the paragraph's class, and its words
 */
export function syncWords({ state, synced_at }, person, now) {
  const when = synced_at && ago(synced_at, now);
  if (state === "signed_out") return ["strip wait", _("Sign in again to send what is saved here")];
  if (STOPPED[state]) return ["strip stop", STOPPED[state]];
  if (BROKEN[state]) {
    const [kind, text] = BROKEN[state];
    return [kind, when ? `${text} ${_("What you see is from %(when)s.", { when })}` : text];
  }
  if (!when) return ["soft", _("Not updated yet")];
  if (!person?.reach_km) return ["soft", _("Updated %(when)s", { when })];
  const reach = distance(person.reach_km, person.units, true);
  return ["soft", _("Updated %(when)s, within %(reach)s", { when, reach })];
}
