"""A layout drawn as a workbook: sheets protected, answer cells unlocked, lists in drop-downs, identifiers hidden."""

import datetime
import math
import re
from io import BytesIO
from typing import Any
from zipfile import ZIP_STORED, ZipFile

from openpyxl import Workbook
from openpyxl.packaging.custom import StringProperty
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.utils import get_column_letter
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation

from exports.formats.archive import fixed
from exports.formats.xlsx import clean
from exports.workbook.layout import CHOICES, MARKS, SAIDS
from exports.workbook.shapes import CELL, CHOICE, DAY, FURNITURE, LINE, NUMBER, SAID, TEXT, Cell, Layout, Row, Sheet
from reporting.questionnaires.kinds import values

MARK, PROPERTY = "servanda workbook 1", "servanda-workbook"
LISTS = "servanda-lists"
FIRST = 3  # columns A and B are hidden: identifier and version
HEAD = 4  # the row of headings; above it the hidden row of column keys, title and hint
_ESCAPE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_FONT = "Calibri"
_EDGE = Side(style="thin", color="8A8A8A")
_BOX = Border(left=_EDGE, right=_EDGE, top=_EDGE, bottom=_EDGE)
_FILLS = {"question": "E3E9F1", "heading": "EFEFEF", "head": "22426B", "answer": "FFFDF3", "new": "FFFFFF"}
_SOLID = {name: PatternFill("solid", start_color=color) for name, color in _FILLS.items()}
_WRAP = Alignment(wrap_text=True, vertical="top")
_WRAP_LEFTWARD = Alignment(wrap_text=True, vertical="top", readingOrder=2, horizontal="right")
_OFFERED = {CHOICE: CHOICES, CELL: MARKS, DAY: MARKS, SAID: SAIDS}
_ROOM = 46.0  # points: a new paragraph invites three lines
_OWN_HEIGHT = re.compile(rb' customHeight="1"')
_SAFE_DIGITS = 15  # beyond them a spreadsheet rounds, so a longer number is written as text


def write(layout: Layout, *, at: datetime.datetime) -> bytes:
    """The file; the same layout and moment give the same bytes."""
    book = Workbook()
    book.properties.title, book.properties.creator = clean(layout.title), "Servanda"
    book.custom_doc_props.append(StringProperty(name=PROPERTY, value=layout.key))
    _instructions(book.active, layout)
    names = {str(book.active.title).casefold(), LISTS}
    for sheet in layout.sheets:
        _Page(book, layout, sheet, _free(sheet.name, names)).draw()
    _lists(book, layout)
    file = BytesIO()
    book.save(file)
    return fixed(_growing(file.getvalue()), at)


def _growing(data: bytes) -> bytes:
    """The file with heights that are a beginning and no decision, so that rows grow with what is written in them."""
    result = BytesIO()
    with ZipFile(BytesIO(data)) as old, ZipFile(result, "w", ZIP_STORED) as new:
        for name in old.namelist():
            part = old.read(name)
            new.writestr(name, _OWN_HEIGHT.sub(b"", part) if name.startswith("xl/worksheets/") else part)
    return result.getvalue()


def _free(wanted: str, names: set[str]) -> str:
    plain = re.sub(r"[\\/*?:\[\]'\x00-\x1f]", " ", wanted).strip()[:28] or "Sheet"
    name, number = plain, 1
    while name.casefold() in names:
        number += 1
        name = f"{plain} {number}"
    names.add(name.casefold())
    return name


def _put(cell: Any, text: str) -> None:
    """A text is a text whatever it begins with, and what only looks like an escape stays as it was typed."""
    cell.value = _ESCAPE.sub("_x005F_", clean(text))
    cell.data_type = "s"
    cell.quotePrefix = True


def _instructions(page: Any, layout: Layout) -> None:
    page.title = _free(layout.instructions_name, set())
    page.sheet_view.rightToLeft = layout.right_to_left
    page.sheet_view.showGridLines = False
    page.column_dimensions["A"].width = 3
    page.column_dimensions["B"].width = 100
    for at, (look, text) in enumerate(layout.instructions, start=2):
        cell = page.cell(at, 2)
        _put(cell, text)
        cell.alignment = _WRAP_LEFTWARD if layout.right_to_left else _WRAP
        cell.font = Font(name=_FONT, size={"title": 18, "heading": 13}.get(look, 11), bold=look in {"title", "heading"})
        narrow = {"title": 58, "heading": 80}.get(look, 100)
        page.row_dimensions[at].height = _height([(text, narrow)], 26 if look == "title" else 16)
    page.protection.sheet = True
    _print(page)


def _lists(book: Workbook, layout: Layout) -> None:
    page = book.create_sheet(LISTS)
    page.sheet_state = "hidden"
    for at, (name, offered) in enumerate(layout.lists.items(), start=1):
        for row, text in enumerate(offered, start=1):
            _put(page.cell(row, at), text)
        letter = get_column_letter(at)
        where = f"'{LISTS}'!${letter}$1:${letter}${len(offered)}"
        book.defined_names[name] = DefinedName(name, attr_text=where)
    page.protection.sheet = True


class _Page:
    """One sheet being drawn."""

    def __init__(self, book: Workbook, layout: Layout, sheet: Sheet, name: str) -> None:
        self.sheet, self.layout = sheet, layout
        self.page: Any = book.create_sheet(name)
        self.columns = list(sheet.columns)
        self.offered: dict[str, DataValidation] = {}
        self.wrap = _WRAP_LEFTWARD if layout.right_to_left else _WRAP

    def draw(self) -> None:
        page, last = self.page, FIRST + len(self.columns) - 1
        page.sheet_view.rightToLeft = self.layout.right_to_left
        page.sheet_view.showGridLines = False
        for text, where in ((MARK, "A1"), (self.layout.key, "B1")):
            _put(page[where], text)
        width = sum(column.width for column in self.columns)
        for at, column in enumerate(self.columns, start=FIRST):
            _put(page.cell(1, at), column.key)
            page.column_dimensions[get_column_letter(at)].width = column.width
            self._head(page.cell(HEAD, at), column.heading)
        for letter in "AB":
            page.column_dimensions[letter].hidden = True
        page.row_dimensions[1].hidden = True
        for row in range(2, HEAD + 1):
            _put(page.cell(row, 1), FURNITURE)
        for row, text, font in (
            (2, self.sheet.title, Font(name=_FONT, size=14, bold=True)),
            (3, self.sheet.hint, None),
        ):
            page.merge_cells(start_row=row, end_row=row, start_column=FIRST, end_column=last)
            cell = page.cell(row, FIRST)
            _put(cell, text)
            cell.alignment, cell.font = self.wrap, font or Font(name=_FONT, size=11, italic=True)
            page.row_dimensions[row].height = _height([(text, width * (0.75 if font else 1))], 20 if font else 16)
        for at, each in enumerate(self.sheet.rows, start=HEAD + 1):
            self._row(at, each)
        for offered in self.offered.values():
            page.add_data_validation(offered)
        page.freeze_panes = page.cell(HEAD + 1, FIRST)
        page.protection.sheet = True
        page.protection.formatColumns = page.protection.formatRows = False
        page.print_title_rows = f"{HEAD}:{HEAD}"
        _print(page)

    def _head(self, cell: Any, text: str) -> None:
        _put(cell, text)
        cell.font = Font(name=_FONT, bold=True, color="FFFFFF")
        cell.fill, cell.alignment, cell.border = _SOLID["head"], self.wrap, _BOX

    def _row(self, at: int, row: Row) -> None:
        page = self.page
        _put(page.cell(at, 1), row.key)
        if row.answer:
            page.cell(at, 2).value = row.version
        for place, column in enumerate(self.columns, start=FIRST):
            cell = page.cell(at, place)
            held = Cell(row.number) if column.key == "no" else row.cells.get(column.key, Cell())
            if held.field:
                self._answer(cell, held, row.is_new)
                continue
            cell.alignment = self.wrap
            cell.font = Font(name=_FONT, bold=row.look in {"question", "heading"}, italic=row.look == "hint")
            if held.shown:
                _put(cell, held.shown)
            if row.look in _SOLID:
                cell.fill = _SOLID[row.look]
            elif not row.look:
                cell.font = Font(name=_FONT, color="555555")
        texts = [(row.cells.get(column.key, Cell()).shown, column.width) for column in self.columns]
        page.row_dimensions[at].height = max(_height(texts, 15.5), _ROOM if row.is_new and "answer" in row.cells else 0)

    def _answer(self, cell: Any, held: Cell, is_new: bool) -> None:
        cell.protection = Protection(locked=False)
        cell.border, cell.alignment, cell.font = _BOX, _WRAP, Font(name=_FONT)
        cell.fill = _SOLID["new" if is_new else "answer"]
        if held.holds in {TEXT, LINE}:
            cell.number_format = "@"
        elif held.holds == DAY:
            cell.number_format = "yyyy-mm-dd"
        if held.shown:
            self._value(cell, held)
        if held.holds in _OFFERED and held.field != "date":
            self._offer(_OFFERED[held.holds], strict=held.holds == CHOICE).add(cell)

    def _value(self, cell: Any, held: Cell) -> None:
        if held.holds in {CELL, NUMBER} and values.is_number(held.raw) and len(held.raw) <= _SAFE_DIGITS:
            cell.value = float(held.raw) if "." in held.raw else int(held.raw)
        elif held.holds == DAY and (day := _day(held.raw)):
            cell.value = day
            cell.number_format = "yyyy-mm-dd"
        else:
            _put(cell, held.shown)

    def _offer(self, name: str, *, strict: bool) -> DataValidation:
        """A drop-down; where numbers may stand as well it only offers."""
        if name not in self.offered:
            made = DataValidation(type="list", formula1=f"={name}", allow_blank=True)
            made.showErrorMessage = strict
            self.offered[name] = made
        return self.offered[name]


def _day(text: str) -> datetime.date | None:
    try:
        return datetime.date.fromisoformat(text)
    except ValueError:
        return None


def _height(texts: list[tuple[str, float]], line: float) -> float:
    """Points that the longest of the texts takes in a column of its width; a row has 409 at most."""
    lines = max(
        sum(max(1, math.ceil(_room(part) / max(width - 2, 1))) for part in text.split("\n")) for text, width in texts
    )
    return min(409.0, lines * line + 3)


def _room(text: str) -> float:
    """The characters' worth of room: signs of Chinese and the like take two."""
    return sum(1.9 if ord(letter) > 0x2E7F else 1 for letter in text)


def _print(page: Any) -> None:
    page.page_setup.orientation, page.page_setup.paperSize = "landscape", page.PAPERSIZE_A4
    page.page_setup.fitToWidth, page.page_setup.fitToHeight = 1, 0
    page.sheet_properties.pageSetUpPr.fitToPage = True
