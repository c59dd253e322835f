"""What came back held against what was downloaded: what the person changed, and what cannot be understood."""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from exports.workbook.layout import codes
from exports.workbook.reading import Found, FoundBook, FoundRow
from exports.workbook.shapes import CHOICE, FURNITURE, LINE, TEXT, Cell, Layout, Row
from reporting.questionnaires.kinds import values
from reporting.text.cleaning import clean

MOST_PROBLEMS = 300


@dataclass
class Matched:
    """``changes``: by answer and field {"text", "sheet", "where", "label"}; problems: [code, sheet, where, said]."""

    changes: dict[str, dict[str, dict[str, str]]] = field(default_factory=dict)
    problems: list[list[Any]] = field(default_factory=list)
    remarks: list[list[Any]] = field(default_factory=list)  # [code, said]
    unchanged: int = 0


def match(layout: Layout, book: FoundBook, *, language: str) -> Matched:
    """``language`` is that of the workbook, in which marks and choices are said."""
    found, known, words = Matched(), layout.rows(), codes(language)
    seen: dict[str, FoundRow] = {}
    twice: set[str] = set()
    for row in book.rows:
        if row.key in known and row.key in seen and not _alike(seen[row.key], row):
            twice.add(row.key)
        seen.setdefault(row.key, row)
    done: set[str] = set()
    for row in book.rows:
        if row.key == FURNITURE:
            continue
        code, said = _wrong(row, known, twice)
        if code:
            found.problems.append([code, row.sheet, _place_of(row), said])
        elif row.key not in done:
            done.add(row.key)
            _compare(found, known[row.key][1], row, words)
    _remark(found, layout, book, seen)
    del found.problems[MOST_PROBLEMS:]
    return found


def _alike(one: FoundRow, other: FoundRow) -> bool:
    return {name: cell.text for name, cell in one.cells.items()} == {n: cell.text for n, cell in other.cells.items()}


def _wrong(row: FoundRow, known: dict[str, Any], twice: set[str]) -> tuple[str, dict[str, Any]]:
    number = row.cells["no"].text if "no" in row.cells else ""
    if not row.key:
        numbers = {each.number for _sheet, each in known.values()}
        return ("number_moved" if number in numbers else "no_key"), {}
    if row.key not in known:
        return "foreign_row", {}
    if row.key in twice:
        return "twice", {}
    wanted: Row = known[row.key][1]
    if row.version != str(wanted.version):
        return "other_version", {}
    if number and number != wanted.number:
        return "swapped", {"found": number[:40], "wanted": wanted.number}
    return ("merged" if row.is_merged else ""), {}


def _place_of(row: FoundRow) -> str:
    """The first cell of the row in which something stands, else the row itself."""
    filled = (cell.where for name, cell in row.cells.items() if name != "no" and (cell.text or cell.wrong))
    return next(filled, str(row.line))


def _compare(found: Matched, wanted: Row, row: FoundRow, words: dict[str, dict[str, str]]) -> None:
    for column, cell in wanted.cells.items():
        got = row.cells.get(column)
        if not cell.field or got is None:
            continue
        if got.wrong:
            found.problems.append([got.wrong, row.sheet, got.where, {"found": got.text[:20]}])
            continue
        text = _read(cell, got, words)
        if _same(cell, text):
            found.unchanged += 1
            continue
        change = {"text": text, "sheet": row.sheet, "where": got.where, "label": wanted.number}
        found.changes.setdefault(str(wanted.answer), {})[cell.field] = change


def _read(cell: Cell, got: Found, words: dict[str, dict[str, str]]) -> str:
    """The text as it is kept: words of marks and choices by their code."""
    if cell.holds == TEXT:
        return clean(got.text)
    text = got.text.strip()
    return words.get(cell.holds, {}).get(text.casefold(), text)


def _same(cell: Cell, text: str) -> bool:
    if text == cell.raw or (not text.strip() and not cell.raw.strip()):
        return True
    if cell.holds in {TEXT, LINE}:
        return clean(text).strip() == clean(cell.raw).strip()
    if cell.holds == CHOICE:
        return False
    with suppress(values.Unreadable):
        return bool(text) and values.is_number(cell.raw) and values.number(text) == cell.raw
    return False


def _remark(found: Matched, layout: Layout, book: FoundBook, seen: dict[str, FoundRow]) -> None:
    missing = sum(1 for key in layout.rows() if key not in seen)
    if missing:
        found.remarks.append(["missing_rows", {"count": missing}])
    found.remarks += ([["extra_sheet", {"sheet": name}] for name in book.extra])[:20]
    for sheet in sorted(_without_columns(layout, seen, book)):
        found.remarks.append(["missing_columns", {"sheet": sheet}])
    if book.pictures:
        found.remarks.append(["pictures", {}])


def _without_columns(layout: Layout, seen: dict[str, FoundRow], book: FoundBook) -> Iterator[str]:
    names = set()
    for key, (_sheet, row) in layout.rows().items():
        if key in seen:
            wanted = {column for column, cell in row.cells.items() if cell.field}
            if not wanted <= book.columns.get(seen[key].sheet, set()):
                names.add(seen[key].sheet)
    yield from names
