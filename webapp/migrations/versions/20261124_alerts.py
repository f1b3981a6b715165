"""alerts: welcome hours, letters by e-mail, codes, and who works"""

import sqlalchemy as sa
from alembic import op

revision = '20261124_alerts'
down_revision = '20261123_matching'
branch_labels = None
depends_on = None

DUE = sa.text("state = 'due'")
WAVE = sa.text("wave_due_at IS NOT NULL")

# Filled for who is there already; the default then goes, since the model has it.
PERSON = {
    'tell_match': (sa.String(length=5), "'on'"),
    'tell_asking': (sa.String(length=5), "'on'"),
    'tell_letter': (sa.String(length=5), "'on'"),
    'tell_right': (sa.String(length=5), "'on'"),
    'tell_free': (sa.String(length=5), "'on'"),
    'matches_when': (sa.String(length=4), "'now'"),
    'quiet_from': (sa.Integer(), '22'),
    'quiet_until': (sa.Integer(), '7'),
    'alerts_a_day': (sa.Integer(), '12'),
    'mail_me': (sa.Boolean(), 'true'),
}
DEVICE = {
    'name': (sa.String(length=60), "''"),
    'service': (sa.String(length=100), "''"),
    'key_id': (sa.String(length=16), "''"),
    'session': (sa.String(length=16), "''"),
}


def upgrade() -> None:
    _add('person', PERSON)
    with op.batch_alter_table('person', schema=None) as batch_op:
        batch_op.add_column(sa.Column('muted_until', sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column('confirmed_at', sa.DateTime(timezone=True), nullable=True))
    op.execute(sa.text("UPDATE person SET tell_asking = 'off' WHERE NOT ask_me"))
    with op.batch_alter_table('person', schema=None) as batch_op:
        batch_op.drop_column('ask_me')
    _add('session', {'name': (sa.String(length=60), "''")})
    _add('device', DEVICE)
    with op.batch_alter_table('device', schema=None) as batch_op:
        batch_op.add_column(sa.Column('failed_at', sa.DateTime(timezone=True), nullable=True))
    # Between "https://" and what follows it: the same words on both databases.
    rest = "substr(endpoint, 9)"
    place = f"instr({rest}, '/')" if op.get_bind().dialect.name == 'sqlite' else f"strpos({rest}, '/')"
    op.execute(
        sa.text(
            f"UPDATE device SET service = substr({rest}, 1, {place} - 1) "
            f"WHERE endpoint LIKE 'https://%/%' AND {place} BETWEEN 2 AND 101"
        )
    )
    _add('alert', {'urgent': (sa.Boolean(), 'false')})
    with op.batch_alter_table('alert', schema=None) as batch_op:
        batch_op.add_column(sa.Column('seen_at', sa.DateTime(timezone=True), nullable=True))
    with op.batch_alter_table('listing', schema=None) as batch_op:
        batch_op.add_column(sa.Column('wave_due_at', sa.DateTime(timezone=True), nullable=True))
        batch_op.create_index('ix_listing_wave_due_at', ['wave_due_at'], unique=False, sqlite_where=WAVE, postgresql_where=WAVE)
    with op.batch_alter_table('delivery', schema=None) as batch_op:
        batch_op.drop_index('ix_delivery_device_id')
        batch_op.create_index('ix_delivery_outcome', ['device_id', 'state', 'reason'], unique=False)
    op.create_table('code',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('person_id', sa.Uuid(), nullable=True),
    sa.Column('purpose', sa.String(length=8), nullable=False),
    sa.Column('address', sa.String(length=254), nullable=False),
    sa.Column('hash', sa.String(length=255), nullable=False),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('until', sa.DateTime(timezone=True), nullable=True),
    sa.Column('tries', sa.Integer(), nullable=False),
    sa.Column('used_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_code_person_id_person'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_code'))
    )
    with op.batch_alter_table('code', schema=None) as batch_op:
        batch_op.create_index('ix_code_person_id', ['person_id', 'purpose'], unique=False)
    op.create_table('mail',
    sa.Column('kind', sa.String(length=8), nullable=False),
    sa.Column('person_id', sa.Uuid(), nullable=False),
    sa.Column('alert_id', sa.Uuid(), nullable=True),
    sa.Column('code_id', sa.Uuid(), nullable=True),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('state', sa.String(length=8), nullable=False),
    sa.Column('due_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('tries', sa.Integer(), nullable=False),
    sa.Column('reason', sa.String(length=40), nullable=False),
    sa.Column('sent_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['alert_id'], ['alert.id'], name=op.f('fk_mail_alert_id_alert'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['code_id'], ['code.id'], name=op.f('fk_mail_code_id_code'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_mail_person_id_person'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_mail')),
    sa.UniqueConstraint('alert_id', name=op.f('uq_mail_alert_id'))
    )
    with op.batch_alter_table('mail', schema=None) as batch_op:
        batch_op.create_index('ix_mail_code_id', ['code_id'], unique=False)
        batch_op.create_index('ix_mail_due', ['due_at'], unique=False, sqlite_where=DUE, postgresql_where=DUE)
        batch_op.create_index('ix_mail_person_id', ['person_id'], unique=False)
    op.create_table('heartbeat',
    sa.Column('name', sa.String(length=20), nullable=False),
    sa.Column('seen_at', sa.DateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('name', name=op.f('pk_heartbeat'))
    )


def downgrade() -> None:
    op.drop_table('heartbeat')
    op.drop_table('mail')
    op.drop_table('code')
    with op.batch_alter_table('delivery', schema=None) as batch_op:
        batch_op.drop_index('ix_delivery_outcome')
        batch_op.create_index('ix_delivery_device_id', ['device_id'], unique=False)
    with op.batch_alter_table('listing', schema=None) as batch_op:
        batch_op.drop_index('ix_listing_wave_due_at', sqlite_where=WAVE, postgresql_where=WAVE)
        batch_op.drop_column('wave_due_at')
    _drop('alert', 'urgent', 'seen_at')
    _drop('device', *DEVICE, 'failed_at')
    _drop('session', 'name')
    _add('person', {'ask_me': (sa.Boolean(), 'true')})
    op.execute(sa.text("UPDATE person SET ask_me = false WHERE tell_asking = 'off'"))
    _drop('person', *PERSON, 'muted_until', 'confirmed_at')


def _add(table: str, columns: dict[str, tuple[object, str]]) -> None:
    with op.batch_alter_table(table, schema=None) as batch_op:
        for name, (kind, default) in columns.items():
            batch_op.add_column(sa.Column(name, kind, nullable=False, server_default=sa.text(default)))
    with op.batch_alter_table(table, schema=None) as batch_op:
        for name in columns:
            batch_op.alter_column(name, server_default=None)


def _drop(table: str, *names: str) -> None:
    with op.batch_alter_table(table, schema=None) as batch_op:
        for name in names:
            batch_op.drop_column(name)
