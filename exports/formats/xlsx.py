"""Excel: a sheet of all answers, a sheet per table, one of legal references; lists of requests.

Written row by row, since the biggest reports hold tens of thousands of rows. No cell is merged and none is a formula.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from io import BytesIO
from typing import Any
from zipfile import ZIP_STORED, ZipFile

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.writer.excel import ExcelWriter

from exports.document import (
    LETTER,
    SUBMISSION,
    Block,
    Column,
    Document,
    Fields,
    Heading,
    Labels,
    LegalReference,
    Listing,
    Paragraph,
    References,
    Response,
    Table,
    legal_line,
    legal_references,
    plain,
    tables,
)
from exports.formats.archive import fixed

Value = Decimal | int | str | None

_LONGEST = 32_000  # a cell holds 32,767 characters at most, and a character may count two
_UNWANTED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_FORBIDDEN = re.compile(r"[\\/*?:\[\]\x00-\x1f]")
# Everything that a spreadsheet has ever read as a formula, also after it is saved as CSV.
_RISKY = ("=", "+", "-", "@", "\t", "\r", "#")
_HEAD_FONT = Font(name="Calibri", size=11, bold=True)
_HEAD = Alignment(wrap_text=True, vertical="top")
_WRAP = Alignment(wrap_text=True, vertical="top")


def render(document: Document) -> bytes:
    """The workbook of a report or request. The same document gives the same bytes."""
    book = _Book(document.title, document.author, document.direction)
    labels = document.labels
    letter = document.shape == LETTER
    if document.cover.fields and (letter or document.form != SUBMISSION or document.foot):
        book.sheet(labels.cover, (Column(labels.title, 34), Column(labels.text, 80)), _cover(document), wrapped={1})
    if letter:  # numbered paragraphs and articles are a report's
        columns = (Column(labels.heading, 36), Column(labels.text, 100))
        book.sheet(labels.text, columns, ((row[0], row[3]) for row in _submission_rows(document)), wrapped={1})
    elif document.form == SUBMISSION:
        book.sheet(labels.answers, _submission_columns(labels), _submission_rows(document), wrapped={3})
    else:
        book.sheet(labels.answers, _working_columns(labels), _working_rows(document), wrapped={4, 6, 8})
    if document.abbreviations:
        pairs = ((item.short, item.long) for item in document.abbreviations)
        book.sheet(labels.abbreviations, (Column(labels.abbreviation, 18), Column(labels.meaning, 80)), pairs)
    for table in tables(document):
        book.table(table, labels)
    references = list(legal_references(document))
    if references:
        book.sheet(labels.references, _reference_columns(labels), map(_reference, references), wrapped={0})
    if document.missing:
        rows = ((each.section, each.code, each.question, each.what) for each in document.missing)
        book.sheet(labels.missing, _missing_columns(labels), rows, wrapped={2})
    for listing in document.listings:
        book.sheet(listing.title, listing.columns, listing.rows)
    return fixed(book.bytes(), document.generated_at)


def render_listing(listing: Listing) -> bytes:
    """The workbook of a list: its cover, where it has one, and one sheet."""
    book = _Book(listing.title, "", listing.direction)
    if listing.cover:
        fields = ((field.name, field.value) for field in listing.cover)
        book.sheet(listing.cover_name, (Column(listing.title, 34), Column("", 80)), fields, wrapped={1})
    book.sheet(listing.title, listing.columns, listing.rows)
    return fixed(book.bytes(), listing.generated_at)


class _Book:
    """A workbook being written: names of sheets are given once, every cell goes through one door."""

    def __init__(self, title: str, author: str, direction: str) -> None:
        self.book = Workbook(write_only=True)
        self.book.properties.title = clean(title)
        self.book.properties.creator = clean(author) or "Servanda"
        self.right_to_left = direction == "rtl"
        self.names: set[str] = set()
        self.styles: dict[tuple[bool, bool], Any] = {}

    def bytes(self) -> bytes:
        """The file, not compressed: ``fixed`` does that when it writes the entries again."""
        file = BytesIO()
        ExcelWriter(self.book, ZipFile(file, "w", ZIP_STORED)).save()
        return file.getvalue()

    def sheet(
        self, name: str, columns: Sequence[Column], rows: Iterable[Sequence[Value]], wrapped: set[int] | None = None
    ) -> None:
        """A list with a frozen head and filters; ``wrapped`` columns hold long text."""
        page = self._begin(name, [column.width for column in columns])
        page.freeze_panes = "A2"
        page.append([_head(page, column.heading) for column in columns])
        count = 1
        wraps = [at in (wrapped or ()) for at in range(len(columns))]
        for row in rows:
            for part in _fitting(row):
                page.append([self._cell(page, value, wrap) for value, wrap in zip(part, wraps, strict=True)])
                count += 1
        page.auto_filter.ref = f"A1:{get_column_letter(len(columns))}{count}"

    def table(self, table: Table, labels: Labels) -> None:
        """A table of the report: its head in the first row, so that it can be filtered; caption and source below."""
        widths = [
            min(60, max(10, *(len(str(row[at].value or "")) + 2 for row in table.rows), len(head) + 4))
            if table.rows
            else len(head) + 4
            for at, head in enumerate(table.head)
        ]
        marks = any(cell.mark for row in table.rows for cell in row)
        page = self._begin(table.name or table.label or labels.table, [*widths, 12] if marks else widths)
        page.freeze_panes = "B2"
        heads = [_head(page, head) for head in table.head]
        page.append([*heads, _head(page, labels.note.format(note="").strip(" :："))] if marks else heads)
        for row in table.rows:
            cells = [self._cell(page, cell.value) for cell in row]
            noted = ", ".join(
                f"{head}: {cell.mark}" if head else cell.mark
                for head, cell in zip(table.head, row, strict=True)
                if cell.mark
            )
            page.append([*cells, self._cell(page, noted)] if marks and noted else cells)
        page.auto_filter.ref = f"A1:{get_column_letter(len(table.head) + marks)}{len(table.rows) + 1}"
        page.append([])
        caption = labels.caption.format(label=table.label, caption=table.caption) if table.label else table.caption
        lines = [caption]
        lines += [labels.unit.format(unit=table.unit)] if table.unit else []
        lines += [labels.source.format(source=table.source)] if table.source else []
        for line in (*lines, *table.notes):
            page.append([self._cell(page, line)])

    def _begin(self, name: str, widths: Sequence[float]) -> Any:
        page = self.book.create_sheet(self._name(name))
        page.sheet_view.rightToLeft = self.right_to_left
        for at, width in enumerate(widths, start=1):
            page.column_dimensions[get_column_letter(at)].width = width
        return page

    def _cell(self, page: Any, value: Value, wrap: bool = False) -> Any:
        """The one door into a sheet: a number stays a number, a text is a text whatever it begins with."""
        if not isinstance(value, str):
            return value
        text = clean(value)
        risky = text.startswith(_RISKY)
        if not (risky or wrap):
            return text
        cell = WriteOnlyCell(page, text)
        cell.data_type = "s"
        # Finding a style costs more than the cell itself, so each is looked up once.
        style = self.styles.get((risky, wrap))
        if style is None:
            if risky:
                cell.quotePrefix = True
            if wrap:
                cell.alignment = _WRAP
            self.styles[risky, wrap] = cell._style
        else:
            cell._style = style
        return cell

    def _name(self, wanted: str) -> str:
        """A name that Excel takes and that no other sheet has: 31 characters, none of them ``\\ / * ? : [ ]``."""
        plain_name = _FORBIDDEN.sub(" ", clean(wanted)).strip(" '") or "Sheet"
        if plain_name.casefold() == "history":  # Excel keeps this one for itself
            plain_name += " 1"
        name, number = plain_name[:31].rstrip(" '"), 1
        while name.casefold() in self.names:
            number += 1
            name = f"{plain_name[: 31 - len(str(number)) - 1].rstrip()} {number}"
        self.names.add(name.casefold())
        return name


# --- cells --------------------------------------------------------------------------------------------------------


def clean(text: str) -> str:
    """``text`` without the characters that no workbook may hold."""
    return text if text.isprintable() else _UNWANTED.sub("", text)


def _head(page: Any, text: str) -> Any:
    cell = WriteOnlyCell(page, clean(text))
    cell.data_type = "s"
    cell.quotePrefix = clean(text).startswith(_RISKY)
    cell.font = _HEAD_FONT
    cell.alignment = _HEAD
    return cell


def _fitting(row: Sequence[Value]) -> Iterator[Sequence[Value]]:
    """The row, or several where a text is longer than a cell may be: nothing is cut off."""
    for value in row:
        if isinstance(value, str) and len(value) > _LONGEST // 2:
            break
    else:
        yield row
        return
    parts = [list(_pieces(value)) if isinstance(value, str) else [value] for value in row]
    for at in range(max(map(len, parts))):
        yield [(pieces[at] if at < len(pieces) else (pieces[0] if len(pieces) == 1 else None)) for pieces in parts]


def _pieces(text: str) -> Iterator[str]:
    while len(text) > _LONGEST // 2:
        cut = text.rfind(" ", _LONGEST // 4, _LONGEST // 2) + 1 or _LONGEST // 2
        yield text[:cut]
        text = text[cut:]
    yield text


# --- columns -------------------------------------------------------------------------------------------------------


def _submission_columns(labels: Labels) -> tuple[Column, ...]:
    return (
        Column(labels.heading, 36),
        Column(labels.article, 12),
        Column(labels.paragraph, 11),
        Column(labels.text, 100),
    )


def _working_columns(labels: Labels) -> tuple[Column, ...]:
    return (
        Column(labels.section, 10),
        Column(labels.heading, 32),
        Column(labels.article, 10),
        Column(labels.question_code, 16),
        Column(labels.question, 50),
        Column(labels.status, 16),
        Column(labels.disposition, 24),
        Column(labels.paragraph, 11),
        Column(labels.text, 90),
        Column(labels.words_column, 9),
        Column(labels.lead_column, 28),
    )


def _reference_columns(labels: Labels) -> tuple[Column, ...]:
    return (
        Column(labels.title, 60),
        Column(labels.number, 20),
        Column(labels.date, 18),
        Column(labels.article, 24),
        Column(labels.link, 50),
    )


def _missing_columns(labels: Labels) -> tuple[Column, ...]:
    return (
        Column(labels.section, 12),
        Column(labels.question_code, 16),
        Column(labels.question, 80),
        Column(labels.missing, 40),
    )


# --- rows ---------------------------------------------------------------------------------------------------------


def _cover(document: Document) -> Iterator[tuple[Value, ...]]:
    yield document.labels.title, document.title
    for line in document.cover.under if document.shape == LETTER else ():
        yield "", line
    for field in document.cover.fields:
        yield field.name, field.value
    if document.foot:
        yield document.labels.date, document.foot


def _submission_rows(document: Document) -> Iterator[tuple[str, str, int | None, str]]:
    """Heading, article, paragraph number, text."""
    for section in document.sections:
        if section.level == 1 and not section.blocks:
            continue
        for number, text in _texts(section.blocks, document.labels):
            yield section.heading, section.article, number, text
    for section in document.statistics:
        for number, text in _texts(section.blocks, document.labels):
            yield section.heading, section.article, number, text


def _working_rows(document: Document) -> Iterator[tuple[Value, ...]]:
    """A row per paragraph, and one for each question without any; the words of a question stand in its first row."""
    for section in document.sections:
        about = (section.code, section.heading, section.article)
        for number, text in _texts(section.blocks, document.labels):
            yield *about, "", "", section.status, "", number, text, None, section.lead
        for response in section.responses:
            words = response.words
            for number, text in _response_texts(response, document.labels):
                yield (
                    *about, response.code, response.question, response.status, response.disposition, number, text,
                    words, section.lead,
                )  # fmt: skip
                words = None


def _response_texts(response: Response, labels: Labels) -> Iterator[tuple[int | None, str]]:
    rows: list[tuple[int | None, str]] = [(None, response.choice)] if response.choice else []
    rows += _texts(response.blocks, labels)
    yield from rows or [(None, "")]


def _texts(blocks: Iterable[Block], labels: Labels) -> Iterator[tuple[int | None, str]]:
    """Number and text of everything but tables, which have sheets of their own."""
    for block in blocks:
        if isinstance(block, Paragraph):
            yield block.number, plain(block.content)
        elif isinstance(block, References):
            yield None, "\n".join(" ".join(filter(None, (legal_line(item, labels), item.link))) for item in block.items)
        elif isinstance(block, Fields):
            yield None, "\n".join(f"{item.name}: {item.value}" for item in block.items)
        elif isinstance(block, Heading):
            yield None, block.text


def _reference(item: LegalReference) -> tuple[str, ...]:
    return item.title, item.number, item.date, item.article, item.link
