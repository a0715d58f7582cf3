"""The `codesign` command. Each subcommand is a few lines over functions that live elsewhere."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Coroutine
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from codesign import __version__
from codesign.settings import Settings, SettingsError, load

# What a command needs beyond this is imported when it runs: `codesign --help` should not load a web server.


class PlainErrors(TyperGroup):
    """What is wrong with the surroundings is one plain sentence on stderr; a traceback is for our own mistakes."""

    def invoke(self, ctx: Any) -> Any:
        from codesign.paths import NotBuiltError
        from codesign.store.errors import StoreError

        try:
            return super().invoke(ctx)
        except (SettingsError, StoreError, NotBuiltError) as error:
            typer.echo(str(error), err=True)
            raise typer.Exit(1) from None


cli = typer.Typer(
    cls=PlainErrors, no_args_is_help=True, pretty_exceptions_enable=False, rich_markup_mode=None
)


def _show_version(asked: bool) -> None:
    if asked:
        typer.echo(__version__)
        raise typer.Exit


@cli.callback()
def codesign(
    version: Annotated[
        bool, typer.Option("--version", callback=_show_version, is_eager=True)
    ] = False,
) -> None:
    """A board on which people design things together, live, on a server of your own."""


@cli.command()
def serve(
    host: Annotated[str | None, typer.Option(help="Address to listen on.")] = None,
    port: Annotated[int | None, typer.Option(help="Port; 0 takes any free one.")] = None,
    lan: Annotated[
        bool, typer.Option("--lan", help="Let this network in, and print its address.")
    ] = False,
    demo: Annotated[bool, typer.Option("--demo", help="Load the demo workshop.")] = False,
) -> None:
    """Serve until Ctrl-C."""
    from codesign import serving

    serving.serve(load(host=host, port=port, lan=lan or None), demo=demo)


@cli.command()
def config() -> None:
    """Print the settings in force, without the secrets."""
    for name, value in load().redacted().items():
        typer.echo(f"{name} = {value}")


@cli.command()
def migrate(
    check: Annotated[bool, typer.Option("--check", help="Only say whether it is needed.")] = False,
) -> None:
    """Bring the database to this release's schema."""
    from codesign.store import schema

    async def run() -> None:
        async with _open_database(load(), read_only=check):
            typer.echo(f"The database is at schema {schema.HEAD}, as this Codesign needs it.")

    _run(run())


@cli.command()
def backup(file: Path) -> None:
    """Write everything into FILE, also while the server runs."""
    from codesign.store.backup import back_up

    _run(back_up(load(), file))
    typer.echo(f"{file} holds everything but the secret that signs links. Keep that apart.")


@cli.command()
def restore(
    file: Path,
    force: Annotated[bool, typer.Option("--force", help="Replace what is there.")] = False,
) -> None:
    """Put a backup in place. The server must not run."""
    from codesign.store.restore import restore as put_in_place

    epoch = _run(put_in_place(load(), file, force=force))
    typer.echo(f"Restored. The new epoch is {epoch}.")


@cli.command()
def check(
    methods: Annotated[
        bool, typer.Option("--methods", help="Only methods and playbooks; no database is needed.")
    ] = False,
) -> None:
    """Look for damage: the file, the journals, whether they add up to the snapshots, methods and playbooks."""
    from codesign import catalog
    from codesign.store.checking import faults_of
    from codesign.store.journal import open_journal

    async def of_database() -> list[str]:
        async with _open_database(load(), read_only=True) as database:
            return [fault async for fault in faults_of(database, open_journal(database))]

    found = catalog.read_all(load())
    for fault in found.faults:
        typer.echo(fault, err=True)
    # What is wrong with methods and playbooks is said even where there is no database to look at.
    damage = [] if methods else _run(of_database())
    for line in damage:
        typer.echo(line, err=True)
    if found.faults or damage:
        raise typer.Exit(1)
    there = f" {len(found.methods)} methods, {len(found.books.playbooks)} playbooks."
    typer.echo(f"All is well.{there if methods else ''}")


@cli.command("state-hash")
def state_hash(stream: Annotated[str | None, typer.Argument()] = None) -> None:
    """Print stream, seq and hash of one stream, or of all."""
    from codesign.core.hashing import state_hash as hash_of
    from codesign.store.journal import open_journal

    async def run() -> None:
        async with _open_database(load(), read_only=True) as database:
            journal = open_journal(database)
            for name in await _chosen(journal, stream):
                loaded = await journal.load(name, tail=0)
                if loaded is not None:
                    typer.echo(f"{name} {loaded.head} {hash_of(loaded.state)}")

    _run(run())


@cli.command()
def replay(stream: Annotated[str | None, typer.Argument()] = None) -> None:
    """Play one stream, or all, from the first entry, and compare with the state that is served."""
    from codesign.store.checking import replay_stream
    from codesign.store.journal import open_journal

    async def run() -> bool:
        equal = True
        async with _open_database(load(), read_only=True) as database:
            journal = open_journal(database)
            for name in await _chosen(journal, stream):
                if replayed := await replay_stream(journal, name):
                    word = "equal" if replayed.is_equal else "DIFFERENT"
                    typer.echo(f"{name} {replayed.seq} {replayed.hash} {word}")
                    equal = equal and replayed.is_equal
        return equal

    if not _run(run()):
        raise typer.Exit(1)


@cli.command()
def assets(
    dev: Annotated[bool, typer.Option("--dev", help="Leave it readable.")] = False,
) -> None:
    """Build what browsers load. Only in a checkout; an installed Codesign has it."""
    from codesign.assets import build

    build(Path(__file__).resolve().parents[1], minify=not dev)


async def _chosen(journal: Any, stream: str | None) -> list[str]:
    names = [name for name, _, _ in await journal.streams()]
    if stream is not None and stream not in names:
        raise SettingsError(f"There is no stream {stream}.")
    return names if stream is None else [stream]


@asynccontextmanager
async def _open_database(settings: Settings, *, read_only: bool) -> AsyncIterator[Any]:
    from codesign.store.database import Database

    database = await Database.open(settings, read_only=read_only)
    try:
        yield database
    finally:
        await database.close()


def _run(work: Coroutine[Any, Any, Any]) -> Any:
    return asyncio.run(work)
