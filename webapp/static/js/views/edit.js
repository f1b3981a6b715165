/** One's own listing in the composer: only what changed is sent, with what she saw. */

import { laid } from "../batches.js";
import { drafts, perform, row as read, replace } from "../phone/index.js";
import { changes } from "./changes.js";
import { compose, fetched } from "./composer.js";
import { answers } from "./composer-wants.js";

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
  /** @type {Record<string, any>} */
  const values = { handover: [], ...laid(before, refused?.fields ?? {}, refused?.was) };
  if (values.place) values._place = row.cell?.near ?? values.place;

  const refuse = await compose(form, key, values, async () => {
    const fields = { kind, ...answers(form) };
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
