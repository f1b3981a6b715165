"""moderation: reports, what a suspension holds, blocks with what was blocked, erased phones"""

import sqlalchemy as sa
from alembic import op

revision = '20261122_moderation'
down_revision = '20261122_messages'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('erased_device',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('erased_at', sa.DateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_erased_device'))
    )
    op.create_table('held_listing',
    sa.Column('listing_id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['listing_id'], ['listing.id'], name=op.f('fk_held_listing_listing_id_listing'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('listing_id', name=op.f('pk_held_listing'))
    )
    op.create_table('report',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('person_id', sa.Uuid(), nullable=False),
    sa.Column('reported_id', sa.Uuid(), nullable=False),
    sa.Column('listing_id', sa.Uuid(), nullable=True),
    sa.Column('conversation_id', sa.Uuid(), nullable=True),
    sa.Column('reason', sa.String(length=12), nullable=False),
    sa.Column('note', sa.Text(), nullable=False),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('closed_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['conversation_id'], ['conversation.id'], name=op.f('fk_report_conversation_id_conversation'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['listing_id'], ['listing.id'], name=op.f('fk_report_listing_id_listing'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_report_person_id_person'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['reported_id'], ['person.id'], name=op.f('fk_report_reported_id_person'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_report'))
    )
    with op.batch_alter_table('report', schema=None) as batch_op:
        batch_op.create_index('ix_report_conversation_id', ['conversation_id'], unique=False)
        batch_op.create_index('ix_report_listing_id', ['listing_id'], unique=False)
        batch_op.create_index('ix_report_person_id', ['person_id', 'made_at'], unique=False)
        batch_op.create_index('ix_report_reported_id', ['reported_id'], unique=False)

    # What stood before these columns: nobody chose anything, and nothing was kept of a block.
    with op.batch_alter_table('block', schema=None) as batch_op:
        batch_op.add_column(sa.Column('kind', sa.String(length=8), nullable=False, server_default=''))
        batch_op.add_column(sa.Column('cell', sa.String(length=15), nullable=False, server_default=''))
    with op.batch_alter_table('block', schema=None) as batch_op:
        batch_op.alter_column('kind', server_default=None)
        batch_op.alter_column('cell', server_default=None)
    with op.batch_alter_table('person', schema=None) as batch_op:
        batch_op.add_column(sa.Column('read_marks', sa.Boolean(), nullable=False, server_default=sa.false()))
    with op.batch_alter_table('person', schema=None) as batch_op:
        batch_op.alter_column('read_marks', server_default=None)


def downgrade() -> None:
    with op.batch_alter_table('person', schema=None) as batch_op:
        batch_op.drop_column('read_marks')
    with op.batch_alter_table('block', schema=None) as batch_op:
        batch_op.drop_column('cell')
        batch_op.drop_column('kind')
    op.drop_table('report')
    op.drop_table('held_listing')
    op.drop_table('erased_device')
