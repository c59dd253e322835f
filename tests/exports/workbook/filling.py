"""Workbooks as a person fills them in: downloaded by the product, changed by openpyxl, handed in again."""

import io
from typing import Any

from django.core.files.base import ContentFile
from openpyxl import Workbook as Book
from openpyxl import load_workbook

from accounts.models import User
from exports.models import FilledWorkbook, Workbook
from exports.workbook import services
from reporting.reports.models import Report, ReportSection

FIRST = 5  # the first row below the headings


def downloaded(
    report: Report, by: User, *, section: ReportSection | None = None, language: str = "en"
) -> tuple[Workbook, bytes]:
    return services.make(report, section=section, language=language, address="https://example.org/", by=by)


def opened(data: bytes) -> Book:
    return load_workbook(io.BytesIO(data))


def saved(book: Book) -> bytes:
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def handed_in(report: Report, data: bytes, by: User, name: str = "work.xlsx") -> FilledWorkbook:
    return services.receive(report, ContentFile(data, name=name), by=by)


def previewed(filled: FilledWorkbook, report: Report, by: User, **chosen: str) -> services.Preview:
    return services.Preview(filled, report, by, chosen)


def applied(filled: FilledWorkbook, report: Report, by: User, chosen: dict[str, str] | None = None) -> FilledWorkbook:
    seen = previewed(filled, report, by).seen
    return services.apply(filled, report, seen=seen, chosen=chosen or {}, by=by)


def column(sheet: Any, key: str) -> int:
    return next(cell.column for cell in sheet[1] if cell.value == key)


def row(sheet: Any, about: str, at: int = 0) -> int:
    """The number of the row with these words in any of its locked columns; ``at`` counts those alike."""
    found = [
        line[0].row
        for line in sheet.iter_rows(min_row=FIRST)
        if line[0].value not in (None, "-") and about in [cell.value for cell in line[2:6]]
    ]
    return found[at]


def cell(book: Book, sheet: str, about: str, key: str = "answer", at: int = 0) -> Any:
    page = book[sheet]
    return page.cell(row(page, about, at), column(page, key))
