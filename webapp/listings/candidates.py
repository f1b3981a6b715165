"""The rows of open listings that a search looks at, read from two covering indexes.

Both are partial, and their status must be a literal, or SQLite does not use them. Values come as
the database has them, since most rows that are looked at are not shown: `native` makes them ours.
"""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, NamedTuple

from sqlalchemy import Text, bindparam, literal_column, or_, select, tuple_, type_coerce
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.engine import Dialect
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement
from sqlalchemy.types import NullType, TypeDecorator, TypeEngine

from webapp.database import db
from webapp.listings.models import Listing
from webapp.listings.traits import Wanted

IS_OPEN = Listing.status == literal_column("'open'")
FIRST = datetime(1, 1, 1, tzinfo=UTC)
LAST = datetime(9999, 1, 1, tzinfo=UTC)
NO_ID = uuid.UUID(int=0)

Key = tuple[datetime, uuid.UUID]
"""Where a listing stands among the newest: when it was published, and its id."""


class Candidate(NamedTuple):
    """A row of an index. `published_at`, `id` and `person_id` are the database's own."""

    published_at: Any
    id: Any
    cell: str
    person_id: Any


def native(row: Candidate) -> Key:
    """A row's instant and id."""
    if isinstance(row.id, str):
        return datetime.fromisoformat(row.published_at).replace(tzinfo=UTC), uuid.UUID(row.id)
    return row.published_at.astimezone(UTC), row.id


@dataclass(frozen=True)
class Candidates:
    """Reads what fits a filter and was published before `until`, without some people's."""

    wanted: Wanted
    unseen: frozenset[Any]
    until: Key = (LAST, NO_ID)

    @classmethod
    def of(cls, wanted: Wanted, unseen: set[uuid.UUID], until: Key | None = None) -> "Candidates":
        """`unseen` are people who are not seen."""
        text = db.engine.dialect.name == "sqlite"
        raw = frozenset(person.hex if text else person for person in unseen)
        return cls(wanted, raw, until or (LAST, NO_ID))

    def in_feed_cells(self, cells: Sequence[str], at_most: int) -> list[Candidate]:
        """Some of these resolution-5 cells, in no order; all of them where fewer come."""
        return self._read(SOME_IN_FEED, at_most, cells=cells)

    def in_cells(self, cells: Sequence[str], at_most: int) -> list[Candidate]:
        """Some of these cells, in no order; all of them where fewer come."""
        return self._read(SOME_IN_CELLS, at_most, cells=cells)

    def newest_in_cell(self, cell: str, at_most: int, until: Key | None) -> list[Candidate]:
        """The newest of one cell, newest first, from `until` on."""
        return self._read(NEWEST_IN_CELL, at_most, cell=cell, until=until)

    def newest_in_feed_cells(
        self, cells: Sequence[str], at_most: int, since: datetime, until: Key
    ) -> list[Candidate]:
        """The newest of these resolution-5 cells of those published from `since` to `until`."""
        return self._read(NEWEST_IN_FEED, at_most, cells=cells, since=since, until=until)

    def seen(self, rows: list[Candidate]) -> list[Candidate]:
        """Those rows whose person is seen."""
        return [row for row in rows if row.person_id not in self.unseen]

    def _read(
        self,
        query: Any,
        at_most: int,
        since: datetime = FIRST,
        until: Key | None = None,
        **where: Any,
    ) -> list[Candidate]:
        published_at, listing_id = min(until or self.until, self.until)
        wanted = self.wanted
        values = {
            "kind": wanted.kind,
            "every": wanted.every,
            "never": wanted.never,
            "states": wanted.states,
            "least_ml": wanted.least_ml,
            "since": since,
            "until": published_at,
            "until_id": listing_id,
            "at_most": at_most,
            **where,
        }
        return [Candidate(*row) for row in db.session.execute(query, values)]


class _Texts(TypeDecorator[list[str]]):
    """A list of texts as one parameter, so that a query's text is one whatever their number."""

    impl = Text
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        if dialect.name == "postgresql":
            return dialect.type_descriptor(ARRAY(Text()))
        return dialect.type_descriptor(Text())

    def process_bind_param(self, value: Any, dialect: Dialect) -> Any:
        if dialect.name == "postgresql":
            return [*value]
        # Cells are letters and digits, so that there is nothing to escape.
        return '["' + '","'.join(value) + '"]'


class _OneOf(FunctionElement[Any]):
    """Whether a column is one of the texts of a parameter."""

    # With a Boolean, SQLite would read "= 1" behind it, and use no index.
    type = NullType()
    inherit_cache = True


@compiles(_OneOf, "sqlite")
def _one_of_json(element: Any, compiler: Any, **more: Any) -> str:
    column, texts = (compiler.process(each, **more) for each in element.clauses)
    return f"{column} IN (SELECT value FROM json_each({texts}))"


@compiles(_OneOf, "postgresql")
def _one_of_array(element: Any, compiler: Any, **more: Any) -> str:
    column, texts = (compiler.process(each, **more) for each in element.clauses)
    return f"{column} = ANY({texts})"


def _query(*where: Any) -> Any:
    """Rows of what is wanted; its parameters are named in `Candidates._read`."""
    traits, states = Listing.traits, bindparam("states", type_=Listing.traits.type)
    every, never = (bindparam(name, type_=Listing.traits.type) for name in ("every", "never"))
    columns = (Listing.published_at, Listing.id, Listing.cell, Listing.person_id)
    return (
        select(*(type_coerce(column, NullType()) for column in columns))
        .where(
            IS_OPEN,
            *where,
            Listing.kind == bindparam("kind"),
            Listing.published_at >= bindparam("since"),
            tuple_(Listing.published_at, Listing.id)
            < tuple_(
                bindparam("until", type_=Listing.published_at.type),
                bindparam("until_id", type_=Listing.id.type),
            ),
            traits.bitwise_and(every) == every,
            traits.bitwise_and(never) == 0,
            or_(states == 0, traits.bitwise_and(states) != 0),
            Listing.volume_ml >= bindparam("least_ml"),
        )
        .limit(bindparam("at_most"))
    )


_texts = bindparam("cells", type_=_Texts())
_newest_first = (Listing.published_at.desc(), Listing.id.desc())

SOME_IN_FEED = _query(_OneOf(Listing.feed_cell, _texts))
NEWEST_IN_FEED = SOME_IN_FEED.order_by(*_newest_first)
SOME_IN_CELLS = _query(_OneOf(Listing.cell, _texts))
NEWEST_IN_CELL = _query(Listing.cell == bindparam("cell")).order_by(*_newest_first)
