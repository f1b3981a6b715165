"""freezer: a donor's own diary"""

import sqlalchemy as sa
from alembic import op

revision = '20261123_freezer'
down_revision = '20261123_milk'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('pumping',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('person_id', sa.Uuid(), nullable=False),
    sa.Column('pumped_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('volume_ml', sa.Integer(), nullable=False),
    sa.Column('portions', sa.Integer(), nullable=True),
    sa.Column('container', sa.String(length=12), nullable=False),
    sa.Column('state', sa.String(length=12), nullable=False),
    sa.Column('storage', sa.String(length=16), nullable=False),
    sa.Column('moved_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('treatment', sa.String(length=12), nullable=False),
    sa.Column('stage', sa.String(length=12), nullable=False),
    sa.Column('thawed', sa.String(length=3), nullable=False),
    sa.Column('power_loss', sa.String(length=3), nullable=False),
    sa.Column('labelled', sa.String(length=8), nullable=False),
    sa.Column('batch_id', sa.Uuid(), nullable=True),
    sa.Column('gone', sa.String(length=9), nullable=False),
    sa.Column('gone_at', sa.DateTime(timezone=True), nullable=True),
    sa.CheckConstraint('volume_ml > 0', name=op.f('ck_pumping_volume_ml')),
    sa.ForeignKeyConstraint(['batch_id'], ['batch.id'], name=op.f('fk_pumping_batch_id_batch'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_pumping_person_id_person'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_pumping'))
    )
    with op.batch_alter_table('pumping', schema=None) as batch_op:
        batch_op.create_index('ix_pumping_batch_id', ['batch_id'], unique=False)
        batch_op.create_index('ix_pumping_person_id', ['person_id'], unique=False)


def downgrade() -> None:
    with op.batch_alter_table('pumping', schema=None) as batch_op:
        batch_op.drop_index('ix_pumping_person_id')
        batch_op.drop_index('ix_pumping_batch_id')

    op.drop_table('pumping')
