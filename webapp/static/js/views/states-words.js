/** What a person is told of the phone and its server. */
import { ago } from "../dates.js";
import { distance } from "../units.js";
import { _ } from "../words.js";

/** State, tone and sentence, where the sentence doesn't hang on the time. */
const SAID = {
  signed_out: ["wait", _("Sign in again to send what is saved here")],
  suspended: ["stop", _("This account is suspended. What you saved stays on this phone.")],
  other_device: ["stop", _("Another account uses this phone. Sign out and in again to go on.")],
  erased: ["stop", _("This account was erased. Save what is unsent as a file, then sign out.")],
  client_too_old: ["stop", _("Milkwell has changed. Load the page again to go on.")],
};

/**
 * How fresh what she sees is, truly.
 * @param {import("../phone/status.js").Status} status
 * @param {{reach_km?: number, units?: any}} [person]
 * @param {number} [now] epoch milliseconds
 * @returns {{text: string, tone: "" | "wait" | "stop", signIn?: boolean}}
 */
export function syncWords({ state, synced_at }, person, now = Date.now()) {
  const when = synced_at && ago(synced_at, now);
  if (SAID[state]) {
    const [tone, text] = SAID[state];
    return { tone, text, signIn: state === "signed_out" };
  }
  if (state === "unreachable") {
    return {
      tone: "",
      text: when ? _("Offline. What you see is from %(when)s.", { when }) : _("Offline."),
    };
  }
  if (state === "failed") {
    const text = when
      ? _("Something went wrong on our side. What you see is from %(when)s.", { when })
      : _("Something went wrong on our side. We'll try again.");
    return { tone: "wait", text };
  }
  if (!when) return { tone: "", text: _("Not updated yet") };
  if (!person?.reach_km) return { tone: "", text: _("Updated %(when)s", { when }) };
  const reach = distance(person.reach_km, person.units, true);
  return { tone: "", text: _("Updated %(when)s, within %(reach)s", { when, reach }) };
}
