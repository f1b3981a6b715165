"""How answers leave: JSON, compression, and the headers that go with them."""

import base64
import hashlib
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

import brotli
import orjson
from flask import Flask, Response, request

from webapp.config import Settings
from webapp.routes.built import built

COMPRESSED = frozenset(
    {
        "application/json",
        "application/manifest+json",
        "image/svg+xml",
        "text/html",
        "text/javascript",
    }
)
WORTH_BYTES = 200
BEST = 11
"""Brotli's, for what is the same for everybody and so is made once."""
QUALITY = 5
"""Brotli's, for what is made on the spot: far quicker than the best for a tenth more bytes."""


FIRST_SCRIPT = Path(__file__).parent.parent / "templates" / "layouts" / "theme.js"
"""The one inline script: day or night has to be settled before the first paint."""


def answer(body: Any, status: int = 200, headers: dict[str, str] | None = None) -> Response:
    """A JSON answer."""
    return Response(orjson.dumps(body), status, headers, mimetype="application/json")


def refuse(status: int, code: str, message: str, retry_after: int | None = None) -> Response:
    """An API's refusal: a code for programs, and plain words."""
    headers = {"Retry-After": str(retry_after)} if retry_after else None
    return answer({"error": code, "message": str(message)}, status, headers)


def policy() -> str:
    """The content security policy: our own files, two inline parts by hash, nothing else."""
    rules = {
        "default-src": "'none'",
        "script-src": f"'self' '{_first_script_hash()}'",
        "style-src": f"'self' '{built().critical_hash}'",
        "img-src": "'self'",
        "connect-src": "'self'",
        "manifest-src": "'self'",
        "worker-src": "'self'",
        "form-action": "'self'",
        "base-uri": "'none'",
        "frame-ancestors": "'none'",
        "require-trusted-types-for": "'script'",
        "trusted-types": "template sw",
    }
    return "; ".join(f"{name} {value}" for name, value in rules.items())


@cache
def _first_script_hash() -> str:
    # As it stands in a page: Jinja leaves out a file's last newline.
    text = FIRST_SCRIPT.read_text().removesuffix("\n")
    return f"sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}"


def init_answers(app: Flask, settings: Settings) -> None:
    """Give every answer its headers, and compress those worth it."""

    @app.after_request
    def finish(response: Response) -> Response:
        headers = response.headers
        headers.setdefault("X-Content-Type-Options", "nosniff")
        headers.setdefault("Cache-Control", "no-store")
        if response.mimetype != "application/json":
            # JSON opens no windows and asks for nothing; phones sync each minute.
            headers.setdefault("Referrer-Policy", "same-origin")
            headers.setdefault("Cross-Origin-Opener-Policy", "same-origin")
        if response.mimetype == "text/html":
            headers.setdefault("Content-Security-Policy", policy())
        if settings.secure:
            headers.setdefault("Strict-Transport-Security", "max-age=31536000")
        return compress(response)


def compress(response: Response, quality: int = QUALITY) -> Response:
    """The response, in brotli where the browser takes it and it is worth it."""
    if response.mimetype not in COMPRESSED or "Content-Encoding" in response.headers:
        return response
    if "no-store" not in response.headers.get("Cache-Control", ""):
        response.vary.add("Accept-Encoding")
    takes = "br" in request.headers.get("Accept-Encoding", "")
    if takes and not response.direct_passthrough and len(response.data) >= WORTH_BYTES:
        squeeze = _squeezed_once if quality == BEST else _squeezed
        response.data = squeeze(response.data)
        response.headers["Content-Encoding"] = "br"
    return response


def _squeezed(body: bytes) -> bytes:
    return brotli.compress(body, quality=QUALITY)


@lru_cache(maxsize=64)
def _squeezed_once(body: bytes) -> bytes:
    return brotli.compress(body, quality=BEST)
