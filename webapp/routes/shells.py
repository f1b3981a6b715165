"""Shells: pages without a reader. 200 to anyone, no cookie, no token; the phone fills them."""

import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import time
from functools import lru_cache

from flask import Blueprint, Response, abort, make_response, render_template, request
from flask_babel import force_locale, format_time

from webapp import screening
from webapp.fields import WireForm
from webapp.listings import OfferForm, RequestForm
from webapp.matching import WatchForm
from webapp.messages import OpenForm
from webapp.milk import DIETS, DIMENSIONS, EXPOSURES, ExposureForm, PumpingForm, handling, keeping
from webapp.moderation import ReportForm
from webapp.people import PersonForm, WelcomeForm
from webapp.routes.answers import BEST, answer, compress, policy
from webapp.routes.vapid import vapid
from webapp.routes.words import LANGUAGES, language, vary_by_language
from webapp.screening import GrantForm, ScreeningForm

blueprint = Blueprint("shells", __name__)


@dataclass(frozen=True)
class Shell:
    """The template at an address, the forms that it draws, and what else it tells.

    One that isn't `kept` by phones shows what only the server knows, so that it needs signal.
    """

    template: str
    page: str
    forms: dict[str, type[WireForm]] = field(default_factory=dict)
    facts: dict[str, object] = field(default_factory=dict)
    kept: bool = True


COMPOSERS: dict[str, type[WireForm]] = {"offer_form": OfferForm, "request_form": RequestForm}

HANDLING: dict[str, object] = {"handling": handling}

SCREENING: dict[str, object] = {"screening": screening}

CODES: dict[str, object] = {
    "codes": {
        name: frozenset(code for code, _label in of)
        for name, of in {**DIMENSIONS, "diet": DIETS, "exposure": EXPOSURES}.items()
    }
}


def hours() -> list[tuple[int, str]]:
    """The hours of a day, as clocks show them where the language of this answer is spoken."""
    return [(hour, format_time(time(hour), "short", rebase=False)) for hour in range(24)]


SHELLS = {
    "/": Shell("front/index.html", "front"),
    "/about": Shell("about/index.html", "about"),
    "/guide": Shell("guide/index.html", "guide", facts=HANDLING),
    "/guide/after-a-loss": Shell("guide/after_a_loss.html", "after-a-loss", facts=HANDLING),
    "/nearby": Shell("nearby/index.html", "nearby", COMPOSERS),
    "/listings/:id": Shell("listings/show.html", "listing", {"report_form": ReportForm}),
    "/listings/:id/edit": Shell("listings/edit.html", "edit", COMPOSERS, CODES),
    "/listings/:id/sheet": Shell("listings/sheet.html", "sheet", facts=SCREENING),
    "/listings/:id/labels": Shell("listings/labels.html", "labels"),
    "/freezer/labels": Shell("listings/labels.html", "freezer-labels"),
    "/around": Shell("around/index.html", "around"),
    "/compare": Shell("compare/index.html", "compare"),
    "/offers/new": Shell("offers/new.html", "offer", COMPOSERS),
    "/requests/new": Shell("requests/new.html", "request", COMPOSERS, CODES),
    "/new": Shell("new/index.html", "new"),
    "/messages": Shell("messages/index.html", "messages"),
    "/messages/:id": Shell(
        "messages/show.html",
        "conversation",
        {"report_form": ReportForm, "opens_form": OpenForm, "grant_form": GrantForm},
        SCREENING,
    ),
    "/mine": Shell("mine/index.html", "mine"),
    "/calendar": Shell("calendar/index.html", "calendar", {"exposure_form": ExposureForm}),
    "/watches": Shell("watches/index.html", "watches", {"watch_form": WatchForm}, CODES),
    "/freezer": Shell(
        "freezer/index.html", "freezer", {"pumping_form": PumpingForm}, {"keeping": keeping}
    ),
    "/me": Shell("me/index.html", "me", {"person_form": PersonForm}, {"hours": hours}),
    "/devices": Shell("devices/index.html", "devices", kept=False),
    "/screening": Shell(
        "screening/index.html", "screening", {"screening_form": ScreeningForm}, SCREENING
    ),
    "/outbox": Shell("outbox/index.html", "outbox", {"person_form": PersonForm}, SCREENING),
    "/welcome": Shell("welcome/index.html", "welcome", {"welcome_form": WelcomeForm}),
    "/offline": Shell("offline.html", "offline"),
}


def draw(shell: Shell, key: str) -> str:
    """A shell's HTML in the language of the request, with the key that browsers subscribe with."""
    forms = {name: form_class(formdata=None) for name, form_class in shell.forms.items()}
    html = render_template(shell.template, page=shell.page, vapid=key, **forms, **shell.facts)
    head, end, body = html.partition("</head>")
    # A line's end is as good as any other space, and every shell travels to every phone. What
    # stands in the head is allowed by its hash, as it is.
    return head + end + re.sub(r"\n\s+", "\n", body)


# Of each language as they are, and as they were before the key was rotated.
@lru_cache(maxsize=2 * len(LANGUAGES))
def drawn(tongue: str, key: str) -> dict[str, dict[str, object]]:
    """Every shell of one language with its headers, by address pattern."""
    headers = {"Content-Type": "text/html; charset=utf-8", "Content-Security-Policy": policy()}
    with force_locale(tongue):
        return {
            pattern: {"html": draw(shell, key), "headers": headers}
            for pattern, shell in SHELLS.items()
        }


def kept(tongue: str, key: str) -> dict[str, dict[str, object]]:
    """Those of one language that phones keep, by address pattern."""
    known = drawn(tongue, key).items()
    return {pattern: shell for pattern, shell in known if SHELLS[pattern].kept}


@lru_cache(maxsize=2 * len(LANGUAGES))
def shells_hash(tongue: str, key: str) -> str:
    """A hash of every shell of one language that phones keep: a part of the app's version."""
    text = "".join(str(shell["html"]) for shell in kept(tongue, key).values())
    return hashlib.sha256(text.encode()).hexdigest()[:12]


@blueprint.get("/shells")
def shells() -> Response:
    """All shells of one language that phones keep in one answer, for the service worker to keep.

    Of the version that was asked for, or none: while a new release is put in place, its worker may
    ask a server of the one before.
    """
    wanted, key = request.args.get("v"), vapid()
    if wanted and wanted != shells_hash(language(), key):
        abort(404)
    age = "public, max-age=31536000, immutable" if wanted else "no-cache"
    response = answer({"shells": kept(language(), key)}, headers={"Cache-Control": age})
    vary_by_language(response)
    return compress(response, BEST)


def _view(shell: Shell) -> Callable[..., Response]:
    def show(**_parts: object) -> Response:
        response = make_response(drawn(language(), vapid())[_pattern(shell)]["html"])
        response.headers["Cache-Control"] = "no-cache"
        vary_by_language(response)
        return compress(response, BEST)

    return show


def _pattern(shell: Shell) -> str:
    return next(pattern for pattern, known in SHELLS.items() if known is shell)


for _address, _shell in SHELLS.items():
    blueprint.add_url_rule(
        _address.replace(":id", "<uuid:listing_id>"), _shell.page, _view(_shell), methods=["GET"]
    )
