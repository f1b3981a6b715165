"""totals: how much a listing held with what has been given of it"""

import sqlalchemy as sa
from alembic import op

revision = '20261122_totals'
down_revision = '20261122_moderation'
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table('listing', schema=None) as batch_op:
        batch_op.add_column(sa.Column('total_ml', sa.Integer(), nullable=False, server_default='0'))
    op.execute('UPDATE listing SET total_ml = volume_ml')
    with op.batch_alter_table('listing', schema=None) as batch_op:
        batch_op.alter_column('total_ml', server_default=None)


def downgrade() -> None:
    with op.batch_alter_table('listing', schema=None) as batch_op:
        batch_op.drop_column('total_ml')
