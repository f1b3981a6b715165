/** A new offer or request: composed without an account, shared with one. */
import {
  alertsState,
  drafts,
  me,
  perform,
  row,
  status,
  sync,
  uuid7,
  watch,
} from "../phone/index.js";
import { _ } from "../words.js";
import { compose, fetched } from "./composer.js";
import { anew } from "./composer-again.js";
import { trouble } from "./composer-checks.js";
import { answers } from "./composer-wants.js";
import { mount as listing } from "./listing.js";
import { showAlerts } from "./me-alerts.js";
import { part } from "./reveal.js";

// The worker matches within seconds; the number told then comes with a pull.
const LOOKS_MS = [2_000, 6_000, 14_000, 30_000];

/** Whether she may share; else she is shown the way there, and the draft waits. */
async function mayShare(form) {
  const person = await fetched(me);
  await drafts.flush();
  if (person?.welcomed) return true;
  if (!person && status().state === "unreachable") {
    trouble(form, _("This needs signal once. It waits on this phone."));
  } else {
    const back = encodeURIComponent(location.pathname + location.search);
    location.assign(`/${person ? "welcome" : "sign-up"}?next=${back}`);
  }
  return false;
}

/** Whether this phone can be alerted, and what to do if not. */
const tellOfAlerts = async () => showAlerts(part("alerts"), await alertsState());

/** How it stands from now on, at its own address, whether or not there is signal. */
function follow(main, id) {
  history.replaceState(null, "", `/listings/${id}`);
  window.onpopstate = () => location.reload();
  document.body.classList.add("shared");
  for (const wait of LOOKS_MS) setTimeout(() => document.hidden || sync(), wait);
  watch(tellOfAlerts);
  tellOfAlerts();
  main.focus();
  return listing(main.querySelector("[data-region]"));
}

/** @param {HTMLElement} main */
export async function mount(main) {
  const form = main.querySelector("form");
  const { kind } = form.dataset;
  const id = new URLSearchParams(location.search).get("again");
  const old = id && (await fetched(() => row("listing", id)));
  const draft = old ? `again:${id}` : kind;
  const share = async () => {
    if (!(await mayShare(form))) return;
    const made = uuid7();
    const fields = { kind, ...answers(form) };
    await perform({ kind: "listing.publish", row: made, fields, draft });
    await follow(main, made);
  };
  return compose(
    form,
    draft,
    old ? anew(old) : {},
    share,
    // Of milk, when it was pumped is the one thing that is surely new.
    old && kind === "offer" ? 1 : undefined,
  );
}
