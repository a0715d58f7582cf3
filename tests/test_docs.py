"""The papers say what the code does: codes, ops, settings, files, commands."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import typer

from codesign.cli import cli
from codesign.core import limits, ops
from codesign.core.decide import RULES
from codesign.live.client import CLOSE_CODES
from codesign.settings import Settings
from codesign.web.errors import REFUSALS

ROOT = Path(__file__).resolve().parent.parent
DOCS = ROOT / "docs"
PAPERS = [*sorted(DOCS.glob("*.md")), *sorted(ROOT.glob("*.md"))]
PROTOCOL = (DOCS / "protocol.md").read_text("utf-8")


def section(number: int) -> str:
    return re.split(rf"^## {number} ", PROTOCOL, flags=re.M)[1].partition("\n## ")[0]


def rows(text: str) -> list[list[str]]:
    """The cells of every table row, without heads and rules."""
    found = [line.strip("| ").split("|") for line in text.splitlines() if line.startswith("|")]
    cells = [[cell.strip() for cell in row] for row in found]
    return [row for row in cells if row[0].startswith("`")]


def names(cell: str) -> list[str]:
    return re.findall(r"`([^`]+)`", cell)


# The protocol


def test_every_code_of_a_refusal_is_in_the_protocol_and_has_a_sentence() -> None:
    listed = {names(row[0])[0] for row in rows(section(9))}
    source = "\n".join(path.read_text("utf-8") for path in (ROOT / "codesign").rglob("*.py"))
    used = set(re.findall(r'(?:Refused|WorkError)\(\s*"(\w+)"', source))
    assert used <= listed, "refusals that the protocol does not know"
    assert listed <= set(REFUSALS), "refusals without a sentence for people"


def test_every_reason_and_every_limit_in_a_refusal_is_in_the_protocol() -> None:
    source = "\n".join(path.read_text("utf-8") for path in (ROOT / "codesign/core").rglob("*.py"))
    told = set(names(section(9)))
    assert set(re.findall(r'"reason": "(\w+)"', source)) <= told
    assert set(re.findall(r'"limit": "(\w+)"', source)) <= told


def test_every_code_with_which_a_socket_closes_is_in_the_protocol() -> None:
    words = section(6)
    for name, code in CLOSE_CODES.items():
        assert str(code) in words, (name, code)


def test_every_op_is_in_the_protocol_with_its_fields() -> None:
    listed = {names(row[0])[0]: row[1] for row in rows(section(10))}
    models = [*{model for rules in RULES.values() for model in rules}, ops.All, ops.Undo]
    asked = {model.model_fields["type"].default: model for model in models}
    assert listed.keys() == asked.keys()
    for name, model in asked.items():
        fields = {field.alias or key for key, field in model.model_fields.items()} - {"type"}
        told = set(names(listed[name]))
        if re.search(r"\bplace\b", listed[name]):
            told |= {"region", "order", "x", "y"}
        assert told == fields, name


def test_fields_that_may_be_absent_stand_in_brackets() -> None:
    listed = {names(row[0])[0]: row[1] for row in rows(section(10))}
    models = [*{model for rules in RULES.values() for model in rules}, ops.All, ops.Undo]
    for model in models:
        cell = listed[model.model_fields["type"].default]
        needed = {
            field.alias or key
            for key, field in model.model_fields.items()
            if field.is_required() and key != "type"
        }
        assert set(names(re.sub(r"\([^)]*\)", "", cell))) - set("xy") - {"region", "order"} == (
            needed - set("xy") - {"region", "order"}
        )


@pytest.mark.parametrize(
    ("told", "kept"),
    [
        ("64 KiB, depth at most 16", (limits.MESSAGE_BYTES == 65_536, limits.MESSAGE_DEPTH == 16)),
        ("within 10 s", (limits.HELLO_SECONDS == 10,)),
        ("at most 2,000 entries", (limits.TAIL_ENTRIES == 2_000,)),
        ("20 a second (burst 60)", (limits.OPS_PER_SECOND == 20, limits.OPS_BURST == 60)),
        ("above 500 waiting", (limits.OPS_WAITING == 500,)),
        ("at most 500, not nested", (limits.OPS_PER_BATCH == 500,)),
        ("more than 10 s ago", (limits.GUARD_MS == 10_000,)),
        (
            "256 messages or 1 MiB",
            (limits.OUTGOING_MESSAGES == 256, limits.OUTGOING_BYTES == 2**20),
        ),
        ("at most 10 a second", (limits.PRESENCE_PER_SECOND == 10,)),
    ],
)
def test_figures_in_the_protocol_are_those_of_the_code(told: str, kept: tuple[bool, ...]) -> None:
    assert told in PROTOCOL
    assert all(kept)


def test_every_rule_that_code_or_tests_quote_is_in_the_protocol() -> None:
    rules = set(re.findall(r"\*\*(P\d+\.\d+)\*\*", PROTOCOL))
    quoted = set()
    for folder, suffix in (("codesign", "py"), ("tests", "py"), ("static/js", "js")):
        for path in (ROOT / folder).rglob(f"*.{suffix}"):
            quoted |= set(re.findall(r"\bP\d+\.\d+\b", path.read_text("utf-8")))
    assert quoted <= rules


# Settings and commands


def test_every_setting_is_listed_by_all_its_names() -> None:
    told = {
        name for row in rows((DOCS / "settings.md").read_text("utf-8")) for name in names(row[0])
    }
    kept = set()
    for field in Settings.model_fields.values():
        choices = getattr(field.validation_alias, "choices", ())
        kept |= {str(choice) for choice in choices}
    assert told == kept


def test_the_commands_that_the_papers_name_are_there() -> None:
    command = typer.main.get_command(cli)
    subcommands = set(command.commands)  # type: ignore[attr-defined]
    dev = (ROOT / "dev.py").read_text("utf-8")
    for path in PAPERS:
        text = path.read_text("utf-8")
        for name in re.findall(r"`?codesign ([a-z][a-z-]+)", text):
            assert name in subcommands or "`codesign " + name not in text, (path.name, name)
        for name in re.findall(r"dev\.py ([a-z]+)", text):
            assert re.search(rf"^    dev\.py {name} ", dev, flags=re.M), (path.name, name)
    makefile = (ROOT / "Makefile").read_text("utf-8")
    assert re.findall(r"^(\w+):", makefile, flags=re.M) == ["run", "test"]


# Files


@pytest.mark.parametrize("path", PAPERS, ids=lambda path: path.name)
def test_every_file_that_a_paper_names_is_there(path: Path) -> None:
    text = re.sub(r"```.*?```", "", path.read_text("utf-8"), flags=re.S)
    tracked = r"`((?:codesign|static/js|static/css|templates|tests|docs)/[\w./-]+)`"
    for name in re.findall(tracked, text):
        if name != "tests/core/test_tick_note.py":  # the reader's own, in first-change.md
            assert (ROOT / name).exists(), name


@pytest.mark.parametrize("path", PAPERS, ids=lambda path: path.name)
def test_every_link_between_papers_leads_somewhere(path: Path) -> None:
    text = path.read_text("utf-8")
    for link in re.findall(r"\]\(([^)#]+)(?:#[^)]*)?\)", text):
        if "://" not in link:
            assert (path.parent / link).exists(), link


def test_the_places_that_the_first_change_names_are_in_its_files() -> None:
    text = (DOCS / "first-change.md").read_text("utf-8")
    for part in re.split(r"^## ", text, flags=re.M)[1:]:
        head, _, body = part.partition("\n")
        files = [ROOT / name for name in re.findall(r"`([\w./-]+\.\w+)`", head + body)]
        sources = "".join(file.read_text("utf-8") for file in files if file.is_file())
        for anchor in re.findall(r"[Bb]efore `([^`]{12,})`", body):
            assert anchor in sources, (head, anchor)


def test_papers_are_written_one_sentence_per_line() -> None:
    """So that a change of a sentence is a change of a line."""
    for path in (DOCS / "architecture.md", DOCS / "decisions.md", ROOT / "README.md"):
        for line in path.read_text("utf-8").splitlines():
            if not line.startswith(("#", "|", "-", "!", "1", "2")):
                assert len(re.findall(r"[.!?] [A-Z]", line)) <= 1, (path.name, line)
