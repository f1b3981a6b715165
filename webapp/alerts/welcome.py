"""Welcome hours: whether, when and how loudly a person wants to hear of something."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from webapp.alerts.models import ASKING, CHANGED, FREE, LETTER, MATCH, RIGHT
from webapp.people import Person

MOST_AN_HOUR = 4
"""Of what Milkwell finds by itself. A letter is a person's own, and is never counted."""
COUNTED = frozenset({MATCH, ASKING, FREE})
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
MORNING = 8
"""When a digest comes to somebody who has no quiet hours; else it comes as they end."""
ASKED = {
    MATCH: "tell_match",
    ASKING: "tell_asking",
    LETTER: "tell_letter",
    CHANGED: "tell_letter",
    RIGHT: "tell_right",
    FREE: "tell_free",
}
"""Where a person says how she wants to hear of a kind of alert."""


def wants(person: Person, kind: str) -> bool:
    """Whether she wants to hear of this kind of thing at all."""
    return _asked(person, kind) != "off"


def makes_sound(person: Person, kind: str) -> bool:
    """Whether an alert of this kind may make a sound."""
    return _asked(person, kind) == "on"


def is_digest(person: Person, kind: str) -> bool:
    """Whether this kind of thing waits for others, to be told as one."""
    return kind == MATCH and person.matches_when != "now"


def welcome_at(
    person: Person,
    kind: str,
    at: datetime,
    *,
    made_at: datetime,
    urgent: bool = False,
    told: Sequence[datetime] = (),
) -> datetime:
    """The first instant from `at` on at which she may hear of something made at `made_at`.

    `told` are the instants of the last day at which this phone was told something that counts.
    Her own emergency and what she asked for herself (kinds that she isn't asked about) don't wait.
    """
    if urgent or kind not in ASKED:
        return at
    if is_digest(person, kind):
        at = max(at, digest_at(person, made_at))
    if person.muted_until:
        at = max(at, person.muted_until)
    while True:
        later = _after_most(person, told, at) if kind in COUNTED else at
        later = after_quiet(person, later)
        if later == at:
            return at
        at = later


def after_quiet(person: Person, at: datetime) -> datetime:
    """This instant, or the end of her quiet hours where it lies in them."""
    start, end = person.quiet_from, person.quiet_until
    local = at.astimezone(ZoneInfo(person.time_zone))
    if start <= end:
        quiet = start <= local.hour < end
    else:
        quiet = local.hour >= start or local.hour < end
    if not quiet:
        return at
    over = local.replace(hour=end, minute=0, second=0, microsecond=0)
    return _instant(over if over > local else over + DAY, at)


def digest_at(person: Person, made_at: datetime) -> datetime:
    """When what was made then is told to who wants it once a day, or on a Monday."""
    local = made_at.astimezone(ZoneInfo(person.time_zone))
    hour = person.quiet_until if person.quiet_from != person.quiet_until else MORNING
    over = local.replace(hour=hour, minute=0, second=0, microsecond=0)
    while over <= local or (person.matches_when == "week" and over.weekday() != 0):
        over += DAY
    return _instant(over, made_at)


def _instant(local: datetime, like: datetime) -> datetime:
    # By way of UTC: arithmetic on a zone's own clock knows nothing of the hour it skips.
    return local.astimezone(like.tzinfo)


def _after_most(person: Person, told: Sequence[datetime], at: datetime) -> datetime:
    for most, within in ((MOST_AN_HOUR, HOUR), (person.alerts_a_day, DAY)):
        recent = sorted(one for one in told if at - within < one <= at)
        if len(recent) >= most:
            at = max(at, recent[-most] + within)
    return at


def _asked(person: Person, kind: str) -> str:
    name = ASKED.get(kind)
    return getattr(person, name) if name else "on"
