"""Until when programmes are kept, and what is left of those that ended."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    op.create_table(
        "retention",
        sa.Column("programme", sa.Text(), nullable=False),
        sa.Column("until", sa.BigInteger(), nullable=False),
        sa.Column("failed", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(
            ["programme"], ["programmes.id"], name=op.f("fk_retention_programme_programmes")
        ),
        sa.PrimaryKeyConstraint("programme", name=op.f("pk_retention")),
    )
    op.create_table(
        "endings",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("ended", sa.BigInteger(), nullable=False),
        sa.Column("totals", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=True),
        sa.Column("kept_until", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_endings")),
    )
    op.create_table(
        "ending_readers",
        sa.Column("ending", sa.Text(), nullable=False),
        sa.Column("account", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["ending"], ["endings.id"], name=op.f("fk_ending_readers_ending_endings")
        ),
        sa.ForeignKeyConstraint(
            ["account"], ["accounts.id"], name=op.f("fk_ending_readers_account_accounts")
        ),
        sa.PrimaryKeyConstraint("ending", "account", name=op.f("pk_ending_readers")),
    )
    op.create_index(op.f("ix_ending_readers_account"), "ending_readers", ["account"])
