"""Where a browser is told of an offered call."""

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    pass
