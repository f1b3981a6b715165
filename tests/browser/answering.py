"""How a server may answer a phone's sync, beside as it does."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from playwright.sync_api import Route


def _says(status: int, error: str, **headers: str) -> Callable[[Route], None]:
    body = {"error": error, "message": error}
    return lambda route: route.fulfill(status=status, json=body, headers=headers)


def _judges(route: Route) -> None:
    """An answer that leaves nothing as she wrote it: each outcome that asks her something."""
    operations = (route.request.post_data_json or {}).get("operations", [])
    results = [{"id": each["id"], **_outcome(each)} for each in operations]
    route.fulfill(json={"results": results, "server_time": datetime.now(UTC).isoformat()})


def _outcome(operation: dict[str, Any]) -> dict[str, Any]:
    if operation["kind"] == "listing.publish":
        return {"outcome": "confirm"}
    if operation["kind"] == "listing.edit":
        return {"outcome": "conflict", "conflicts": _both(operation)}
    if operation["kind"] == "listing.renew":
        asked = "You withdrew this offer. Offer it again, with this change?"
        return {"outcome": "confirm", "errors": {"status": [asked]}}
    if operation["kind"] == "listing.gave":
        both = {"volume_ml": {"yours": "1479", "theirs": "2957"}}
        return {"outcome": "conflict", "conflicts": both}
    return {"outcome": "rejected", "errors": {"": ["This listing is over."]}}


def _both(operation: dict[str, Any]) -> dict[str, Any]:
    elsewhere = {"volume_ml": "2957", "note": "Evenings only, please."}
    fields = operation["fields"]
    return {n: {"yours": fields.get(n, ""), "theirs": v} for n, v in elsewhere.items()}


CURSOR = "half-way"


def _fills(route: Route) -> None:
    """300 of 500 rows come; whoever asks for the rest waits."""
    cursors = (route.request.post_data_json or {})["cursors"]
    if cursors.get("near") == CURSOR:
        return
    rows = [{"id": f"0190a000-0000-7000-8000-{n:012}"} for n in range(300)]
    near = {"cursor": CURSOR, "reset": True, "more": True, "left": 200, "put": {"listing": rows}}
    now = datetime.now(UTC).isoformat()
    route.fulfill(json={"scopes": {"near": near}, "server_time": now})


def _stops(route: Route) -> None:
    """The same, and then there is no signal."""
    if CURSOR in (route.request.post_data or ""):
        route.abort()
    else:
        _fills(route)


SERVERS: dict[str, Callable[[Route], None]] = {
    "away": lambda route: route.abort(),
    "broken": _says(500, "failed"),
    "signed_out": _says(401, "signed_out"),
    "suspended": _says(403, "suspended"),
    "other_device": _says(409, "other_device"),
    "erased": _says(410, "erased"),
    "changed": _says(426, "client_too_old"),
    "judges": _judges,
    "busy": _says(503, "not_ready", **{"Retry-After": "2400"}),
    "fills": _fills,
    "stops": _stops,
}
"""What a state may name as its server; to "slow" nobody answers while the page is looked at."""
