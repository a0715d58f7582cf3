"""What people take home, opened by the programs they open it with."""

from __future__ import annotations

import csv
import io
import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from codesign.i18n import Catalogues
from codesign.results import csv as csv_file
from codesign.results import xlsx
from codesign.results.board_model import Board
from codesign.results.board_reading import read_board
from codesign.results.rows import rows_of
from tests.builders import Play, an_id
from tests.results.demo import NOTES, the_demo
from tests.results.report_demo import the_workshop
from tests.results.test_picture import bare, drawn, one_note
from tests.results.test_report_files import made

WORDS = Catalogues().words("en")
#: What LibreOffice is told: semicolons between cells, quotes round them, UTF-8, all columns as text.
AS_CSV = "csv:Text - txt - csv (StarCalc):59,34,76,1"
#: Words that a spreadsheet would run, if it could.
RUN = '=HYPERLINK("http://example.org","press here")'

pytestmark = pytest.mark.long


def program(name: str, package: str) -> str:
    """Where it is; `dev.py test --all` has installed it, others may go without."""
    found = shutil.which(name)
    if found is None and os.environ.get("CODESIGN_REQUIRE_SERVICES") != "1":
        pytest.skip(f"{name}: apt-get install {package}")
    assert found is not None, f"{name} is missing: apt-get install {package}"
    return found


def board_of(play: Play) -> Board:
    assert play.workshop is not None
    return read_board(play.state, play.workshop.state, "Write ideas")


@pytest.mark.parametrize(("kind", "write"), [("xlsx", xlsx.write), ("csv", csv_file.write)])
def test_libreoffice_reads_every_cell_of_a_board_as_it_was_written(
    kind: str, write: Callable[..., bytes], tmp_path: Path
) -> None:
    board = board_of(the_demo())
    opened = opened_by_libreoffice(write(board, WORDS), kind, tmp_path)
    assert opened == [list(row) for row in rows_of(board, WORDS)]


@pytest.mark.parametrize(("kind", "write"), [("xlsx", xlsx.write), ("csv", csv_file.write)])
def test_libreoffice_runs_nothing_that_somebody_wrote(
    kind: str, write: Callable[..., bytes], tmp_path: Path
) -> None:
    opened = opened_by_libreoffice(write(board_of(one_note(RUN)), WORDS), kind, tmp_path)
    (cell,) = [cell for row in opened for cell in row if "press here" in cell]
    assert "HYPERLINK" in cell  # the words themselves, not what they would have made


def test_poppler_finds_every_note_in_a_pdf(tmp_path: Path) -> None:
    (tmp_path / "board.pdf").write_bytes(drawn(the_demo(), "pdf", tmp_path))
    command = [program("pdftotext", "poppler-utils"), "-enc", "UTF-8", "board.pdf", "-"]
    said = subprocess.run(command, cwd=tmp_path, capture_output=True, check=True)
    found = bare(said.stdout.decode())
    assert [text for _, _, text, _ in NOTES if bare(text) not in found] == []


def test_poppler_finds_the_pdf_in_order(tmp_path: Path) -> None:
    """Tagged, open to everyone, and nothing in it that runs."""
    (tmp_path / "board.pdf").write_bytes(drawn(the_demo(), "pdf", tmp_path))
    command = [program("pdfinfo", "poppler-utils"), "board.pdf"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=True)
    about = dict(line.split(":", 1) for line in done.stdout.splitlines() if ":" in line)
    values = {key: about[key].strip() for key in ("Tagged", "JavaScript", "Encrypted")}
    assert values == {"Tagged": "yes", "JavaScript": "no", "Encrypted": "no"}


def opened_by_libreoffice(data: bytes, kind: str, folder: Path) -> list[list[str]]:
    """It opens the file as it would on a desk, and writes down what it sees."""
    (folder / f"board.{kind}").write_bytes(data)
    reading = ["--infilter=Text - txt - csv (StarCalc):59,34,76,1"] if kind == "csv" else []
    command = [
        *(program("soffice", "libreoffice-calc-nogui"), "--headless", "--norestore"),
        *(f"-env:UserInstallation=file://{folder}/profile", *reading),
        *("--convert-to", AS_CSV, "--outdir", "seen", f"board.{kind}"),
    ]
    subprocess.run(command, cwd=folder, capture_output=True, check=True, timeout=100)
    seen = (folder / "seen/board.csv").read_text("utf-8-sig")
    return [*csv.reader(io.StringIO(seen), delimiter=";")]


# The report


def test_libreoffice_opens_the_word_file_and_finds_every_note(tmp_path: Path) -> None:
    (tmp_path / "report.docx").write_bytes(made(the_workshop(), "docx", tmp_path))
    seen = converted("report.docx", "pdf", tmp_path)
    found = bare(said_by_poppler(seen))
    assert [text for _, _, text, _ in NOTES[:11] if bare(text) not in found] == []
    assert "Nobodyknowswhenitcomes" in found


def test_libreoffice_runs_nothing_of_a_report(tmp_path: Path) -> None:
    gathering = the_workshop()
    place = {"region": an_id("foot"), "order": "z"}
    op = {"type": "create_note", "id": an_id("run"), "text": RUN, **place}
    gathering.board.do(op, an_id("nino"))
    opened = opened_by_libreoffice(made(gathering, "csv", tmp_path), "csv", tmp_path)
    (cell,) = [cell for row in opened for cell in row if "press here" in cell]
    assert "HYPERLINK" in cell


def test_poppler_finds_every_note_in_the_report(tmp_path: Path) -> None:
    (tmp_path / "report.pdf").write_bytes(made(the_workshop(), "pdf", tmp_path))
    found = bare(said_by_poppler(tmp_path / "report.pdf"))
    assert [text for _, _, text, _ in NOTES if bare(text) not in found] == []


def converted(name: str, form: str, folder: Path) -> Path:
    command = [
        *(program("soffice", "libreoffice-writer-nogui"), "--headless", "--norestore"),
        *(f"-env:UserInstallation=file://{folder}/profile", "--convert-to", form),
        *("--outdir", "seen", name),
    ]
    done = subprocess.run(command, cwd=folder, capture_output=True, check=True, timeout=100)
    seen = folder / "seen" / Path(name).with_suffix(f".{form}").name
    if not seen.exists() and os.environ.get("CODESIGN_REQUIRE_SERVICES") != "1":
        pytest.skip("apt-get install libreoffice-writer-nogui")  # Calc alone opens no Word file
    assert seen.exists(), done.stderr.decode()
    return seen


def said_by_poppler(file: Path) -> str:
    command = [program("pdftotext", "poppler-utils"), "-enc", "UTF-8", str(file), "-"]
    return subprocess.run(command, capture_output=True, check=True).stdout.decode()
