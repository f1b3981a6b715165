"""What one diet says of another, and since when it was really kept."""

from datetime import date, timedelta

Since = dict[str, str | None]
"""{diet: ISO date since when she keeps to it, or None where she gave no date}"""


def implied_diet(diet: Since) -> Since:
    """The diet with what it implies: vegan is dairy-free and egg-free from the same date.

    What she said herself of an implied code stays where it reaches further back.
    """
    if "vegan" not in diet:
        return diet
    since = diet["vegan"]
    implied = {code: _earlier(diet.get(code, since), since) for code in ("dairy_free", "egg_free")}
    return diet | implied


def kept_since(diet: Since, off_diet: dict[str, str]) -> Since:
    """The diet with what it implies, counted anew from the last day off it.

    `off_diet` is {diet: ISO date of the last day off}. Who had dairy or egg was not vegan either.
    """
    off = dict(off_diet)
    vegan = max(off.get(code, "") for code in ("vegan", "dairy_free", "egg_free"))
    if vegan:
        off["vegan"] = vegan
    return implied_diet({code: _after(since, off.get(code)) for code, since in diet.items()})


def _after(since: str | None, off: str | None) -> str | None:
    if not off:
        return since
    again = (date.fromisoformat(off) + timedelta(days=1)).isoformat()
    return max(since, again) if since else again


def _earlier(one: str | None, other: str | None) -> str | None:
    return min(one, other) if one and other else one or other
