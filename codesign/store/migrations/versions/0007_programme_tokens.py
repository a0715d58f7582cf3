"""Tokens by which other programs read the workshops of a programme."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    op.create_table(
        "programme_tokens",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("hash", sa.Text(), nullable=False),
        sa.Column("programme", sa.Text(), nullable=False),
        sa.Column("account", sa.Text(), nullable=False),
        sa.Column("label", sa.Text(), nullable=False),
        sa.Column("rights", sa.Text(), nullable=False),
        sa.Column("names", sa.Integer(), nullable=False),
        sa.Column("created", sa.BigInteger(), nullable=False),
        sa.Column("expires", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["programme"], ["programmes.id"], name=op.f("fk_programme_tokens_programme_programmes")
        ),
        sa.ForeignKeyConstraint(
            ["account"], ["accounts.id"], name=op.f("fk_programme_tokens_account_accounts")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_programme_tokens")),
        sa.UniqueConstraint("hash", name=op.f("uq_programme_tokens_hash")),
    )
    op.create_index(op.f("ix_programme_tokens_programme"), "programme_tokens", ["programme"])
