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
    Section,
    Table,
    chart_of,
    figure,
    legal_line,
    legal_references,
    plain,
    tables,
)
from exports.formats import xlsx_charts as charts
from exports.formats import xlsx_columns as columns
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
        book.sheet(labels.cover, columns.cover(labels), _cover(document), wrapped={1})
    if letter:  # numbered paragraphs and articles are a report's
        book.sheet(
            labels.text, columns.letter(labels), ((row[0], row[3]) for row in _submission_rows(document)), wrapped={1}
        )
    elif document.form == SUBMISSION:
        book.sheet(labels.answers, columns.submission(labels), _submission_rows(document), wrapped={3})
    else:
        book.sheet(labels.answers, columns.working(document), _working_rows(document), wrapped={4, 6, 8, 9})
    if document.abbreviations:
        pairs = ((item.short, item.long) for item in document.abbreviations)
        book.sheet(labels.abbreviations, columns.abbreviations(labels), pairs)
    for table in tables(document):
        book.table(table, labels)
    references = list(legal_references(document))
    if references:
        book.sheet(labels.references, columns.references(labels), map(_reference, references), wrapped={0})
    if document.missing:
        rows = ((each.section, each.code, each.question, each.what) for each in document.missing)
        book.sheet(labels.missing, columns.missing(labels), rows, wrapped={2})
    for listing in document.listings:
        book.sheet(listing.title, listing.columns, listing.rows)
    if not letter:
        book.sheet(labels.dictionary, columns.dictionary(labels), tuple(book.described), wrapped={2})
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
        self.described: list[tuple[str, str, str, str]] = []  # sheet, column, meaning, allowed values
        self.styles: dict[tuple[bool, bool], Any] = {}

    def bytes(self) -> bytes:
        """The file, not compressed: ``fixed`` does that when it writes the entries again."""
        file = BytesIO()
        ExcelWriter(self.book, ZipFile(file, "w", ZIP_STORED)).save()
        return file.getvalue()

    def sheet(
        self, name: str, heads: Sequence[Column], rows: Iterable[Sequence[Value]], wrapped: set[int] | None = None
    ) -> None:
        """A list with a frozen head and filters; ``wrapped`` columns hold long text."""
        page = self._begin(name, [column.width for column in heads])
        self._describe(page, heads)
        page.freeze_panes = "A2"
        page.append([_head(page, column.heading) for column in heads])
        count = 1
        wraps = [at in (wrapped or ()) for at in range(len(heads))]
        for row in rows:
            for part in _fitting(row):
                page.append([self._cell(page, value, wrap) for value, wrap in zip(part, wraps, strict=True)])
                count += 1
        page.auto_filter.ref = f"A1:{get_column_letter(len(heads))}{count}"

    def table(self, table: Table, labels: Labels) -> None:
        """A table of the report: its head in the first row, so that it can be filtered; caption and source below."""
        widths = [
            min(60, max(10, *(len(str(row[at].value or "")) + 2 for row in table.rows), len(head) + 4))
            if table.rows
            else len(head) + 4
            for at, head in enumerate(table.head)
        ]
        marks = any(cell.mark for row in table.rows for cell in row)
        note = labels.note.format(note="").strip(" :：")
        page = self._begin(table.name or table.label or labels.table, [*widths, 12] if marks else widths)
        self._describe(page, columns.table(table, note if marks else "", labels))
        page.freeze_panes = "B2"
        heads = [_head(page, head) for head in table.head]
        page.append([*heads, _head(page, note)] if marks else heads)
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
        lines += table.notes
        for line in lines:
            page.append([self._cell(page, line)])
        chart = chart_of(table, labels)
        if chart:
            # A chart would draw a word such as "not available" as zero: its figures stand by themselves, numbers only.
            page.append([])
            page.append([_head(page, each) for each in (labels.chart_figures, *chart.years)])
            for series in chart.series:
                page.append([self._cell(page, series.name), *series.values])
            top = len(table.rows) + len(lines) + 4
            page.add_chart(charts.drawn(chart, page, top), f"{get_column_letter(len(table.head) + marks + 2)}2")

    def _describe(self, page: Any, heads: Iterable[Column]) -> None:
        self.described += [(page.title, each.heading, each.meaning, each.allowed) for each in heads]

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
    """A row per paragraph, and one for each question without any; words and checks stand in its first row."""
    labels = document.labels
    for section in document.sections:
        about = (section.code, section.heading, section.article)
        over = _over(section, labels)
        for number, text in _texts(section.blocks, labels):
            yield *about, "", "", section.status, "", number, text, "", None, section.lead
        for response in section.responses:
            words, checks = response.words, " ".join(filter(None, (response.missing, over)))
            for number, text in _response_texts(response, labels):
                yield (
                    *about, response.code, response.question, response.status, response.disposition, number, text,
                    checks, words, section.lead,
                )  # fmt: skip
                words, checks = None, ""


def _over(section: Section, labels: Labels) -> str:
    """That a section is longer than its allotment, in words."""
    if section.allotment is None or section.words is None or section.words <= section.allotment:
        return ""
    words, allotment = (figure(Decimal(each), labels) for each in (section.words, section.allotment))
    return labels.over_allotment.format(words=words, allotment=allotment)


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
