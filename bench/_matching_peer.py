"""One SQL join over PostGIS that finds what an offer fits, with the same filter and order.

Its tables are made for it: positions with a spatial index over how far each family goes, what is
asked as arrays, and diets with what one implies of another worked out before.
"""

import json
import uuid
from datetime import date, datetime
from typing import Any

import psycopg

from webapp import geo
from webapp.milk import BELIEFS, DIMENSIONS, implied_diet

Pair = tuple[uuid.UUID, int, int]
"""A request, how many ml fit, and how many might."""

TABLES = """
CREATE EXTENSION IF NOT EXISTS postgis;
CREATE SCHEMA peer;
CREATE TABLE peer.centre (cell text PRIMARY KEY, place geography(Point));
CREATE TABLE peer.takes (dimension text, code text);
CREATE TABLE peer.kept (offer_id uuid PRIMARY KEY, diet jsonb);
"""
FILL = """
CREATE TABLE peer.request AS
SELECT id, person_id, centre.place, reach_km, volume_ml,
    CASE WHEN need = 'emergency' AND emergency_until > %(at)s THEN 0
        ELSE least(30, greatest(0, coalesce(least(by_on,
            (fresh_at AT TIME ZONE 'UTC')::date + in_hand_days) - %(today)s, 30))) END AS days,
    nullif(diet::jsonb - wished, '{}') AS diet, nullif(diet::jsonb, diet::jsonb - wished) AS wishes,
    wished, floor(milk_age_months * 30.44)::int AS most_days,
    ARRAY(SELECT jsonb_array_elements_text(avoid::jsonb)) AS avoid,
    takes_of('treatment', must, avoid) AS treatments,
    takes_of('state', must, avoid) AS states,
    takes_of('lipase', must, avoid) AS lipases
FROM listing JOIN peer.centre USING (cell),
    LATERAL (SELECT ARRAY(SELECT jsonb_array_elements_text(nice::jsonb)) AS wished) AS w
WHERE kind = 'request' AND status = 'open';
CREATE INDEX ON peer.request USING gist (_ST_Expand(place, reach_km * 1000));
CREATE TABLE peer.offer AS
SELECT id, person_id, centre.place, reach_km, volume_ml, kept.diet, lipase,
    ARRAY(SELECT key FROM jsonb_each_text(exposures::jsonb) WHERE value = 'none') AS free
FROM listing JOIN peer.centre USING (cell) JOIN peer.kept ON offer_id = id WHERE kind = 'offer';
CREATE TABLE peer.bag AS
SELECT listing_id AS offer_id, id, volume_ml, pumped_from, state, treatment FROM batch;
ALTER TABLE peer.offer ADD PRIMARY KEY (id);
CREATE INDEX ON peer.bag (offer_id);
"""
TAKES = """
CREATE FUNCTION takes_of(of text, must json, avoid json) RETURNS text[] LANGUAGE sql AS $$
    SELECT CASE WHEN count(*) < (SELECT count(*) FROM peer.takes WHERE dimension = of)
        THEN array_agg(code) END
    FROM peer.takes WHERE dimension = of AND NOT avoid::jsonb ? code
    AND (must::jsonb ? code OR NOT EXISTS (SELECT FROM peer.takes AS t
        WHERE t.dimension = of AND must::jsonb ? t.code))
$$
"""
# 2 fits, 1 is unknown, 0 doesn't fit.
DIET = """CASE WHEN NOT o.diet ? asked.key THEN 1
    WHEN o.diet ->> asked.key IS NOT NULL AND b.pumped_from IS NOT NULL
    THEN CASE WHEN b.pumped_from >= (o.diet ->> asked.key)::date + asked.value::int * 7
        THEN 2 ELSE 0 END
    WHEN asked.value::int = 0 AND o.diet ->> asked.key IS NULL THEN 2 ELSE 1 END"""
ONE_OF = """CASE WHEN r.{of} IS NULL THEN 2 WHEN {said} = '' THEN 1
    WHEN {said} = ANY(r.{of}) THEN 2 ELSE 0 END"""
JOIN = f"""
SELECT id, fit_ml, unknown_ml FROM (
    SELECT r.id, r.days, o.volume_ml AS of_ml, sums.*, r.volume_ml AS wanted_ml, wishes.unmet,
        ST_Distance(r.place, o.place, false) / 1000 AS km
    FROM peer.offer AS o
    JOIN peer.request AS r
        ON _ST_Expand(r.place, r.reach_km * 1000) && _ST_Expand(o.place, o.reach_km * 1000)
        AND ST_Distance(r.place, o.place, false) <= (o.reach_km + r.reach_km) * 1000
        AND r.person_id <> o.person_id
    CROSS JOIN LATERAL (
        SELECT fit + CASE WHEN rest = 2 THEN remainder ELSE 0 END AS fit_ml,
            might + CASE WHEN rest = 1 THEN remainder ELSE 0 END AS unknown_ml,
            loose, remainder
        FROM (SELECT fit, might, loose, o.volume_ml - held AS remainder,
                CASE WHEN loose > 0 THEN CASE WHEN worst = best THEN worst ELSE 1 END
                    WHEN r.diet IS NULL AND r.avoid = '{{}}' AND r.most_days IS NULL
                        AND r.treatments IS NULL AND r.states IS NULL AND r.lipases IS NULL
                    THEN 2 ELSE 1 END AS rest
            FROM (SELECT coalesce(sum(volume_ml), 0) AS held,
                    coalesce(sum(volume_ml) FILTER (WHERE verdict = 2), 0) AS fit,
                    coalesce(sum(volume_ml) FILTER (WHERE verdict = 1), 0) AS might,
                    count(*) FILTER (WHERE volume_ml IS NULL) AS loose,
                    min(verdict) FILTER (WHERE volume_ml IS NULL) AS worst,
                    max(verdict) FILTER (WHERE volume_ml IS NULL) AS best
                FROM (SELECT b.volume_ml, least(
                        CASE WHEN r.avoid <@ o.free THEN 2 ELSE 1 END,
                        {ONE_OF.format(of="treatments", said="b.treatment")},
                        {ONE_OF.format(of="states", said="b.state")},
                        {ONE_OF.format(of="lipases", said="o.lipase")},
                        CASE WHEN r.most_days IS NULL THEN 2 WHEN b.pumped_from IS NULL THEN 1
                            WHEN b.pumped_from >= %(today)s - r.most_days THEN 2 ELSE 0 END,
                        CASE WHEN r.diet IS NULL THEN 2
                            ELSE (SELECT min({DIET}) FROM jsonb_each_text(r.diet) AS asked) END
                    ) AS verdict FROM peer.bag AS b WHERE b.offer_id = o.id) AS judged
            ) AS summed) AS rested) AS sums
    CROSS JOIN LATERAL (
        SELECT CASE WHEN r.wishes IS NULL THEN 0 ELSE (
            SELECT count(*) FROM jsonb_each_text(r.wishes) AS asked
            WHERE asked.key = ANY(r.wished) AND (remainder > 0 AND loose = 0
                OR EXISTS (SELECT FROM peer.bag AS b WHERE b.offer_id = o.id AND {DIET} < 2))
        ) END AS unmet) AS wishes
    WHERE o.id = %(offer)s AND fit_ml + unknown_ml > 0
) AS pairs
ORDER BY CASE WHEN fit_ml = of_ml THEN 0 WHEN fit_ml > 0 THEN 1 ELSE 2 END, days, round(km),
    9 - 9 * least(CASE WHEN fit_ml > 0 THEN fit_ml ELSE unknown_ml END, wanted_ml) / wanted_ml,
    unmet, id
LIMIT %(at_most)s
"""


def build(connection: psycopg.Connection[Any], at: datetime) -> None:
    """The join's own tables, of what ours hold."""
    connection.execute(TABLES)
    connection.execute(TAKES)
    for dimension, codes in DIMENSIONS.items():
        for code, _label in codes:
            connection.execute("INSERT INTO peer.takes VALUES (%s, %s)", (dimension, code))
    cells = connection.execute("SELECT DISTINCT cell FROM listing").fetchall()
    with connection.cursor().copy("COPY peer.centre FROM STDIN") as copy:
        for (cell,) in cells:
            latitude, longitude = geo.centre(cell)
            copy.write_row((cell, f"POINT({longitude!r} {latitude!r})"))
    offers = connection.execute("SELECT id, diet FROM listing WHERE kind = 'offer'").fetchall()
    for offer_id, diet in offers:
        shown = {code: since for code, since in diet.items() if code not in BELIEFS}
        kept = json.dumps(implied_diet(shown))
        connection.execute("INSERT INTO peer.kept VALUES (%s, %s)", (offer_id, kept))
    values = {"at": at, "today": at.date()}
    for statement in FILL.split(";\n"):
        if statement.strip():
            connection.execute(psycopg.ClientCursor(connection).mogrify(statement, values))
    connection.execute("ANALYZE")


def best(
    connection: psycopg.Connection[Any], offer_id: uuid.UUID, today: date, at_most: int
) -> list[Pair]:
    """The requests that an offer fits best."""
    values = {"offer": offer_id, "today": today, "at_most": at_most}
    return [(row[0], row[1], row[2]) for row in connection.execute(JOIN, values)]
