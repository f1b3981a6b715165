import { html, nothing } from "lit-html";
import { alertsState, drafts, me, outbox, status } from "../phone/index.js";
import { _ } from "../words.js";
import { alerts } from "./me-alerts.js";
import { keep } from "./me-form.js";
import { leave } from "./me-leave.js";
import { outboxLink } from "./mine.js";
import { button, live, stranger, unwelcomed, way } from "./states.js";

async function load() {
  const [person, waiting, begun, state] = await Promise.all([
    me(),
    outbox(),
    drafts.list(),
    alertsState().catch(() => "unsupported"),
  ]);
  return { person, waiting, begun, state };
}

const version = () => document.querySelector("meta[name=version]")?.getAttribute("content");

const above = ({ person, waiting, state }) => html`<div class="stack wide">
  ${!person || status().state === "signed_out" ? stranger(waiting) : nothing} ${outboxLink(waiting)}
  ${unwelcomed(person)} ${alerts(state)}
</div>`;

const below = ({ person, waiting, begun }) => html`<div class="stack">
  <p>${way("/about", _("About Milkwell"), "")}</p>
  ${person ? button(_("Sign out"), () => leave([...waiting, ...begun]), "button stop") : nothing}
  <p class="soft">${_("Version %(version)s", { version: version() })}</p>
</div>`;

/** What she told of herself between this phone's alerts and the way out. @param {HTMLElement} main */
export function mount(main) {
  const form = /** @type {HTMLFormElement} */ (main.querySelector("form[data-form=person]"));
  const [top, bottom] = [document.createElement("section"), document.createElement("section")];
  main.querySelector(".waiting")?.remove();
  main.classList.add("stack", "wide");
  main.prepend(top);
  main.append(bottom);
  const draw = (data) => {
    if (form) keep(form, data.person);
    return above(data);
  };
  return Promise.all([live(top, load, draw), live(bottom, load, below)]);
}
