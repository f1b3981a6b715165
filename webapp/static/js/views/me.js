import { spoken } from "../dates.js";
import { perform, status } from "../phone/index.js";
import { html, render } from "../template.js";
import { _ } from "../words.js";
import { standing } from "./card-strip.js";
import { showAlerts } from "./me-alerts.js";
import { keep } from "./me-form.js";
import { leaving } from "./me-leave.js";
import { chooseTheme, count, showStorage } from "./me-phone.js";
import { showRights } from "./me-rights.js";
import { outboxLink } from "./mine.js";
import { reveal } from "./reveal.js";
import { button, line, live, section, stack, stranger, strip, unwelcomed } from "./states.js";

const opened = new Date().toISOString();

/** What became of what she changed here. */
function saved(work) {
  if (!work || work.operation.made_at < opened) return undefined;
  if (work.state !== "sent") return strip(...standing({ work }));
  const { language } = work.operation.fields;
  // Every shell and every word comes anew.
  if (language) location.assign(`/language/${language}?next=/me`);
  return strip("sent", _("Saved"));
}

/** She silenced alerts from one of them: until when, and an end to it. */
function muted({ id: row, muted_until: until }) {
  if (!(Date.parse(until) > Date.now())) return "";
  const end = () =>
    perform({ kind: "person.mute", row, fields: { until: new Date().toISOString() } });
  const time = spoken("DateTimeFormat", { timeStyle: "short" }).format(Date.parse(until));
  return section(
    "stack",
    "",
    strip(
      "wait",
      _("No alerts until %(time)s, as you asked. Only your own emergency wakes you.", { time }),
    ),
    line("row", button(_("Alert me again"), end)),
  );
}

const above = ({ person, waiting }) =>
  stack(
    (!person || status().state === "signed_out") && stranger(waiting),
    outboxLink(waiting),
    unwelcomed(person),
    person && muted(person),
    html`<div role="status">${saved(person?.work)}</div>`,
  );

/** Fill what the shell has ready. @param {HTMLElement} main */
export function mount(main) {
  const [form, storage, alerts, below] = ["form", "#storage", "#alerts", "#below"].map((name) =>
    main.querySelector(name),
  );
  chooseTheme(main);
  showStorage(storage);
  return live(
    main.querySelector("#above"),
    (data) => {
      const { person } = data;
      keep(form, person);
      showAlerts(alerts, data.alerts);
      reveal(main, "her", person ? (person.welcomed ? "welcomed" : "known") : "");
      showRights(person);
      count(storage, data);
      render(person && section("stack", "", leaving()), below);
      return above(data);
    },
    true,
  );
}
