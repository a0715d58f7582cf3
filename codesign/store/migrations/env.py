"""Alembic's entry. The connection, and the transaction it is in, are the caller's (codesign/store/schema.py)."""

from __future__ import annotations

from alembic import context

from codesign.store.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    # SQLite cannot alter most things in place: Alembic copies the table instead.
    render_as_batch=True,
    transactional_ddl=True,
)
with context.begin_transaction():
    context.run_migrations()
