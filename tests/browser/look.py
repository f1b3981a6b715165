"""Pictures of every page in every state: day and night, every language, and at 200 % text."""

import argparse
import html
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from playwright.sync_api import Error, Page

from tests.browser.pages import STATES
from tests.browser.stage import TALL, WIDE, Stage, State, larger_text, night, stage
from tests.places import built_places
from webapp.config import ROOT
from webapp.routes.words import LANGUAGES, PSEUDO, tag_of

VIEWS = ("day", "night", "day-200", "night-200")
SHEET = """body { margin: 1rem; font: 1rem sans-serif; background: #777; color: #fff }
h2 { margin-block: 2rem 0.5rem; font-size: 1rem }
div { display: flex; flex-wrap: wrap; gap: 0.5rem }
img { inline-size: 180px; block-size: auto; display: block }
figure { margin: 0; font-size: 0.75rem }"""


def options(arguments: Sequence[str] | None) -> argparse.Namespace:
    """What was asked for on the command line."""
    parser = argparse.ArgumentParser(prog="bin/look", description=__doc__)
    default, languages = ROOT / ".cache" / "look", [*map(tag_of, (*LANGUAGES, PSEUDO))]
    parser.add_argument("folder", nargs="?", type=Path, default=default, help="where they go")
    parser.add_argument("--only", nargs="+", default=[""], help="parts of the states' names")
    parser.add_argument("--language", nargs="+", choices=languages, default=languages)
    parser.add_argument("--view", nargs="+", choices=VIEWS, default=VIEWS)
    parser.add_argument("--whole", action="store_true", help="the whole page, not one screen")
    return parser.parse_args(arguments)


def take(page: Page, file: Path, view: str, whole: bool) -> None:
    """One picture: day or night, at the usual text size or twice that."""
    night(page, view.startswith("night"))
    larger_text(page, view.endswith("200"))
    page.screenshot(path=file, full_page=whole)


def look(seen: Stage, state: State, asked: argparse.Namespace) -> list[str]:
    """Every picture of one state; gives what went wrong."""
    troubles = []
    for language in asked.language:
        try:
            with seen.show(state, language) as page:
                for view in asked.view:
                    take(
                        page,
                        asked.folder / f"{state.name}.{language}.{view}.png",
                        view,
                        asked.whole,
                    )
        except Error as error:
            troubles.append(f"{state.name} ({language}): {str(error).splitlines()[0]}")
    return troubles


def contact_sheet(folder: Path, states: list[State], asked: argparse.Namespace) -> Path:
    """All pictures on one page, a state a row."""
    rows = []
    for state in states:
        names = [f"{state.name}.{tag}.{view}" for tag in asked.language for view in asked.view]
        pictures = "".join(_figure(name) for name in names if (folder / f"{name}.png").exists())
        about = f"{state.name} · {state.address} · {state.who} {state.server}"
        rows.append(f"<h2>{html.escape(about)}</h2><div>{pictures}</div>")
    file = folder / "index.html"
    head = f'<!doctype html><meta charset="utf-8"><title>Milkwell</title><style>{SHEET}</style>'
    file.write_text(head + "".join(rows))
    return file


def _figure(name: str) -> str:
    view = name.partition(".")[2].replace(".", " ")
    return (
        f'<figure><a href="{name}.png"><img loading="lazy" src="{name}.png" alt=""'
        f' width="{WIDE}" height="{TALL}"></a>{view}</figure>'
    )


def main(arguments: Sequence[str] | None = None) -> int:
    """Take the pictures; 1 where a state could not be entered."""
    asked = options(arguments)
    asked.folder = asked.folder.absolute()
    asked.folder.mkdir(parents=True, exist_ok=True)
    states = [state for state in STATES if any(part in state.name for part in asked.only)]
    places = built_places()
    began, troubles = time.monotonic(), []
    with tempfile.TemporaryDirectory() as data, stage(Path(data), places) as seen:
        for number, state in enumerate(states, 1):
            troubles += look(seen, state, asked)
            sys.stderr.write(f"\r{number} of {len(states)}: {state.name:40}")
    sheet = contact_sheet(asked.folder, states, asked)
    sys.stdout.write(f"\n{sheet} after {time.monotonic() - began:.0f} s\n")
    sys.stdout.writelines(f"could not be entered: {trouble}\n" for trouble in troubles)
    return int(bool(troubles))


if __name__ == "__main__":
    sys.exit(main())
