/** One's own listing in the composer: only what changed is sent, with what she saw. */
import { drafts, perform, row as read, replace } from "../phone/index.js";
import { compose, fetched } from "./composer.js";
import { wire } from "./composer-form.js";

/** @typedef {Record<string, string | string[]>} Fields */

/**
 * What changed between two readings of a form. A batch goes whole, since it merges as one.
 * @param {Fields} before
 * @param {Fields} after
 * @returns {{fields: Fields, was: Fields}}
 */
export function changes(before, after) {
  const fields = {};
  const was = {};
  const names = Object.keys({ ...before, ...after });
  const ofBatch = (name) => name.startsWith("batches-");
  const differs = (name) => String(before[name] ?? "") !== String(after[name] ?? "");
  const batch = names.some((name) => ofBatch(name) && differs(name));
  for (const name of names.filter((each) => (ofBatch(each) ? batch : differs(each)))) {
    const none = Array.isArray(before[name] ?? after[name]) ? [] : "";
    fields[name] = after[name] ?? none;
    was[name] = before[name] ?? none;
  }
  return { fields, was };
}

/** @param {HTMLElement} main */
export async function mount(main) {
  const id = location.pathname.split("/")[2];
  const row = await fetched(() => read("listing", id));
  const kind = row?.mine ? row.kind : "none";
  /** @type {HTMLTemplateElement} */
  const template = main.querySelector(`[data-kind=${kind}]`);
  main.replaceChildren(template.content);
  if (kind === "none") return document.querySelector(".foot").remove();
  const form = main.querySelector("form");
  const key = `edit:${id}`;
  const { outcome, operation, errors = {} } = row.work ?? {};
  const refused =
    outcome === "rejected" && /(publish|edit)$/.test(operation.kind) ? operation : undefined;
  // As she sees it: what was given away is not there any more.
  const before = { kind, ...row.fields, volume_ml: String(row.volume_ml) };
  // What the form starts from: her listing, or what she wrote that was refused; no preset is hers.
  const values = { handover: [], ...before, ...refused?.fields };
  if (values.place) values._place = row.cell?.near ?? values.place;

  const refuse = await compose(form, key, values, async () => {
    const fields = { kind, ...wire(form) };
    const changed = changes(before, fields);
    if (refused) await replace(refused.id, /publish/.test(refused.kind) ? { fields } : changed);
    else if (Object.keys(changed.fields)[0]) {
      await perform({ kind: "listing.edit", row: id, ...changed, draft: key });
    }
    await drafts.discard(key);
    location.assign(`/listings/${id}`);
  });
  if (refused) refuse(errors);
}
