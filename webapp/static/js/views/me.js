import { html, nothing, render } from "lit-html";
import { status } from "../phone/index.js";
import { _ } from "../words.js";
import { standing } from "./card-strip.js";
import { showAlerts } from "./me-alerts.js";
import { keep } from "./me-form.js";
import { leaving } from "./me-leave.js";
import { outboxLink } from "./mine.js";
import { live, section, stack, stranger, strip, unwelcomed } from "./states.js";

const above = ({ person, waiting }) =>
  stack(
    !person || status().state === "signed_out" ? stranger(waiting) : nothing,
    outboxLink(waiting),
    unwelcomed(person),
  );

const opened = new Date().toISOString();

/** What became of what she changed here. */
const saved = (work) =>
  !work || work.operation.made_at < opened
    ? nothing
    : work.state === "sent"
      ? strip("sent", _("Saved"))
      : strip(...standing({ work }));

const below = ({ person, waiting, begun }) =>
  section(
    "stack",
    "",
    html`<div role="status">${saved(person?.work)}</div>`,
    person && leaving([...waiting, ...begun]),
  );

/** What she told of herself between this phone's alerts and the way out. @param {HTMLElement} main */
export function mount(main) {
  const form = /** @type {HTMLFormElement} */ (main.querySelector("form"));
  const [top, bottom] = ["div", "div"].map((name) => document.createElement(name));
  main.querySelector(".waiting").remove();
  main.className = "stack wide";
  main.prepend(top);
  form.after(bottom);
  return live(top, (data) => {
    keep(form, data.person);
    render(below(data), bottom);
    showAlerts(main.querySelector("#alerts"), data.alerts);
    return above(data);
  });
}
