/** "Offer from the freezer": whole months at a tap or bag by bag, then on to the composer. */
import { drafts, uuid7 } from "../phone/index.js";
import { html } from "../template.js";
import { amount } from "../units.js";
import { LABELS } from "../words.js";
import { batchesOf, draftOf, withMilk } from "./freezer-draft.js";
import { stands } from "./freezer-keeping.js";
import { offerOf, shelves, total } from "./freezer-shelf.js";
import { moment, monthName, much, numbers, word } from "./freezer-words.js";
import { button, line, section } from "./states.js";
import { ask } from "./states-question.js";

/** As the composer of an offer presets them (offers/form.html): logistics, nothing of milk. */
const PRESET = { handover: ["public_place"], open_days: "30" };

/** Ids of what is chosen; undefined while she doesn't choose. @type {Set<string> | undefined} */
let chosen;

/** What can be offered: what is there, keeps, and stands in no other offer. */
const free = ({ pumping, mine }) =>
  pumping.filter(
    (row) =>
      !row.gone && !offerOf(row, mine) && stands(row.fields, numbers(), Date.now()).how !== "over",
  );

/** A chip that chooses all of these, or none. */
function chip(bags, text, redraw) {
  const all = bags.every(({ id }) => chosen.has(id));
  const tap = () => {
    for (const { id } of bags) all ? chosen.delete(id) : chosen.add(id);
    redraw();
  };
  return html`<button type="button" class="chip" aria-pressed=${String(all)} @click=${tap}>${text}</button>`;
}

const group = ({ state, months }, units, redraw) =>
  section(
    "stack",
    LABELS[state],
    months.map(
      ([month, bags]) =>
        html`<div class="month">${[
          chip(bags, `${monthName(month)}: ${amount(total(bags), units)}`, redraw),
          html`<details class="change"><summary>${word("single")}</summary><div class="chips">${bags.map(
            (row) => chip([row], `${much(row, units)}, ${moment(row.fields.pumped_at)}`, redraw),
          )}</div></details>`,
        ]}</div>`,
    ),
  );

/** On to the composer, with this milk; what she had begun there stays but for the milk. */
async function go(batches, units) {
  const milk = draftOf(batches, uuid7);
  const begun = await drafts.load("offer");
  const compose = async () => {
    const values = withMilk({ ...PRESET, _units: units, units, ...begun?.values }, milk);
    drafts.save("offer", { values, step: 0 });
    await drafts.flush();
    location.assign("/offers/new");
  };
  if (!begun) return compose();
  ask(word("begun"), line("", word("begun-hint")), word("begun-yes"), compose, "button");
}

/**
 * The button that begins to choose, or the choice.
 * @param {any} data of the view
 * @param {() => void} redraw
 */
export function offering(data, redraw) {
  const bags = free(data);
  const units = data.person?.units;
  const toggle = (to) => () => {
    chosen = to();
    redraw();
  };
  if (!chosen) {
    return (
      bags[0] &&
      line(
        "",
        button(
          word("offer"),
          toggle(() => new Set()),
          "button wide",
        ),
      )
    );
  }
  const picked = bags.filter(({ id }) => chosen.has(id));
  const { batches, months } = batchesOf(picked);
  const much = amount(total(picked), units);
  return section(
    "panel",
    word("choose"),
    line("soft", word("choose-hint")),
    shelves(bags).map((shelf) => group(shelf, units, redraw)),
    html`<div role="status">${picked[0] && months !== 1 && word(batches[0] ? "merged" : "many")}</div>`,
    picked[0] &&
      batches[0] &&
      button(word("go", { amount: much }), () => go(batches, units), "button main"),
    line(
      "row",
      button(
        word("back"),
        toggle(() => undefined),
        "quiet",
      ),
    ),
  );
}
