"""matching: who asks near, what ends soonest first"""

import sqlalchemy as sa
from alembic import op

revision = '20261123_matching'
down_revision = '20261123_watches'
branch_labels = None
depends_on = None

ASKING = sa.text("status = 'open' AND kind = 'request'")


def upgrade() -> None:
    # Filled when a request is matched; until then it is read with those that said no day.
    never = sa.Column('ends_on', sa.Date(), nullable=False, server_default='9999-12-31')
    with op.batch_alter_table('listing', schema=None) as batch_op:
        batch_op.add_column(never)
    with op.batch_alter_table('listing', schema=None) as batch_op:
        batch_op.alter_column('ends_on', server_default=None)
    with op.batch_alter_table('listing', schema=None) as batch_op:
        batch_op.create_index(
            'ix_listing_asking',
            ['feed_cell', 'ends_on', 'reach_km'],
            unique=False,
            postgresql_where=ASKING,
            sqlite_where=ASKING,
        )


def downgrade() -> None:
    with op.batch_alter_table('listing', schema=None) as batch_op:
        batch_op.drop_index('ix_listing_asking', postgresql_where=ASKING, sqlite_where=ASKING)
        batch_op.drop_column('ends_on')
