"""screening: sealed answers and whom they are shown"""

import sqlalchemy as sa
from alembic import op

revision = '20261123_screening'
down_revision = '20261123_freezer'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('screening',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('sealed', sa.LargeBinary(), nullable=False),
    sa.Column('key_id', sa.String(length=16), nullable=False),
    sa.ForeignKeyConstraint(['id'], ['person.id'], name=op.f('fk_screening_id_person'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_screening'))
    )
    with op.batch_alter_table('screening', schema=None) as batch_op:
        batch_op.create_index('ix_screening_key_id', ['key_id'], unique=False)

    op.create_table('grant',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('conversation_id', sa.Uuid(), nullable=False),
    sa.Column('person_id', sa.Uuid(), nullable=False),
    sa.Column('to_id', sa.Uuid(), nullable=False),
    sa.Column('level', sa.String(length=8), nullable=False),
    sa.Column('granted_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['conversation_id'], ['conversation.id'], name=op.f('fk_grant_conversation_id_conversation'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_grant_person_id_person'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['to_id'], ['person.id'], name=op.f('fk_grant_to_id_person'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_grant')),
    sa.UniqueConstraint('conversation_id', 'person_id', name=op.f('uq_grant_conversation_id_person_id'))
    )
    with op.batch_alter_table('grant', schema=None) as batch_op:
        batch_op.create_index('ix_grant_person_id', ['person_id'], unique=False)
        batch_op.create_index('ix_grant_to_id', ['to_id'], unique=False)


def downgrade() -> None:
    op.drop_table('grant')
    op.drop_table('screening')
