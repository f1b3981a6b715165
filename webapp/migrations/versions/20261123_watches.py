"""watches: what a person wants to hear of"""

import sqlalchemy as sa
from alembic import op

revision = '20261123_watches'
down_revision = '20261123_search'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('watch',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('person_id', sa.Uuid(), nullable=False),
    sa.Column('cell', sa.String(length=15), nullable=False),
    sa.Column('feed_cell', sa.String(length=15), nullable=False),
    sa.Column('reach_km', sa.Integer(), nullable=False),
    sa.Column('least_ml', sa.Integer(), nullable=False),
    sa.Column('diet', sa.JSON(), nullable=False),
    sa.Column('must', sa.JSON(), nullable=False),
    sa.Column('nice', sa.JSON(), nullable=False),
    sa.Column('avoid', sa.JSON(), nullable=False),
    sa.Column('milk_age_months', sa.Integer(), nullable=True),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('match_due_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_watch_person_id_person'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_watch'))
    )
    with op.batch_alter_table('watch', schema=None) as batch_op:
        batch_op.create_index('ix_watch_feed_cell', ['feed_cell'], unique=False)
        batch_op.create_index('ix_watch_match_due_at', ['match_due_at'], unique=False, sqlite_where=sa.text('match_due_at IS NOT NULL'), postgresql_where=sa.text('match_due_at IS NOT NULL'))
        batch_op.create_index('ix_watch_person_id', ['person_id'], unique=False)

    with op.batch_alter_table('match', schema=None) as batch_op:
        batch_op.add_column(sa.Column('watch_id', sa.Uuid(), nullable=True))
        batch_op.alter_column('request_id', existing_type=sa.Uuid(), nullable=True)
        batch_op.create_index('ix_match_watch_id', ['watch_id'], unique=False)
        batch_op.create_unique_constraint(op.f('uq_match_offer_id_watch_id'), ['offer_id', 'watch_id'])
        batch_op.create_foreign_key(op.f('fk_match_watch_id_watch'), 'watch', ['watch_id'], ['id'], ondelete='CASCADE')
        batch_op.create_check_constraint(op.f('ck_match_asks'), '(request_id IS NULL) <> (watch_id IS NULL)')


def downgrade() -> None:
    op.execute('DELETE FROM match WHERE request_id IS NULL')
    with op.batch_alter_table('match', schema=None) as batch_op:
        batch_op.drop_constraint(op.f('ck_match_asks'), type_='check')
        batch_op.drop_constraint(op.f('fk_match_watch_id_watch'), type_='foreignkey')
        batch_op.drop_constraint(op.f('uq_match_offer_id_watch_id'), type_='unique')
        batch_op.drop_index('ix_match_watch_id')
        batch_op.alter_column('request_id', existing_type=sa.Uuid(), nullable=False)
        batch_op.drop_column('watch_id')
    with op.batch_alter_table('watch', schema=None) as batch_op:
        batch_op.drop_index('ix_watch_person_id')
        batch_op.drop_index('ix_watch_match_due_at')
        batch_op.drop_index('ix_watch_feed_cell')
    op.drop_table('watch')
