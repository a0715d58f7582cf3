"""Every table, as SQLAlchemy Core has it. migrations/ makes them; a test holds the two together.

Times are milliseconds since 1970. `entries`, `snapshots`, `clients`, `due` and `streams` belong to the journal alone.
"""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
    text,
)

metadata = MetaData(
    # Names that migrations can rely on; SQLite gives constraints none of its own.
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

#: `epoch`: one life of this database (P1.5).
meta = Table(
    "meta",
    metadata,
    Column("key", Text, primary_key=True),
    Column("value", Text, nullable=False),
)

# The journal

streams = Table(
    "streams",
    metadata,
    Column("stream", Text, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("workshop", Text, nullable=False, index=True),
    Column("head", BigInteger, nullable=False),
)

#: `changes` and `inverse` are JSON lists of changes. Clustered by its key on SQLite: a tail is one stretch of the file.
entries = Table(
    "entries",
    metadata,
    Column("stream", Text, primary_key=True),
    Column("seq", BigInteger, primary_key=True, autoincrement=False),
    Column("by", Text),
    Column("at", BigInteger, nullable=False),
    Column("client", Text),
    Column("n", BigInteger),
    Column("digest", Text),
    Column("base", BigInteger),
    Column("workshop_seq", BigInteger),
    Column("changes", Text, nullable=False),
    Column("inverse", Text, nullable=False),
    UniqueConstraint("client", "n"),
    sqlite_with_rowid=False,
)

#: `digest` is the SHA-256 of `state`, so that a damaged snapshot is noticed rather than believed.
snapshots = Table(
    "snapshots",
    metadata,
    Column("stream", Text, primary_key=True),
    Column("seq", BigInteger, nullable=False),
    Column("state", Text, nullable=False),
    Column("digest", Text, nullable=False),
)

#: Who a client belongs to (null: the product), and the highest `n` it has had an answer from disk for.
clients = Table(
    "clients",
    metadata,
    Column("client", Text, primary_key=True),
    Column("person", Text),
    Column("last_n", BigInteger, nullable=False),
)

due = Table(
    "due",
    metadata,
    Column("id", Text, primary_key=True),
    Column("at", BigInteger, nullable=False),
    Column("stream", Text, nullable=False),
    Column("effect", Text, nullable=False),
    Column("made", BigInteger, nullable=False),
    Column("done", BigInteger),
    Index(
        "ix_due_waiting",
        "at",
        sqlite_where=text("done IS NULL"),
        postgresql_where=text("done IS NULL"),
    ),
)

# What no stream holds

accounts = Table(
    "accounts",
    metadata,
    Column("id", Text, primary_key=True),
    Column("name", Text, nullable=False),
    Column("email", Text, unique=True),
    Column("password_hash", Text),
    Column("created", BigInteger, nullable=False),
)

programmes = Table(
    "programmes",
    metadata,
    Column("id", Text, primary_key=True),
    Column("title", Text, nullable=False),
    Column("created", BigInteger, nullable=False),
)

#: The generations count up when a link or a code is made anew; the old ones then open nothing. `passphrase` is a
#: keyed hash of the word that is asked for at the door, so that the database gives it to nobody.
workshops = Table(
    "workshops",
    metadata,
    Column("id", Text, primary_key=True),
    Column("programme", Text, ForeignKey("programmes.id"), nullable=False, index=True),
    Column("created", BigInteger, nullable=False),
    Column("link_generation", Integer, nullable=False, server_default="1"),
    Column("code_generation", Integer, nullable=False, server_default="1"),
    Column("owner_account", Text, ForeignKey("accounts.id"), index=True),
    Column("passphrase", Text),
)

#: Copies of a workshop to rehearse on; none outlives its rehearsal. `alive`: when the server that holds it said so.
rehearsals = Table(
    "rehearsals",
    metadata,
    Column("workshop", Text, ForeignKey("workshops.id"), primary_key=True),
    Column("of", Text, ForeignKey("workshops.id"), nullable=False, unique=True),
    Column("began", BigInteger, nullable=False),
    Column("alive", BigInteger, nullable=False),
)

#: Links beside the participants' own: each carries a role, and a table where `at_table` names one. The address is
#: derived from the id and the secret; here is only its hash.
links = Table(
    "links",
    metadata,
    Column("id", Text, primary_key=True),
    Column("hash", Text, nullable=False, unique=True),
    Column("workshop", Text, ForeignKey("workshops.id"), nullable=False, index=True),
    Column("role", Text, nullable=False),
    Column("at_table", Text),
    Column("created", BigInteger, nullable=False),
)

#: By which other programs read a workshop: `rights` are names with blanks between them; `names`: whether people are
#: named. The token is shown once; here is only its hash.
api_tokens = Table(
    "api_tokens",
    metadata,
    Column("id", Text, primary_key=True),
    Column("hash", Text, nullable=False, unique=True),
    Column("workshop", Text, ForeignKey("workshops.id"), nullable=False, index=True),
    Column("label", Text, nullable=False),
    Column("rights", Text, nullable=False),
    Column("names", Integer, nullable=False),
    Column("created", BigInteger, nullable=False),
    Column("expires", BigInteger, nullable=False),
)

#: The same for a programme: such a token reads those of its workshops that `account`, who made it, leads.
programme_tokens = Table(
    "programme_tokens",
    metadata,
    Column("id", Text, primary_key=True),
    Column("hash", Text, nullable=False, unique=True),
    Column("programme", Text, ForeignKey("programmes.id"), nullable=False, index=True),
    Column("account", Text, ForeignKey("accounts.id"), nullable=False),
    Column("label", Text, nullable=False),
    Column("rights", Text, nullable=False),
    Column("names", Integer, nullable=False),
    Column("created", BigInteger, nullable=False),
    Column("expires", BigInteger, nullable=False),
)

#: Until when a programme is kept; `failed`: when its archive could not be made, so that it is there still.
retention = Table(
    "retention",
    metadata,
    Column("programme", Text, ForeignKey("programmes.id"), primary_key=True),
    Column("until", BigInteger, nullable=False),
    Column("failed", BigInteger),
)

#: Programmes that ended: figures (`totals`, JSON) for good, the title for as long as there is an archive.
endings = Table(
    "endings",
    metadata,
    Column("id", Text, primary_key=True),
    Column("ended", BigInteger, nullable=False),
    Column("totals", Text, nullable=False),
    Column("title", Text),
    Column("kept_until", BigInteger),
)

#: Who may fetch that archive: those who led.
ending_readers = Table(
    "ending_readers",
    metadata,
    Column("ending", Text, ForeignKey("endings.id"), primary_key=True),
    Column("account", Text, ForeignKey("accounts.id"), primary_key=True, index=True),
)

#: When somebody was there: `went` is null while they are, and when the server died meanwhile.
attendance = Table(
    "attendance",
    metadata,
    Column("workshop", Text, primary_key=True),
    Column("person", Text, primary_key=True),
    Column("came", BigInteger, primary_key=True, autoincrement=False),
    Column("went", BigInteger),
)

#: A person's identity within one workshop; `return_hash` finds it again from their own link.
people = Table(
    "people",
    metadata,
    Column("id", Text, primary_key=True),
    Column("workshop", Text, ForeignKey("workshops.id"), nullable=False, index=True),
    Column("account", Text, ForeignKey("accounts.id"), index=True),
    Column("created", BigInteger, nullable=False),
    Column("return_hash", Text, unique=True),
)

#: One browser. The token is in its cookie; here is only the hash.
sessions = Table(
    "sessions",
    metadata,
    Column("hash", Text, primary_key=True),
    Column("account", Text, ForeignKey("accounts.id"), index=True),
    Column("created", BigInteger, nullable=False),
    Column("seen", BigInteger, nullable=False),
    Column("expires", BigInteger, nullable=False, index=True),
)

#: Which person a browser is in a workshop.
seats = Table(
    "seats",
    metadata,
    Column("session", Text, ForeignKey("sessions.hash", ondelete="CASCADE"), primary_key=True),
    Column("workshop", Text, ForeignKey("workshops.id"), primary_key=True),
    Column("person", Text, ForeignKey("people.id"), nullable=False, index=True),
)

#: `used`: when; null as long as it opens the door.
one_time_links = Table(
    "one_time_links",
    metadata,
    Column("hash", Text, primary_key=True),
    Column("account", Text, ForeignKey("accounts.id"), nullable=False),
    Column("expires", BigInteger, nullable=False),
    Column("used", BigInteger),
)

#: Uploaded pictures: what is known of them. `bytes` is their size; where they lie is files.py's business.
files = Table(
    "files",
    metadata,
    Column("id", Text, primary_key=True),
    Column("workshop", Text, ForeignKey("workshops.id"), nullable=False, index=True),
    Column("media_type", Text, nullable=False),
    Column("width", Integer, nullable=False),
    Column("height", Integer, nullable=False),
    Column("bytes", BigInteger, nullable=False),
    Column("created", BigInteger, nullable=False),
)

#: How a workshop's report is told (`plan`, JSON), and the link to read it: `link` counts up with each new one.
reports = Table(
    "reports",
    metadata,
    Column("workshop", Text, ForeignKey("workshops.id"), primary_key=True),
    Column("plan", Text, nullable=False),
    Column("version", Integer, nullable=False, server_default="0"),
    Column("link", Integer, nullable=False, server_default="0"),
    Column("is_shared", Integer, nullable=False, server_default="0"),
    Column("names", Integer, nullable=False, server_default="0"),
    Column("passphrase", Text),
)

# Votes under way. Nothing here outlives a vote's close, and no backup holds any of it.

#: `key` makes hidden names of people; null once the vote is closed, which no ballot comes after.
vote_keys = Table(
    "vote_keys",
    metadata,
    Column("vote", Text, primary_key=True),
    Column("key", LargeBinary),
    Column("closed", BigInteger),
)

#: `voter` and `page` are hidden names; `n` orders what one page says. `dots` is JSON.
ballots = Table(
    "ballots",
    metadata,
    Column("vote", Text, primary_key=True),
    Column("voter", Text, primary_key=True),
    Column("dots", Text, nullable=False),
    Column("given", Integer, nullable=False),
    Column("page", Text, nullable=False),
    Column("n", BigInteger, nullable=False),
)
