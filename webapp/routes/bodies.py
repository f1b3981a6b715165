"""Reading what a request carries."""

from typing import Any

import orjson
from flask import request


class NotJson(ValueError):
    """The body isn't JSON at all."""


def read_json() -> Any:
    """The JSON body; raises NotJson. Strict: no NaN, no lone surrogates, UTF-8 alone."""
    try:
        return orjson.loads(request.get_data())
    except orjson.JSONDecodeError:
        raise NotJson from None
