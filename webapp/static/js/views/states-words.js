/** What a person is told of the phone and its server. */
import { ago } from "../dates.js";
import { distance } from "../units.js";
import { _ } from "../words.js";

/** Where it is tried again; what she sees is as old as it is. */
const BROKEN = {
  unreachable: ["soft", _("Offline.")],
  failed: ["strip wait", _("Something went wrong on our side. We'll try again.")],
};

/** Where nothing is fetched any more: every page says so at its top (layouts/document.html). */
export const STOPPED = /^(suspended|other_device|erased|client_too_old)$/;

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
  const old = when && _("What you see is from %(when)s.", { when });
  if (BROKEN[state]) {
    const [kind, text] = BROKEN[state];
    return [kind, old ? `${text} ${old}` : text];
  }
  if (!when) return ["soft", _("Not updated yet")];
  if (STOPPED.test(state)) return ["soft", old];
  if (!person?.reach_km) return ["soft", _("Updated %(when)s", { when })];
  const reach = distance(person.reach_km, person.units, true);
  return ["soft", _("Updated %(when)s, within %(reach)s", { when, reach })];
}
