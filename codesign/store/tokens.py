"""Tokens by which other programs read a workshop, or a programme. They never come here themselves: their hashes do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from codesign.store.database import Database
from codesign.store.tables import api_tokens, programme_tokens


@dataclass(frozen=True, slots=True)
class Token:
    """Of a workshop, or of a programme; then it reads what `account` leads of that, whenever it is shown.

    `rights`: what may be read; `names`: whether people are named in it. Times in ms.
    """

    id: str
    label: str
    rights: tuple[str, ...]
    names: bool
    created: int
    expires: int
    workshop: str = ""
    programme: str = ""
    account: str = ""


async def add_token(db: Database, new: Token, hash: str) -> None:
    table, of = (programme_tokens, "programme") if new.programme else (api_tokens, "workshop")
    row = {
        "id": new.id,
        "hash": hash,
        of: getattr(new, of),
        "label": new.label,
        "rights": " ".join(new.rights),
        "names": int(new.names),
        "created": new.created,
        "expires": new.expires,
    }
    row |= {"account": new.account} if new.programme else {}
    await db.write(lambda c: c.execute(table.insert().values(row)))


async def token(db: Database, hash: str, now: int) -> Token | None:
    """What a token opens; None when it was ended, has expired or never was."""
    async with db.read() as connection:
        for table in (api_tokens, programme_tokens):
            query = table.select().where(table.c.hash == hash, table.c.expires > now)
            if row := (await connection.execute(query)).mappings().first():
                return _read(row)
    return None


async def tokens_of(db: Database, workshop: str) -> list[Token]:
    return await _found(db, api_tokens, api_tokens.c.workshop == workshop)


async def tokens_of_programme(db: Database, programme: str, account: str) -> list[Token]:
    """Those that this account has made: what others lead there is not its business."""
    mine = programme_tokens.c.account == account
    return await _found(db, programme_tokens, (programme_tokens.c.programme == programme) & mine)


async def end_token(db: Database, workshop: str, id: str) -> None:
    """It opens nothing from now on."""
    mine = (api_tokens.c.id == id) & (api_tokens.c.workshop == workshop)
    await db.write(lambda c: c.execute(api_tokens.delete().where(mine)))


async def end_programme_token(db: Database, programme: str, account: str, id: str) -> None:
    table = programme_tokens
    mine = sa.and_(table.c.id == id, table.c.programme == programme, table.c.account == account)
    await db.write(lambda c: c.execute(table.delete().where(mine)))


async def _found(db: Database, table: sa.Table, where: sa.ColumnElement[bool]) -> list[Token]:
    query = table.select().where(where).order_by(table.c.created, table.c.id)
    async with db.read() as connection:
        return [_read(row) for row in (await connection.execute(query)).mappings()]


def _read(row: sa.RowMapping) -> Token:
    said: dict[str, Any] = {key: value for key, value in row.items() if key != "hash"}
    return Token(**{**said, "rights": tuple(said["rights"].split()), "names": bool(said["names"])})
