/** After signing up: place, reach, units, and what she is told before she begins. */
import { me, perform, replace, status, sync } from "../phone/index.js";
import { _ } from "../words.js";
import { compose, fetched } from "./composer.js";
import { trouble } from "./composer-checks.js";
import { wire } from "./composer-form.js";
import { part } from "./reveal.js";

/** Where she was going; only an address of this site. */
function onward() {
  const next = new URL(
    new URLSearchParams(location.search).get("next") ?? "/nearby",
    location.origin,
  );
  location.assign(next.origin === location.origin ? next : "/nearby");
}

/** @param {HTMLElement} main */
export async function mount(main) {
  const form = main.querySelector("form");
  const kept = part("kept");
  const time_zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  form.querySelector("[data-zone]").textContent = time_zone.replaceAll("_", " ");
  // The units follow the place's country until she says otherwise; before all else hears of it.
  form.addEventListener(
    "input",
    ({ target }) => {
      const { units } = /** @type {any} */ (target);
      if (units) /** @type {any} */ (form.elements).units.value = units;
    },
    true,
  );

  const consent_version = form.elements.consent_version.value;
  await compose(form, "welcome", {}, async (refuse) => {
    if (!kept.hidden) return onward();
    const her = await fetched(me);
    if (!her && status().state === "signed_out") return location.assign("/sign-in?next=/welcome");
    if (!her) return trouble(form, _("This needs signal once. It waits on this phone."));
    // As they stand now, whatever an old draft says.
    const fields = { ...wire(form), time_zone, consent_version };
    const { state, operation } = her.work ?? {};
    await (state === "attention" && operation.kind === "person.welcome"
      ? replace(operation.id, { fields })
      : perform({ kind: "person.welcome", row: her.id, fields, draft: "welcome" }));
    await sync();
    const { work } = (await me()) ?? {};
    if (work?.outcome === "rejected") refuse(work.errors);
    else if (/saved|sending/.test(work?.state)) {
      kept.hidden = false;
      kept.scrollIntoView({ block: "center" });
    } else onward();
  });
  if ((await fetched(me))?.welcomed) onward();
}
