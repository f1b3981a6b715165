"""Ranks what a person may mean by a few typed letters."""

import re
from collections.abc import Callable
from typing import Any

import pysqlite3

from webapp.geo.folding import glued, words

LONGEST_QUERY = 100
MOST_WORDS = 6
SHORTEST_POSTCODE_PREFIX = 3
SHORTEST_EXACT_NAME = 4
CANDIDATES = 200
QUALIFIED_CANDIDATES = 1000
EXACT_CANDIDATES = 50
KEPT_FOR_EXACT = 3
ALTERNATE_WEIGHT = 1 / 30
HOME_COUNTRY_WEIGHT = 10
ALSO_KNOWN_AS = {"GB": "uk", "US": "america"}

CODES = "SELECT key, country, latitude IS NOT NULL, town FROM postcode"
CodeRow = tuple[str, str, int, int]

ZIP_PLUS_FOUR = re.compile(r"(\d{5})-\d{4}")


class Query:
    """What was typed, cut to 100 characters and folded: a name, and what follows its comma."""

    def __init__(self, text: str, near_country: str | None, limit: int) -> None:
        self.text = text[:LONGEST_QUERY].strip()
        name, _, qualifier = self.text.partition(",")
        self.name = words(name)[:MOST_WORDS]
        self.qualifier = words(qualifier)[:MOST_WORDS]
        self.near_country = near_country
        self.limit = limit

    def qualified_by_last_word(self) -> "Query":
        """The same, read as "Gresham Oregon": the last word names the region or country."""
        other = Query("", self.near_country, self.limit)
        other.name, other.qualifier = self.name[:-1], self.name[-1:]
        return other


def postcode_key(code: str) -> str:
    """How a postcode is stored: "1000-001" as "1000001"."""
    return glued(code)


def postcodes(connection: pysqlite3.Connection, query: Query) -> list[tuple[str, str]]:
    """The (key, country) of postcodes that begin like the query, best first."""
    if not any(character.isdigit() for character in query.text):
        return []
    coded = [word for word in query.name if any(c.isdigit() for c in word)]
    town = [word for word in query.name if word not in coded]
    zip_code = ZIP_PLUS_FOUR.fullmatch(query.text)
    whole = zip_code[1] if zip_code else "".join(query.name)
    rows = _codes_like(connection, whole, query) or _codes_like(connection, "".join(coded), query)
    rows = rows or _codes_that_begin(connection, whole)
    return _best_codes(rows, whole, _named(connection, town, QUALIFIED_CANDIDATES), query)


def towns(connection: pysqlite3.Connection, query: Query) -> list[int]:
    """The ranks of towns that one of whose names begins like the query, best first."""
    found = _towns(connection, query)
    if len(found) < query.limit and len(query.name) > 1 and not query.qualifier:
        found += _towns(connection, query.qualified_by_last_word())
    return list(dict.fromkeys(found))[: query.limit]


def _codes_like(connection: pysqlite3.Connection, key: str, query: Query) -> list[CodeRow]:
    if not key:
        return []
    rows = connection.execute(f"{CODES} WHERE key = ?", (key,)).fetchall()
    if len(key) >= SHORTEST_POSTCODE_PREFIX:
        begins = f"{CODES} WHERE key >= ? AND key < ? || char(0x10ffff)"
        rows += connection.execute(f"{begins} LIMIT ?", (key, key, query.limit))
        near = (key, key, query.near_country, query.limit)
        rows += connection.execute(f"{begins} AND country = ? LIMIT ?", near)
    return rows


def _codes_that_begin(connection: pysqlite3.Connection, key: str) -> list[CodeRow]:
    """The longest code that is only a beginning, and with which a whole postcode begins."""
    shorter = [key[:end] for end in range(len(key) - 1, 1, -1)]
    marks = ",".join("?" * len(shorter))
    sql = f"{CODES} WHERE partial AND key IN ({marks}) ORDER BY length(key) DESC LIMIT 1"
    return connection.execute(sql, shorter).fetchall()


def _best_codes(
    rows: list[CodeRow], key: str, named: set[int], query: Query
) -> list[tuple[str, str]]:
    def order(row: CodeRow) -> tuple[Any, ...]:
        code, country, precise, town = row
        elsewhere = country != query.near_country
        return town not in named, elsewhere, code != key, not precise, code, town, country

    return [(code, country) for code, country, *_ in sorted(set(rows), key=order)][: query.limit]


def _named(connection: pysqlite3.Connection, name: list[str], limit: int) -> set[int]:
    """The towns one of whose names begins so, by any word of their own, or all of another."""
    if not name:
        return set()
    *before, last = name
    own = " AND ".join([*(_quoted(word) for word in before), f"{_quoted(last)}*"])
    other = f"other : {_quoted(''.join(name))}*"
    return {
        *_ranks(connection, f"name : ({own})", limit),
        *_ranks(connection, other, limit),
    }


def _towns(connection: pysqlite3.Connection, query: Query) -> list[int]:
    if not query.name:
        return []
    whole = "".join(query.name)
    many = QUALIFIED_CANDIDATES if query.qualifier else CANDIDATES
    few = many if query.near_country or query.qualifier else query.limit
    exact = _ranks(connection, f"other : {_quoted(whole)}", max(few, EXACT_CANDIDATES))
    rows = _rows(connection, _named(connection, query.name, few).union(exact))
    rows = {rank: row for rank, row in rows.items() if _qualifies(row, query.qualifier)}
    long_enough = len(whole) >= SHORTEST_EXACT_NAME or not whole.isascii()
    same = {r for r in exact if r in rows and (long_enough or glued(rows[r][0]) == whole)}
    own = {rank for rank, row in rows.items() if _begins(words(row[0]), query.name)}
    weigh = _weigher(rows, same | own, query.near_country)
    return _with_exact(sorted(rows, key=weigh), sorted(same, key=weigh), query.limit)


def _begins(own: list[str], typed: list[str]) -> bool:
    *before, last = typed
    return set(before) <= set(own) and any(word.startswith(last) for word in own)


def _with_exact(best: list[int], exact: list[int], limit: int) -> list[int]:
    """The best, of which the last give way to what bears exactly the name that was typed."""
    shown = best[:limit]
    missing = [rank for rank in exact if rank not in shown][: min(KEPT_FOR_EXACT, limit - 1)]
    return shown[: limit - len(missing)] + missing


def _weigher(
    rows: dict[int, tuple[Any, ...]], by_own_name: set[int], near_country: str | None
) -> Callable[[int], tuple[float, int]]:
    def weigh(rank: int) -> tuple[float, int]:
        _, population, country, *_ = rows[rank]
        weight = 1 if rank in by_own_name else ALTERNATE_WEIGHT
        if country == near_country:
            weight *= HOME_COUNTRY_WEIGHT
        return -(population + 1) * weight, rank

    return weigh


def _qualifies(row: tuple[Any, ...], qualifier: list[str]) -> bool:
    _, _, country, admin, region, iso3, country_name = row
    codes = {country.lower(), admin.lower(), iso3.lower(), ALSO_KNOWN_AS.get(country, "")}
    named = words(f"{region or ''} {country_name}")
    return all(word in codes or any(name.startswith(word) for name in named) for word in qualifier)


def _rows(connection: pysqlite3.Connection, ranks: set[int]) -> dict[int, tuple[Any, ...]]:
    sql = f"""SELECT rank, town.name, population, town.country, town.admin, region.name,
            iso3, country.name
        FROM town LEFT JOIN region ON region.country = town.country AND region.admin = town.admin
        JOIN country ON country.code = town.country
        WHERE rank IN ({",".join(map(str, ranks))})"""
    return {rank: row for rank, *row in connection.execute(sql)}


def _ranks(connection: pysqlite3.Connection, match: str, limit: int) -> list[int]:
    sql = "SELECT rowid FROM name_index WHERE name_index MATCH ? ORDER BY rowid LIMIT ?"
    return [rank for (rank,) in connection.execute(sql, (match, limit))]


def _quoted(word: str) -> str:
    return f'"{word}"'
