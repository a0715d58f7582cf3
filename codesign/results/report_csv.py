"""All notes of a report as CSV, written as a board's is."""

from __future__ import annotations

import csv
import io

from codesign.results.csv import safe
from codesign.results.report_booklet import Table


def write(table: Table) -> bytes:
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=";", quoting=csv.QUOTE_ALL)
    for row in (table.head, *table.rows):
        writer.writerow([safe(cell) if isinstance(cell, str) else cell for cell in row])
    return text.getvalue().encode("utf-8-sig")
