/** One's own listing in the composer: only what changed is sent, with what she saw. */
import { drafts, perform, replace, row as read, sync } from "../phone/index.js";
import { _ } from "../words.js";
import { compose } from "./composer.js";
import { wire } from "./composer-form.js";

/** @typedef {Record<string, string | string[]>} Fields */

const same = (one, other) => String(one ?? "") === String(other ?? "");
const emptied = (value) => (Array.isArray(value) ? [] : "");

/**
 * What changed between two readings of a form. A batch goes whole, since it merges as one.
 * @param {Fields} before
 * @param {Fields} after
 * @returns {{fields: Fields, was: Fields}}
 */
export function changes(before, after) {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  const changed = names.filter((name) => !same(before[name], after[name]));
  const batch = changed.some((name) => name.startsWith("batches-"));
  const sent = names.filter(
    (name) => changed.includes(name) || (batch && name.startsWith("batches-")),
  );
  const pick = (from, other) =>
    Object.fromEntries(sent.map((name) => [name, from[name] ?? emptied(other[name])]));
  return { fields: pick(after, before), was: pick(before, after) };
}

function openForm(main, kind) {
  const template = main.querySelector(`template[data-kind=${kind}]`);
  const region = main.querySelector("[data-form]");
  region.replaceChildren(document.importNode(template.content, true));
  return region.querySelector("form");
}

function say(main, words) {
  main.querySelector("[data-form] p").textContent = words;
  document.querySelector(".foot").remove();
}

// What is typed follows from what is on the wire, and nothing preset is taken for said.
const UNSAID = { _volume_ml: "", _daily_ml: "", _reach_km: "", handover: [] };

/** What the form starts from: her listing, or what she wrote that was refused. */
function valuesOf(row, refused) {
  const fields = { ...row.fields, ...refused?.fields };
  const volume_ml = fields.volume_ml ?? String(row.volume_ml);
  const _place = fields.place ? (row.cell?.near ?? fields.place) : "";
  return { ...UNSAID, ...fields, volume_ml, _place };
}

/** @param {HTMLElement} main */
export async function mount(main) {
  const id = location.pathname.split("/")[2];
  let row = await read("listing", id);
  if (!row) {
    await sync();
    row = await read("listing", id);
  }
  if (!row?.mine) return say(main, _("This is not on your phone, or not yours to change."));
  const { work } = row;
  const refused = work?.outcome === "rejected" ? work.operation : undefined;
  const form = openForm(main, row.kind);
  const leave = () => location.assign(`/listings/${id}`);

  async function save() {
    const after = { kind: row.kind, ...wire(form) };
    if (refused?.kind === "listing.publish") await replace(refused.id, { fields: after });
    else {
      const { fields, was } = changes(before, after);
      if (!Object.keys(fields).length) return leave();
      if (refused?.kind === "listing.edit") await replace(refused.id, { fields, was });
      else await perform({ kind: "listing.edit", row: id, fields, was, draft: `edit:${id}` });
    }
    await drafts.discard(`edit:${id}`);
    leave();
  }

  const before = { kind: row.kind, ...row.fields };
  const options = { key: () => `edit:${id}`, values: valuesOf(row, refused), last: _("Save"), onDone: save };
  const { refuse } = await compose(form, options);
  if (work?.errors && refused) refuse(work.errors);
}
