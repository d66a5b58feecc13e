"""Second factors, invitations, devices of sessions, photos, preferences, and an audit log that can be searched."""

from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    _sign_in()
    op.execute(
        """create table photos (
            organisation_id text not null references organisations on delete cascade,
            person text not null,
            sha256 text not null,
            image bytea not null,
            at timestamptz not null,
            primary key (organisation_id, person)
        )"""
    )
    op.execute(
        """create table preferences (
            organisation_id text not null references organisations on delete cascade,
            person text not null,
            body jsonb not null,
            primary key (organisation_id, person)
        )"""
    )
    op.execute("create index audit_by_who on audit (organisation_id, who, at, id)")
    op.execute("create index audit_by_action on audit (organisation_id, action, at, id)")
    op.execute("create index audit_by_subject on audit (organisation_id, subject, at, id)")


def _sign_in() -> None:
    op.execute(
        """alter table sessions
            add column id text not null default replace(gen_random_uuid()::text, '-', ''),
            add column device text not null default '',
            add column address text not null default ''"""
    )
    op.execute("create unique index sessions_by_id on sessions (organisation_id, id)")
    op.execute(
        """create table second_factors (
            organisation_id text not null references organisations on delete cascade,
            person text not null,
            secret text not null,
            begun_at timestamptz not null,
            confirmed_at timestamptz,
            last_step bigint not null default 0,
            primary key (organisation_id, person)
        )"""
    )
    op.execute(
        """create table recovery_codes (
            organisation_id text not null references organisations on delete cascade,
            person text not null,
            code_hash bytea not null,
            primary key (organisation_id, person, code_hash)
        )"""
    )
    # Tickets: the password was right, the second step is still to come. Invitations: links to set a password.
    op.execute(
        """create table sign_in_tickets (
            token_hash bytea primary key,
            organisation_id text not null references organisations on delete cascade,
            person text not null,
            kind text not null check (kind in ('code', 'set_up', 'invitation')),
            made_by text not null,
            made_at timestamptz not null,
            expires_at timestamptz not null
        )"""
    )
    op.execute("create index sign_in_tickets_by_person on sign_in_tickets (organisation_id, person)")


def downgrade() -> None:
    op.execute("drop table sign_in_tickets, recovery_codes, second_factors, preferences, photos")
    op.execute("drop index audit_by_who, audit_by_action, audit_by_subject, sessions_by_id")
    op.execute("alter table sessions drop column id, drop column device, drop column address")
