import { dropApart } from "../phone/index.js";
import { _, ngettext } from "../words.js";
import { list } from "./card.js";
import { isStuck } from "./card-strip.js";
import { entry } from "./outbox-entry.js";
import { loadFiles, saveAsFile } from "./outbox-file.js";
import { copied, enable, phrase } from "./reveal.js";
import { button, empty, line, live, look, stack, syncLine } from "./states.js";
import { ask } from "./states-question.js";

/** What somebody else wrote here, whom it is kept for. */
function apart({ owner, many }) {
  const panel = copied("apart");
  const text = ngettext(
    "%(num)s thing that somebody else wrote on this phone is kept for her, sealed. It is sent when she signs in here.",
    "%(num)s things that somebody else wrote on this phone are kept for her, sealed. They are sent when she signs in here.",
    many,
  );
  phrase(panel, { text });
  enable(panel, {
    drop: () =>
      ask(
        _("Throw it away?"),
        _("It was never sent, and nobody can bring it back."),
        _("Throw it away"),
        () => dropApart(owner),
      ),
  });
  return panel;
}

function view(data) {
  const { sealed, waiting } = data;
  const all = new Set([...waiting.filter(isStuck), ...waiting]);
  return stack(
    waiting[0]
      ? [
          syncLine(),
          list(
            "cards",
            [...all].map((each) => entry(each, data)),
          ),
          line("row", button(_("Send now"), look), saveAsFile()),
        ]
      : empty(_("Nothing waits here.")),
    sealed.map(apart),
  );
}

/** Draw what is saved on this phone and not sent. @param {HTMLElement} main */
export function mount(main) {
  loadFiles(main.querySelector("#load"));
  return live(main.querySelector("[data-region]"), view);
}
