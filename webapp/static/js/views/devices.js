/** Her phones: where she is signed in, how alerts fare there, and her e-mail address. */
import { ago } from "../dates.js";
import { send } from "../phone/index.js";
import { html, render } from "../template.js";
import { follow, phones, stands, why } from "./devices-list.js";
import { showAlerts } from "./me-alerts.js";
import { word } from "./page-words.js";
import { copied, enable, part, phrase, reveal } from "./reveal.js";
import { live, stranger } from "./states.js";
import { ask } from "./states-question.js";

const SECOND_MS = 1000;

let begun;
let known;
let asking = "";
let again;
const items = {};
const tests = {};

const json = async (address) => (await send(address)).json();

/** Ask for the list now, and say meanwhile that it is asked for. */
async function load() {
  asking = known ? "" : "asking";
  again();
  try {
    const [{ devices }, { sessions }] = await Promise.all(
      ["/api/devices", "/api/sessions"].map(json),
    );
    known = phones(sessions, devices);
    asking = "";
  } catch {
    asking = "unreachable";
  }
  again();
}

/** Say what it means first; then do it, and look how it stands. */
const asked = (name, about, address, method) => () =>
  ask(
    word(`${name}-asks`),
    [about && html`<p dir="auto"><b>${about}</b></p>`, html`<p>${word(`${name}-what`)}</p>`],
    word(name),
    async () => {
      await send(address, method === "POST" ? {} : undefined, method).catch(() => {});
      await load();
    },
  );

const pause = () => new Promise((resolve) => setTimeout(resolve, SECOND_MS));

/** @param {string} id of a device */
async function test(id) {
  const address = `/api/devices/${id}/test`;
  const say = (state) => {
    tests[id] = state;
    again();
  };
  say("due");
  const { ok, status } = await send(address, {}).catch(() => /** @type {any} */ ({}));
  if (!ok) {
    // What can't be alerted any more says so itself.
    say(status === 429 ? "often" : status === 409 ? "given_up" : "unreachable");
    return status && load();
  }
  say(await follow(() => json(address).catch(() => undefined), pause));
  await load();
}

/** @param {import("./devices-list.js").Phone} phone */
function entry(phone) {
  const { id, name, seen_at, here, session, device } = phone;
  items[id] ??= copied("phone");
  const item = items[id];
  const state = stands(device);
  const sent = device?.last_sent_at;
  const failed = device?.failed_at;
  const called = name || word("unnamed");
  phrase(item, {
    name: called,
    when: ago(seen_at),
    sent: sent ? ago(sent) : "",
    failed: failed ? ago(failed) : "",
  });
  reveal(item, "how", here ? "here" : "there");
  reveal(item, "stands", state);
  reveal(item, "why", why(device?.last_failure));
  const tested = tests[device?.device ?? ""];
  reveal(item, "test", tested ?? "");
  const can = {
    test: device?.alerts,
    stop: device && !here,
    out: session && !here,
  };
  for (const each of item.querySelectorAll("[data-can]")) each.hidden = !can[each.dataset.can];
  item.querySelector("[data-act=test]").disabled = tested === "due";
  enable(item, {
    test: () => test(device?.device ?? ""),
    stop: asked("stop", called, `/api/devices/${device?.device}`, "DELETE"),
    out: asked("out", called, `/api/sessions/${session?.id}`, "DELETE"),
  });
  return item;
}

/** @param {HTMLElement} list */
function draw(list) {
  const several = (known ?? []).filter(({ session }) => session).length > 1;
  reveal(list, "list", asking || (several ? "several" : ""));
  enable(list, { again: load, others: asked("others", "", "/api/sessions/end-others", "POST") });
  render((known ?? []).map(entry), part("phones"));
}

/** Draw her phones. @param {HTMLElement} main */
export async function mount(main) {
  const [alerts, list, mail] = ["alerts", "signed-in", "mail"].map(part);
  await live(main.querySelector("[data-region]"), (data, redraw) => {
    const { person, waiting } = data;
    again = redraw;
    showAlerts(alerts, data.alerts);
    list.hidden = mail.hidden = !person;
    if (!person) return stranger(waiting);
    // Who she is may come with this page's own sync.
    if (!begun) {
      begun = true;
      queueMicrotask(load);
    }
    draw(list);
    phrase(mail, { email: person.email ?? "" });
    reveal(mail, "mail", person.confirmed ? "confirmed" : "open");
    return "";
  });
}
