/** A new offer or request: composed without an account, shared with one. */
import { drafts, perform, replace, uuid7 } from "../phone/index.js";
import { _ } from "../words.js";
import { compose } from "./composer.js";
import { wire } from "./composer-form.js";
import { follow, whoShares } from "./composer-share.js";

/** @param {HTMLElement} main @param {"offer" | "request"} kind */
export async function composeNew(main, kind) {
  const form = /** @type {HTMLFormElement} */ (document.getElementById("composer"));
  const foot = /** @type {HTMLElement} */ (document.querySelector(".foot"));
  let refused;
  const key = () => (refused ? `edit:${refused.row}` : kind);

  const showForm = (shown) => {
    for (const part of [form, foot, document.querySelector(".progress")]) part.hidden = !shown;
  };

  async function send() {
    const fields = { kind, ...wire(form) };
    if (!refused) return perform({ kind: "listing.publish", row: uuid7(), fields, draft: kind });
    const again = await replace(refused.id, { fields });
    await drafts.discard(key());
    return again;
  }

  async function share(refuse) {
    if (!(await whoShares(form))) return;
    const { row } = await send();
    history.replaceState(null, "", `/listings/${row}`);
    showForm(false);
    follow(main, row, ({ operation, errors }) => {
      refused = operation;
      showForm(true);
      refuse(errors);
    });
  }

  await compose(form, { key, last: _("Share"), onDone: share });
}
