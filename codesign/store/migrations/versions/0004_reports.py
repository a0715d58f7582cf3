"""Reports: how each is told, and by which link others read it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    op.create_table(
        "reports",
        sa.Column("workshop", sa.Text(), nullable=False),
        sa.Column("plan", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="0", nullable=False),
        sa.Column("link", sa.Integer(), server_default="0", nullable=False),
        sa.Column("is_shared", sa.Integer(), server_default="0", nullable=False),
        sa.Column("names", sa.Integer(), server_default="0", nullable=False),
        sa.Column("passphrase", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["workshop"], ["workshops.id"], name=op.f("fk_reports_workshop_workshops")
        ),
        sa.PrimaryKeyConstraint("workshop", name=op.f("pk_reports")),
    )
