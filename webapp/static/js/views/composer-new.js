/** A new offer or request: composed without an account, shared with one. */
import { drafts, me, perform, status, sync, uuid7 } from "../phone/index.js";
import { _ } from "../words.js";
import { compose, fetched } from "./composer.js";
import { trouble } from "./composer-checks.js";
import { wire } from "./composer-form.js";
import { mount as listing } from "./listing.js";

// The worker matches within seconds; the number told then comes with a pull.
const LOOKS_MS = [2_000, 6_000, 14_000, 30_000];

/** Whether she may share; else she is shown the way there, and the draft waits. */
async function mayShare(form) {
  const person = await fetched(me);
  await drafts.flush();
  if (person?.welcomed) return true;
  if (!person && status().state === "unreachable") {
    trouble(form, _("This needs signal once. It waits on this phone."));
  } else location.assign(`/${person ? "welcome" : "sign-up"}?next=${location.pathname}`);
  return false;
}

/** How it stands from now on, at its own address, whether or not there is signal. */
function follow(main, id) {
  history.replaceState(null, "", `/listings/${id}`);
  window.onpopstate = () => location.reload();
  document.body.classList.add("shared");
  for (const wait of LOOKS_MS) setTimeout(() => document.hidden || sync(), wait);
  main.focus();
  return listing(main.querySelector("[data-region]"));
}

/** @param {HTMLElement} main */
export function mount(main) {
  const form = main.querySelector("form");
  const { kind } = form.dataset;
  return compose(form, kind, {}, async () => {
    if (!(await mayShare(form))) return;
    const fields = { kind, ...wire(form) };
    const publish = { kind: "listing.publish", row: uuid7(), fields, draft: kind };
    await perform(publish);
    await follow(main, publish.row);
  });
}
