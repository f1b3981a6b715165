"""How a server may answer a phone's sync, beside as it does."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from playwright.sync_api import Route


def _says(status: int, error: str) -> Callable[[Route], None]:
    body = {"error": error, "message": error}
    return lambda route: route.fulfill(status=status, json=body)


def _judges(route: Route) -> None:
    """An answer that leaves nothing as she wrote it: each outcome that asks her something."""
    operations = (route.request.post_data_json or {}).get("operations", [])
    results = [{"id": each["id"], **_outcome(each)} for each in operations]
    route.fulfill(json={"results": results, "server_time": datetime.now(UTC).isoformat()})


def _outcome(operation: dict[str, Any]) -> dict[str, Any]:
    if operation["kind"] == "listing.publish":
        return {"outcome": "confirm"}
    if operation["kind"] == "listing.gave":
        both = {"volume_ml": {"yours": "1479", "theirs": "2957"}}
        return {"outcome": "conflict", "conflicts": both}
    return {"outcome": "rejected", "errors": {"": ["This listing is over."]}}


SERVERS: dict[str, Callable[[Route], None]] = {
    "away": lambda route: route.abort(),
    "broken": _says(500, "failed"),
    "signed_out": _says(401, "signed_out"),
    "suspended": _says(403, "suspended"),
    "other_device": _says(409, "other_device"),
    "erased": _says(410, "erased"),
    "changed": _says(426, "client_too_old"),
    "judges": _judges,
}
"""What a state may name as its server; to "slow" nobody answers while the page is looked at."""
