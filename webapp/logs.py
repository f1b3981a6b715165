"""What stands in logs: one JSON object a line on stderr, with ids and never with what is personal.

People's own words, names, places and addresses must not get there by accident either. So of our
own messages the text is written, of a library's only where in its code it was logged; of an error
its kind and its way through the code, never what it says, which may quote what somebody wrote.
"""

import logging
import re
import sys
import threading
import traceback
import uuid
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Any

import orjson

OURS = "webapp."
"""Flask's own logger is called "webapp", and names addresses with what was asked there."""
EXTRAS = (
    "event",
    "kind",
    "alert",
    "delivery",
    "device",
    "mail",
    "operation",
    "service",
    "outcome",
    "reason",
    "tries",
    "key",
    "method",
    "rule",
    "status",
    "person",
    "seconds",
    "many",
)
"""What a line may hold beside its message, given as `extra`."""
WORDS = re.compile(r"[\w .:/<>-]{0,100}", re.ASCII)
"""Codes, hosts, patterns of addresses: no text that has an @, a quote or a query in it."""
FRAMES = 12
log = logging.getLogger(__name__)

HOME = Path(__file__).parent.parent


class Lines(logging.Formatter):
    """A record as one line of JSON."""

    def format(self, record: logging.LogRecord) -> str:
        ours = record.name.startswith(OURS)
        line: dict[str, Any] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            **({"message": _message(record)} if ours else {}),
            **({} if ours else {"where": f"{_short(record.pathname)}:{record.lineno}"}),
            **{name: _plain(record.__dict__[name]) for name in EXTRAS if name in record.__dict__},
        }
        if record.exc_info and record.exc_info[1]:
            line["error"] = [_named(one) for one in _causes(record.exc_info[1])]
            line["trace"] = _trace(record.exc_info[2])
        return orjson.dumps(line).decode()


def init_logs() -> None:
    """Write every log line of this process to stderr as JSON: ours from INFO, others' warnings."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(Lines())
    logging.basicConfig(level=logging.WARNING, handlers=[handler], force=True)
    logging.getLogger("webapp").setLevel(logging.INFO)
    # A warning's text may quote anything, and would reach stderr by itself.
    logging.captureWarnings(True)


def log_crashes() -> None:
    """Log what ends this process or one of its threads, in place of Python's own traceback."""

    def crashed(kind: type[BaseException], error: BaseException | None, trace: Any) -> None:
        if not issubclass(kind, KeyboardInterrupt):
            log.critical("crashed", exc_info=(kind, error or kind(), trace))

    sys.excepthook = crashed
    threading.excepthook = lambda args: crashed(args.exc_type, args.exc_value, args.exc_traceback)


def _message(record: logging.LogRecord) -> str:
    try:
        return record.getMessage()
    except (TypeError, ValueError):
        # Python would print the line with all its arguments, to say that they don't fit.
        return str(record.msg)


def _plain(value: Any) -> str | int | float | bool | None:
    if value is None or isinstance(value, bool | int | float):
        return value
    if isinstance(value, uuid.UUID):
        return str(value)
    text = str(value)
    return text if WORDS.fullmatch(text) else "?"


def _named(error: BaseException) -> str:
    """What kind of error it is; of a database's the code too, such as 40P01 or SQLITE_BUSY."""
    kind = f"{type(error).__module__}.{type(error).__qualname__}"
    code = getattr(error, "sqlstate", None) or getattr(error, "sqlite_errorname", None)
    plain = isinstance(code, str) and code.replace("_", "").isalnum()
    return f"{kind} {code}" if plain else kind


def _causes(error: BaseException | None) -> list[BaseException]:
    causes: list[BaseException] = []
    while error is not None and error not in causes and len(causes) < FRAMES:
        causes.append(error)
        quiet = error.__suppress_context__
        error = (
            error.__cause__
            or getattr(error, "orig", None)
            or (None if quiet else error.__context__)
        )
    return causes


def _trace(trace: TracebackType | None) -> list[str]:
    """Its way through our own code, and where it ended."""
    frames = traceback.extract_tb(trace)
    told = [frame for frame in frames if _is_ours(Path(frame.filename)) or frame is frames[-1]]
    return [f"{_short(frame.filename)}:{frame.lineno} {frame.name}" for frame in told[-FRAMES:]]


def _is_ours(path: Path) -> bool:
    return path.is_relative_to(HOME) and ".venv" not in path.parts


def _short(path: str) -> str:
    """A file as it is called in this checkout, or by its last two parts."""
    found = Path(path)
    return str(found.relative_to(HOME)) if _is_ours(found) else "/".join(found.parts[-2:])
