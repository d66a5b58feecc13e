"""Roles of one's own, sign-in with a second factor, photos."""

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    pass
