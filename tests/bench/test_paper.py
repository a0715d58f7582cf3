"""docs/performance.md says what bench/results.json holds."""

from __future__ import annotations

from pathlib import Path

from bench import paper, rows


def test_the_figures_in_the_paper_are_those_that_were_measured() -> None:
    text = paper.PAPER.read_text("utf-8")
    said = text.partition(paper.BEGIN)[2].partition(paper.END)[0]
    assert said == paper.figures(rows.RESULTS), "python3 dev.py bench --paper"


def test_only_what_stands_between_the_marks_is_written_anew(tmp_path: Path) -> None:
    file = tmp_path / "paper.md"
    file.write_text(f"before\n{paper.BEGIN}old\n{paper.END}after\n")
    paper.write(file)
    now = paper.figures(rows.RESULTS)
    assert file.read_text("utf-8") == f"before\n{paper.BEGIN}{now}{paper.END}after\n"
