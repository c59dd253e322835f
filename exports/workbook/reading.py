"""What stands in a workbook that came back: by the hidden identifiers, whatever the sheets are called now."""

import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from io import BytesIO
from itertools import chain
from typing import Any
from zipfile import ZipFile

from openpyxl import load_workbook
from openpyxl.utils import get_column_letter, range_boundaries

from exports.workbook.exceptions import Unfit
from exports.workbook.guard import has_pictures, require_workbook
from exports.workbook.writing import LISTS, MARK, PROPERTY

MOST_SHEETS, MOST_ROWS, MOST_COLUMNS = 400, 5000, 60
_CARRIAGE = re.compile(r"_x000[dD]_\n?")
_CONTROL = re.compile(r"_x00(?:[01][0-9A-Fa-f]|7[fF])_")  # as spreadsheets spell what no XML may hold
_MERGED = re.compile(rb'<(?:\w+:)?mergeCell\b[^>]*\bref="([A-Z0-9:$]+)"')


@dataclass(frozen=True)
class Found:
    """A cell: its value as text, where it is, and what is wrong with it ("" or a code of sentences.PLACE)."""

    text: str
    where: str  # "D12"
    wrong: str = ""


@dataclass(frozen=True)
class FoundRow:
    sheet: str
    line: int
    key: str
    version: str
    cells: dict[str, Found]  # by column
    is_merged: bool = False


@dataclass
class FoundBook:
    keys: set[str] = field(default_factory=set)
    rows: list[FoundRow] = field(default_factory=list)
    columns: dict[str, set[str]] = field(default_factory=dict)  # by sheet, those that are left
    extra: list[str] = field(default_factory=list)  # sheets that are none of ours
    pictures: bool = False


def read(data: bytes) -> FoundBook:
    """Raises Unfit, with a sentence, for a file that cannot be taken."""
    require_workbook(data)
    try:
        book = load_workbook(BytesIO(data), read_only=True, keep_links=False)
        found = _read(book, data)
    except Unfit:
        raise
    except Exception:
        raise Unfit("unreadable") from None
    if not found.keys:
        raise Unfit("foreign")
    if len(found.keys) > 1:
        raise Unfit("two_workbooks")
    if not found.rows:
        raise Unfit("no_sheets")
    return found


def _read(book: Any, data: bytes) -> FoundBook:
    if len(book.sheetnames) > MOST_SHEETS:
        raise Unfit("many_sheets", limit=MOST_SHEETS)
    found = FoundBook(pictures=has_pictures(data))
    stated = [each.value for each in book.custom_doc_props.props if each.name == PROPERTY]
    found.keys |= {str(value) for value in stated}
    with ZipFile(BytesIO(data)) as archive:
        for place, sheet in enumerate(book.worksheets):
            lines = _lines(sheet)
            head = next(lines, ())
            if not head or _text(head[0]) != MARK:
                if place and sheet.title != LISTS and _says_anything(chain([head], lines)):
                    found.extra.append(sheet.title)
                continue
            key = _text(head[1]) if len(head) > 1 else ""
            found.keys.add(key)
            columns = {at: _text(cell) for at, cell in enumerate(head) if at > 1 and _text(cell)}
            found.columns[sheet.title] = set(columns.values())
            merged = _merged(archive, sheet)
            for number, line in enumerate(lines, start=2):
                found.rows += _row(sheet.title, number, line, columns, number in merged)
    return found


def _lines(sheet: Any) -> Iterator[Any]:
    """The rows of a sheet, which may claim a million of them."""
    for number, line in enumerate(sheet.iter_rows(max_row=MOST_ROWS + 1, max_col=MOST_COLUMNS), start=1):
        if number > MOST_ROWS:
            raise Unfit("many_rows", sheet=sheet.title, limit=MOST_ROWS)
        yield line


def _says_anything(lines: Iterator[Any]) -> bool:
    return any(cell.value is not None for line in lines for cell in line)


def _row(sheet: str, number: int, line: Any, columns: dict[int, str], is_merged: bool) -> list[FoundRow]:
    cells = {
        name: _found(line[at], f"{get_column_letter(at + 1)}{number}") for at, name in columns.items() if at < len(line)
    }
    key, version = (_text(line[at]) if at < len(line) else "" for at in (0, 1))
    if not key and not any(cell.text or cell.wrong for cell in cells.values()):
        return []
    return [FoundRow(sheet, number, key, version, cells, is_merged)]


def _merged(archive: ZipFile, sheet: Any) -> set[int]:
    """The rows in which cells are merged, as the part of the sheet says."""
    rows: set[int] = set()
    for ref in _MERGED.findall(archive.read(sheet._worksheet_path.lstrip("/"))):
        _left, top, _right, bottom = range_boundaries(ref.decode())
        rows |= set(range(top or 1, min(bottom or MOST_ROWS, MOST_ROWS) + 1))
    return rows


def _text(cell: Any) -> str:
    return "" if cell.value is None else str(cell.value).strip()


def _found(cell: Any, where: str) -> Found:
    if cell.value is None:
        return Found("", where)
    if cell.data_type == "f":
        return Found("", where, "formula")
    if cell.data_type == "e":
        return Found(str(cell.value), where, "error")
    value = cell.value
    if isinstance(value, int | float) and not isinstance(value, bool) and "%" in (cell.number_format or ""):
        value = Decimal(repr(value)) * 100  # 25 per cent are kept as 0.25 under a format
    return Found(_said(value), where)


def _said(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, float | Decimal):
        plain = Decimal(repr(value)) if isinstance(value, float) else value
        if not plain.is_finite():
            return str(value)
        text = f"{plain:f}"
        return text.rstrip("0").rstrip(".") if "." in text else text
    if isinstance(value, datetime.datetime):
        return value.date().isoformat()
    if isinstance(value, datetime.date | datetime.time):
        return value.isoformat()
    return _CONTROL.sub("", _CARRIAGE.sub("\n", str(value)))
