"""Rehearsals: which workshops are copies that go again."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    op.create_table(
        "rehearsals",
        sa.Column("workshop", sa.Text(), nullable=False),
        sa.Column("of", sa.Text(), nullable=False),
        sa.Column("began", sa.BigInteger(), nullable=False),
        sa.Column("alive", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["of"], ["workshops.id"], name=op.f("fk_rehearsals_of_workshops")),
        sa.ForeignKeyConstraint(
            ["workshop"], ["workshops.id"], name=op.f("fk_rehearsals_workshop_workshops")
        ),
        sa.PrimaryKeyConstraint("workshop", name=op.f("pk_rehearsals")),
        sa.UniqueConstraint("of", name=op.f("uq_rehearsals_of")),
    )
