"""What a host types."""

from __future__ import annotations

from click.testing import Result
from typer.testing import CliRunner

from codesign.cli import cli


def check(*options: str) -> Result:
    """`codesign check`."""
    return CliRunner().invoke(cli, ["check", *options])
