"""The job behind documents: a programme's records in; the list of its documents, or one as a page or a file, out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from codesign.i18n import Catalogues
from codesign.results.document_building import Stock, build, standing
from codesign.results.document_compare import compare
from codesign.results.document_list import BY_ID, DOCUMENTS
from codesign.results.documents import Document
from codesign.results.export import read_snapshot
from codesign.results.facts import read_method
from codesign.results.report_booklet import Booklet, Table
from codesign.results.report_names import hide_responsible
from codesign.results.worker import Work, WorkError

#: Projects that the list tells one by one.
MOST_RECORDS = 200
#: Of what is missing so much is told beside a document.
SHOWN = 4


def run(values: Mapping[str, Any], parts: Sequence[bytes]) -> Work:
    """`parts` are snapshots as they are served: the register, then the system maps.

    Values: `form` (`list`, `page` or a file's), `document`, `record`, `lang`, `day`, `programme`, `names`, `methods`
    (told in the reader's words), `kept` (which closed fields are filled), and `maps` (titles). Of words of those who
    lead `writings`; of what workshops gave it `chosen` and `taken`. To `compare`, the first of the parts is the
    register as it was then, with `writings_then`.
    """
    if values["form"] == "compare":
        return _compared(values, parts)
    stock = _stock(values, parts)
    if values["form"] == "list":
        return Work({"documents": [_told(*one, stock) for one in _all(stock)]})
    document, record = BY_ID[values["document"]], str(values.get("record", ""))
    if document.per and all(one["id"] != record for one in stock.records(document.per)):
        raise WorkError("unknown", "record")
    spelled = values["form"] not in ("xlsx", "csv")
    booklet = build(document, stock, record, spelled=spelled)
    if values["form"] == "page":
        from codesign.results import report_html

        told = {**_told(document, record, stock), "lang": booklet.lang}
        told["chapters"] = [[one.id, one.title] for one in booklet.chapters]
        return Work(told, [report_html.write_page(booklet, "", "").encode()])
    told = _told(document, record, stock)
    return Work(told, [_file(values["form"], document, booklet, stock)])


def _compared(values: Mapping[str, Any], parts: Sequence[bytes]) -> Work:
    """What is gone and what is new, with a little around it."""
    document, record = BY_ID[values["document"]], str(values.get("record", ""))
    then = {**values, "writings": values.get("writings_then", {})}
    stocks = _stock(then, parts[:1]), _stock(values, parts[1:])
    booklets = [build(document, stock, record) for stock in stocks]
    return Work({"lines": compare(*booklets)})


def _stock(values: Mapping[str, Any], parts: Sequence[bytes]) -> Stock:
    register, *boards = (read_snapshot(part) for part in parts)
    if not values.get("names", True):
        register = hide_responsible(register) or register
    return Stock(
        register=register,
        words=Catalogues().words(values["lang"]),
        programme=values["programme"],
        today=values["day"],
        methods={id: read_method(one) for id, one in values["methods"].items()},
        kept={id: tuple(names) for id, names in values.get("kept", {}).items()},
        is_list=values["form"] == "list",
        writings=values.get("writings", {}),
        chosen={id: frozenset(some) for id, some in values.get("chosen", {}).items()},
        taken=tuple((where, tuple(lines)) for where, lines in values.get("taken", ())),
        maps=tuple(zip(values.get("maps", ()), boards, strict=True)),
    )


def _all(stock: Stock) -> Iterator[tuple[Document, str]]:
    for document in DOCUMENTS:
        if not document.per:
            yield document, ""
            continue
        for record in stock.records(document.per)[:MOST_RECORDS]:
            yield document, record["id"]


def _told(document: Document, record: str, stock: Stock) -> dict[str, Any]:
    made = standing(document, stock, record)
    # Boards are not opened for a list, and so nothing is said of what is made of them.
    known = not stock.is_list or all(one.show != "maps" for one in document.sections)
    more = max(0, len(made.missing) - SHOWN)
    said = {"missing": list(made.missing[:SHOWN]) if known else [], "more": more if known else 0}
    return {**asdict(made), **said, "percent": made.percent if known else None}


def _file(form: str, document: Document, booklet: Booklet, stock: Stock) -> bytes:
    if form not in document.forms:
        raise WorkError("bad_op", "form")
    match form:
        case "docx":
            from codesign.results import report_docx

            return report_docx.write(booklet, {})
        case "html":
            from codesign.results import report_html

            return report_html.write(booklet, {}, stock.words)
        case "md":
            from codesign.results import report_markdown

            return report_markdown.write(booklet)
        case "xlsx":
            from codesign.results import report_xlsx

            return report_xlsx.write(booklet.title, _tables(booklet))
        case "csv":
            from codesign.results import report_csv

            tables = list(_tables(booklet))
            return report_csv.write(tables[0] if tables else Table("", ("",), (), (1,)))
    from codesign.results import report_pdf

    inside = Path.cwd() / "setting"
    inside.mkdir()
    return report_pdf.write(booklet, {}, inside)


def _tables(booklet: Booklet) -> Iterator[Table]:
    for chapter in booklet.chapters:
        yield from (block for block in chapter.blocks if isinstance(block, Table))
