"""Tokens by which other programs read one workshop. They never come here themselves: only their hashes do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from codesign.store.database import Database
from codesign.store.tables import api_tokens

_ALL = sa.select(
    *(api_tokens.c.id, api_tokens.c.workshop, api_tokens.c.label, api_tokens.c.rights),
    *(api_tokens.c.names, api_tokens.c.created, api_tokens.c.expires),
)


@dataclass(frozen=True, slots=True)
class Token:
    """`rights`: what may be read; `names`: whether people are named in it. Times in ms."""

    id: str
    workshop: str
    label: str
    rights: tuple[str, ...]
    names: bool
    created: int
    expires: int


async def add_token(db: Database, new: Token, hash: str) -> None:
    row = {
        "id": new.id,
        "hash": hash,
        "workshop": new.workshop,
        "label": new.label,
        "rights": " ".join(new.rights),
        "names": int(new.names),
        "created": new.created,
        "expires": new.expires,
    }
    await db.write(lambda c: c.execute(api_tokens.insert().values(row)))


async def token(db: Database, hash: str, now: int) -> Token | None:
    """What a token opens; None when it was ended, has expired or never was."""
    query = _ALL.where(api_tokens.c.hash == hash, api_tokens.c.expires > now)
    async with db.read() as connection:
        row = (await connection.execute(query)).first()
    return _read(row) if row else None


async def tokens_of(db: Database, workshop: str) -> list[Token]:
    query = _ALL.where(api_tokens.c.workshop == workshop)
    async with db.read() as connection:
        rows = await connection.execute(query.order_by(api_tokens.c.created, api_tokens.c.id))
        return [_read(row) for row in rows.all()]


async def end_token(db: Database, workshop: str, id: str) -> None:
    """It opens nothing from now on."""
    mine = (api_tokens.c.id == id) & (api_tokens.c.workshop == workshop)
    await db.write(lambda c: c.execute(api_tokens.delete().where(mine)))


def _read(row: sa.Row[*tuple[Any, ...]]) -> Token:
    id, workshop, label, rights, names, created, expires = row
    return Token(id, workshop, label, tuple(rights.split()), bool(names), created, expires)
