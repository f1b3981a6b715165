"""milk: batches, the donor's calendar, and what a request must have"""

import json
import uuid

import sqlalchemy as sa
from alembic import op

revision = '20261123_milk'
down_revision = '20261122_totals'
branch_labels = None
depends_on = None

WORDS = {
    'container': 12,
    'storage': 16,
    'frozen_within': 8,
    'stage': 12,
    'treatment': 12,
    'pooled': 3,
    'thawed': 3,
    'power_loss': 3,
    'labelled': 8,
}
LISTS = {'must': '[]', 'nice': '[]'}
WEEKS = (0, 2, 3, 4, 8)


def upgrade() -> None:
    op.create_table('exposure',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('person_id', sa.Uuid(), nullable=False),
    sa.Column('what', sa.String(length=12), nullable=False),
    sa.Column('diet', sa.String(length=12), nullable=False),
    sa.Column('from_on', sa.Date(), nullable=False),
    sa.Column('to_on', sa.Date(), nullable=True),
    sa.Column('name', sa.Text(), nullable=False),
    sa.Column('dose', sa.Text(), nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_exposure_person_id_person'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_exposure'))
    )
    with op.batch_alter_table('exposure', schema=None) as batch_op:
        batch_op.create_index('ix_exposure_person_id', ['person_id'], unique=False)

    with op.batch_alter_table('batch', schema=None) as batch_op:
        batch_op.add_column(sa.Column('volume_ml', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('portions', sa.Integer(), nullable=True))
        for name, length in WORDS.items():
            batch_op.add_column(sa.Column(name, sa.String(length=length), nullable=False, server_default=''))
        batch_op.add_column(sa.Column('exposed', sa.JSON(), nullable=False, server_default='[]'))
        batch_op.add_column(sa.Column('off_diet', sa.JSON(), nullable=False, server_default='{}'))
    with op.batch_alter_table('batch', schema=None) as batch_op:
        for name in (*WORDS, 'exposed', 'off_diet'):
            batch_op.alter_column(name, server_default=None)

    with op.batch_alter_table('listing', schema=None) as batch_op:
        batch_op.add_column(sa.Column('lipase', sa.String(length=24), nullable=False, server_default=''))
        batch_op.add_column(sa.Column('in_hand_days', sa.Integer(), nullable=True))
        for name, nothing in LISTS.items():
            batch_op.add_column(sa.Column(name, sa.JSON(), nullable=False, server_default=nothing))
    with op.batch_alter_table('listing', schema=None) as batch_op:
        for name in ('lipase', *LISTS):
            batch_op.alter_column(name, server_default=None)

    with op.batch_alter_table('match', schema=None) as batch_op:
        for name in ('fit_ml', 'unknown_ml', 'of_ml'):
            batch_op.add_column(sa.Column(name, sa.Integer(), nullable=False, server_default='0'))
    with op.batch_alter_table('match', schema=None) as batch_op:
        for name in ('fit_ml', 'unknown_ml', 'of_ml'):
            batch_op.alter_column(name, server_default=None)

    with op.batch_alter_table('conversation', schema=None) as batch_op:
        batch_op.add_column(sa.Column('changed_at', sa.DateTime(timezone=True), nullable=True))

    _lengths_that_can_be_asked()
    _tell_everybody_anew()
    # Amounts that fit are counted by the matching: what is open is matched anew.
    op.execute("UPDATE listing SET match_due_at = fresh_at WHERE status = 'open'")


def _lengths_that_can_be_asked() -> None:
    """A diet is asked for with one of a few lengths: others become the next longer one."""
    listing = sa.table('listing', sa.column('id', sa.Uuid()), sa.column('kind'), sa.column('diet', sa.JSON()))
    bind = op.get_bind()
    for row in bind.execute(sa.select(listing.c.id, listing.c.diet).where(listing.c.kind == 'request')).all():
        diet = json.loads(row.diet) if isinstance(row.diet, str) else row.diet
        asked = {
            code: next((each for each in WEEKS if each >= weeks), WEEKS[-1]) for code, weeks in diet.items()
        }
        if asked != diet:
            bind.execute(listing.update().where(listing.c.id == row.id).values(diet=asked))


def _tell_everybody_anew() -> None:
    """Each person's own row says more than it did: her phones are to ask for it."""
    bind = op.get_bind()
    ids = [row.id for row in bind.execute(sa.text('SELECT id FROM person ORDER BY id'))]
    seq = bind.execute(sa.text('SELECT seq FROM feed_counter')).scalar()
    if seq is None:
        return
    change = sa.table('change', sa.column('scope'), sa.column('noun'), sa.column('row_id', sa.Uuid()), sa.column('seq'))
    for number, text in enumerate(ids, start=1):
        person_id = text if isinstance(text, uuid.UUID) else uuid.UUID(text)
        key = {'scope': f'me:{person_id}', 'noun': 'person', 'row_id': person_id}
        bind.execute(change.delete().filter_by(**key))
        bind.execute(change.insert().values(**key, seq=seq + number))
    bind.execute(sa.text('UPDATE feed_counter SET seq = seq + :many'), {'many': len(ids)})


def downgrade() -> None:
    with op.batch_alter_table('conversation', schema=None) as batch_op:
        batch_op.drop_column('changed_at')
    with op.batch_alter_table('match', schema=None) as batch_op:
        for name in ('of_ml', 'unknown_ml', 'fit_ml'):
            batch_op.drop_column(name)
    with op.batch_alter_table('listing', schema=None) as batch_op:
        for name in (*LISTS, 'in_hand_days', 'lipase'):
            batch_op.drop_column(name)
    with op.batch_alter_table('batch', schema=None) as batch_op:
        for name in ('off_diet', 'exposed', *reversed(WORDS), 'portions', 'volume_ml'):
            batch_op.drop_column(name)
    with op.batch_alter_table('exposure', schema=None) as batch_op:
        batch_op.drop_index('ix_exposure_person_id')
    op.drop_table('exposure')
