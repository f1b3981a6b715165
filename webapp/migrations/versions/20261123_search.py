"""search: what a card says, in the indexes that find it"""

import json

import sqlalchemy as sa
from alembic import op

revision = '20261123_search'
down_revision = '20261123_screening'
branch_labels = None
depends_on = None

OPEN = sa.text("status = 'open'")

KEPT = {
    "dairy_free": 0, "soy_free": 1, "egg_free": 2, "nut_free": 3, "gluten_free": 4,
    "corn_free": 5, "vegan": 6, "vegetarian": 7, "halal": 8, "kosher": 9, "organic": 10,
}
NOT_KEPT = 16
FREE_OF = {
    "medicine": 32, "supplement": 33, "alcohol": 34, "caffeine": 35, "nicotine": 36,
    "cannabis": 37, "other_drug": 38, "illness": 39, "vaccine": 40, "contrast": 41,
}
STATE = {"frozen": 44, "refrigerated": 45, "fresh": 46}
AGE = {"newborn_4w": 48, "1_3m": 49, "3_6m": 50, "6_12m": 51, "12_24m": 52, "over_24m": 53}
AGE_SAID = 54

AT_ONCE = 1000


def upgrade() -> None:
    with op.batch_alter_table('listing', schema=None) as batch_op:
        batch_op.drop_index('ix_listing_open', postgresql_where=OPEN, sqlite_where=OPEN)
        batch_op.add_column(
            sa.Column('traits', sa.BigInteger(), nullable=False, server_default='0')
        )
    with op.batch_alter_table('listing', schema=None) as batch_op:
        batch_op.alter_column('traits', server_default=None)
    _fill()
    with op.batch_alter_table('listing', schema=None) as batch_op:
        for name, first, more in (
            ('ix_listing_open', 'feed_cell', ['cell']),
            ('ix_listing_open_cell', 'cell', []),
        ):
            batch_op.create_index(
                name,
                [first, 'kind', 'published_at', 'id', *more, 'person_id', 'traits', 'volume_ml'],
                unique=False,
                postgresql_where=OPEN,
                sqlite_where=OPEN,
            )


def downgrade() -> None:
    with op.batch_alter_table('listing', schema=None) as batch_op:
        for name in ('ix_listing_open_cell', 'ix_listing_open'):
            batch_op.drop_index(name, postgresql_where=OPEN, sqlite_where=OPEN)
        batch_op.drop_column('traits')
    with op.batch_alter_table('listing', schema=None) as batch_op:
        batch_op.create_index(
            'ix_listing_open',
            ['feed_cell', 'kind', 'published_at', 'id', 'cell', 'person_id'],
            unique=False,
            postgresql_where=OPEN,
            sqlite_where=OPEN,
        )


def _fill() -> None:
    """Work out the bits of what each listing's card says, from what the first slice kept."""
    connection = op.get_bind()
    listing = sa.table(
        'listing',
        *map(sa.column, ('id', 'kind', 'show_belief', 'age_band', 'diet', 'exposures', 'traits')),
    )
    batch = sa.table(
        'batch', *map(sa.column, ('listing_id', 'state', 'pumped_from', 'look'))
    )
    batches = {}
    for listing_id, *milk in connection.execute(sa.select(*batch.c)):
        batches.setdefault(listing_id, []).append(milk)
    change = (
        listing.update()
        .where(listing.c.id == sa.bindparam('row'))
        .values(traits=sa.bindparam('bits'))
    )
    rows = connection.execute(sa.select(*listing.c)).all()
    for start in range(0, len(rows), AT_ONCE):
        connection.execute(
            change,
            [
                {'row': row.id, 'bits': _bits(row, batches.get(row.id, []))}
                for row in rows[start : start + AT_ONCE]
            ],
        )


def _bits(row, batches) -> int:
    diet, exposures = _read(row.diet), _read(row.exposures)
    age = 1 << AGE[row.age_band] | 1 << AGE_SAID if row.age_band in AGE else 0
    if row.kind == 'request':
        kept = {code: code in diet or _vegan(code, diet) for code in KEPT}
    else:
        days = [None if look else begins for _state, begins, look in batches]
        first = min(map(str, days))[:7] if days and None not in days else None
        kept = {code: _kept(code, diet, first) for code in KEPT}
        if not row.show_belief:
            kept |= {'halal': None, 'kosher': None}
        age |= sum(1 << STATE[state] for state in {state for state, *_days in batches})
        age |= sum(1 << place for code, place in FREE_OF.items() if exposures.get(code) == 'none')
    return age | sum(
        1 << (KEPT[code] + (0 if is_kept else NOT_KEPT))
        for code, is_kept in kept.items()
        if is_kept is not None
    )


def _kept(code, diet, first):
    if code not in diet and not _vegan(code, diet):
        return None
    since = diet[code] if code in diet else diet['vegan']
    if not since:
        return True
    return since[:7] <= first if first else None


def _vegan(code, diet) -> bool:
    return 'vegan' in diet and code in ('dairy_free', 'egg_free')


def _read(kept):
    return json.loads(kept) if isinstance(kept, str) else kept or {}
