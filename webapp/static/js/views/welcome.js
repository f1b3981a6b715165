/** After signing up: place, reach, units, and what she is told before she begins. */
import { me, perform, replace, status, sync } from "../phone/index.js";
import { _ } from "../words.js";
import { trouble } from "./composer-checks.js";
import { regionUnits, compose } from "./composer.js";
import { wire } from "./composer-form.js";

/** Where she was going; only an address of this site. */
function onward() {
  const next = new URL(new URLSearchParams(location.search).get("next") ?? "/nearby", location.origin);
  return next.origin === location.origin ? next.pathname + next.hash : "/nearby";
}

/** The units follow the place's country until she says otherwise. */
function followCountry(form) {
  form.addEventListener("change", ({ target }) => {
    const { units } = target.place ?? {};
    if (!units) return;
    const choice = form.querySelector(`[name=units][value=${units}]`);
    choice.checked = true;
    choice.dispatchEvent(new Event("change", { bubbles: true }));
  });
}

async function person() {
  if (!(await me())) await sync();
  return me();
}

/** @param {HTMLElement} main */
export async function mount(main) {
  const form = main.querySelector("form");
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  form.querySelector("[data-zone]").textContent = zone.replaceAll("_", " ");
  followCountry(form);

  async function begin(refuse) {
    const her = await person();
    if (!her && status().state === "signed_out") return location.assign("/sign-in?next=/welcome");
    if (!her) return trouble(form, _("This needs signal once. What you wrote stays here."));
    const fields = wire(form);
    const deed = { kind: "person.welcome", row: her.id, fields, draft: "welcome" };
    await (her.work?.state === "attention" ? replace(her.work.operation.id, { fields }) : perform(deed));
    await sync();
    const { work } = (await me()) ?? {};
    if (work?.outcome === "rejected") return refuse(work.errors);
    location.assign(onward());
  }

  const values = { units: [regionUnits()], time_zone: zone };
  await compose(form, { key: () => "welcome", values, last: _("Begin"), onDone: begin });
  const her = await person();
  if (her?.welcomed) location.replace(onward());
}
