"""`python -m codesign` is the `codesign` command."""

from codesign.cli import cli

if __name__ == "__main__":
    cli()
