"""A system map from a workbook: what was taken home comes back, and everything that is wrong is named by its row."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence

import pytest
import xlsxwriter

from codesign.i18n import Catalogues
from codesign.results import map_import, system_map, workbooks, xlsx
from codesign.results.worker import WorkError
from tests.results.test_system_map import NAMES, the_map_of_kutaisi

Rows = Sequence[Sequence[object]]
LINKED = ("From", "To", "Sign")


def workbook(factors: Rows, links: Rows, titles: tuple[str, str] = ("Factors", "Links")) -> bytes:
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True, "strings_to_formulas": False}) as book:
        for title, rows in zip(titles, (factors, links), strict=True):
            sheet = book.add_worksheet(title)
            for at, row in enumerate(rows):
                for column, cell in enumerate(row):
                    if str(cell).startswith("=") and title == "Factors":
                        sheet.write_formula(at, column, str(cell))
                    else:
                        sheet.write(at, column, cell)
    return file.getvalue()


def read(file: bytes, lang: str = "en") -> dict[str, object]:
    return dict(map_import.run({"lang": lang}, [file]).values)


def wrong(factors: Rows, links: Rows = (LINKED,)) -> object:
    return read(workbook([("Factor",), *factors], links))["wrong"]


@pytest.mark.parametrize("lang", ["en", "ka", "sq", "sr-Cyrl"])
def test_what_was_taken_home_comes_back_in_every_language(lang: str) -> None:
    words = Catalogues().words(lang)
    made = read(xlsx.book(system_map.tables(the_map_of_kutaisi(), words)), lang)
    factors, links = made["factors"], made["links"]
    assert isinstance(factors, list)
    assert isinstance(links, list)
    assert [one["label"] for one in factors] == list(NAMES)
    assert factors[5]["fields"] == {"role": "outcome", "controllable": 1}
    assert (factors[3]["x"], factors[3]["y"]) == (60_000, 0)
    assert [(one["from"], one["to"], one["polarity"]) for one in links[:6]] == [
        *((0, 1, "+"), (1, 2, "+"), (2, 3, "+")),
        *((3, 0, "+"), (1, 4, "-"), (4, 5, "+")),
    ]
    assert links[2]["fields"] == {"delay": "months"}


def test_a_table_by_hand_needs_no_more_than_names_and_signs() -> None:
    links = [LINKED, ("buses", "Cars", "minus"), ("Cars", "Buses", "?")]
    made = read(workbook([("factor",), ("Buses",), (), ("Cars",)], links))
    assert made["factors"] == [{"label": one, "fields": {}} for one in ("Buses", "Cars")]
    assert made["links"] == [
        {"from": 0, "to": 1, "polarity": "-", "fields": {}},
        {"from": 1, "to": 0, "polarity": "unknown", "fields": {}},
    ]


def test_everything_that_is_wrong_is_named_at_once_and_nothing_comes_in() -> None:
    factors = [("Buses",), ("Cars",), ("buses",)]
    links = [
        LINKED,
        ("Buses", "Buses", "+"),
        ("Buses", "Trams", "+"),
        ("Buses", "Cars", "×"),
        ("Buses", "Cars", "+"),
        ("", "Cars", "+"),
    ]
    assert wrong(factors, links) == [
        "Factors, row 4: “buses” is there already, in row 2.",
        "Links, row 2: “Buses” is linked to itself.",
        "Links, row 3: “Trams” is not on the sheet “Factors”.",
        "Links, row 4: “×” is nothing that “Sign” can be.",
        "Links, row 5: “Buses → Cars” is there already, in row 4.",
        "Links, row 6: “From” is empty.",
    ]


def test_formulas_missing_sheets_and_columns_and_empty_tables_are_named() -> None:
    assert wrong([("=1+1",)]) == ["Factors, cell A2: a formula. Please put its value there."]
    assert wrong([]) == ["There is no factor on the sheet “Factors”."]
    assert wrong([("Buses",)], [("From", "To")]) == ["Links: there is no column “Sign”."]
    other = workbook([("Factor",)], [LINKED], ("Sheet1", "Links"))
    assert read(other)["wrong"] == ["There is no sheet “Factors”."]


def test_a_hundred_thousand_rows_are_counted_and_not_read() -> None:
    rows = [(f"Factor {at}",) for at in range(100_000)]
    assert wrong(rows) == [
        "Factors, Links: 100000 rows. At most 300 factors and links come in at once."
    ]


def test_long_lists_of_mistakes_are_cut_and_say_so() -> None:
    told = wrong([("Buses",)], [LINKED, *(("Buses", f"no {at}", "+") for at in range(30))])
    assert isinstance(told, list)
    assert len(told) == 21
    assert told[-1] == "and 10 more"


@pytest.mark.parametrize("file", [b"", b"PK\x03\x04nothing", b"a,b,c", "bomb", "no book"])
def test_what_is_no_workbook_is_refused(file: bytes | str) -> None:
    if isinstance(file, str):
        made = io.BytesIO()
        with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
            name = "xl/workbook.xml" if file == "bomb" else "word/document.xml"
            archive.writestr(name, b"0" * (workbooks.UNPACKED_BYTES + 1 if file == "bomb" else 1))
        file = made.getvalue()
    with pytest.raises(WorkError) as refused:
        read(file)
    assert refused.value.reason == "workbook"
