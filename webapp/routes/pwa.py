"""What makes a site an app: the service worker, the manifest, and the built files."""

import hashlib
import re

import orjson
from flask import Blueprint, Response, abort, current_app, request
from flask_babel import gettext as _

from webapp.config import Settings
from webapp.routes.answers import BEST, answer, compress
from webapp.routes.built import DIST, built
from webapp.routes.shells import shells_hash
from webapp.routes.vapid import vapid
from webapp.routes.words import direction, language, tag_of, vary_by_language

blueprint = Blueprint("pwa", __name__)

BUILT_NAME = re.compile(r"[\w.-]+-[0-9a-f]{10}\.(js|css|svg|png|txt)")
FOR_EVER = "public, max-age=31536000, immutable"


def version() -> str:
    """One short hash of the build that pages and the service worker belong to."""
    return hashlib.sha256(repr(built().listing).encode()).hexdigest()[:12]


@blueprint.get("/sw.js")
def service_worker() -> Response:
    """The worker, its manifest on the first line. Never cached: this is how updates arrive."""
    settings: Settings = current_app.config["SETTINGS"]
    line = f"self.MILKWELL={orjson.dumps(_manifest_line(settings)).decode()};\n"
    response = Response(line + built().worker(), mimetype="text/javascript")
    response.headers["Cache-Control"] = "no-cache"
    response.headers["Content-Security-Policy"] = "default-src 'none'; connect-src 'self'"
    vary_by_language(response)
    return compress(response, BEST)


def _manifest_line(settings: Settings) -> dict[str, object]:
    if settings.remove_worker:
        return {"remove": True}
    tongue = language()
    key = vapid()
    drawn = shells_hash(tongue, key)
    whole = hashlib.sha256(f"{version()}{drawn}".encode()).hexdigest()[:12]
    return {
        "version": whole,
        "language": tag_of(tongue),
        "files": built().kept(),
        "shells": f"/shells?lang={tongue}&v={drawn}",
        "vapid": key,
        "neutral": _("Something near you"),
    }


@blueprint.get("/manifest.webmanifest")
def manifest() -> Response:
    """How the app is installed. Its short name is what the phone prints on a lock screen."""
    icons = [
        {"src": built().icon(f"app-{size}{suffix}.png"), "sizes": f"{size}x{size}"}
        | {"type": "image/png", "purpose": purpose}
        for size in (192, 512)
        for suffix, purpose in (("", "any"), ("-maskable", "maskable"))
    ]
    body = {
        "id": "/",
        "name": "Milkwell",
        "short_name": "Well",
        "description": _("Share surplus breast milk with families near you."),
        "lang": tag_of(language()),
        "dir": direction(),
        "start_url": "/nearby",
        "scope": "/",
        "display": "standalone",
        "background_color": "#FAF5EC",
        "theme_color": "#FAF5EC",
        "icons": icons,
    }
    response = answer(body, headers={"Cache-Control": "public, max-age=3600"})
    response.mimetype = "application/manifest+json"
    vary_by_language(response)
    return response


@blueprint.get("/static/dist/<name>")
def built_file(name: str) -> Response:
    """A built file, compressed beforehand; its name carries its hash, so it never changes."""
    if not BUILT_NAME.fullmatch(name):
        abort(404)
    path, compressed = DIST / name, DIST / f"{name}.br"
    if not path.exists():
        abort(404)
    response = Response(mimetype=MIMETYPES[path.suffix], headers={"Cache-Control": FOR_EVER})
    if "br" in request.headers.get("Accept-Encoding", "") and compressed.exists():
        response.headers["Content-Encoding"] = "br"
        path = compressed
    response.data = path.read_bytes()
    response.vary.add("Accept-Encoding")
    return response


MIMETYPES = {
    ".js": "text/javascript",
    ".css": "text/css",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".txt": "text/plain",
}
