"""From the document to the paragraphs and tables of a Word file."""

import re
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

from docx.document import Document as WordDocument
from docx.opc.constants import RELATIONSHIP_TYPE

from exports.document import (
    LETTER,
    SUBMISSION,
    Block,
    Bullets,
    Cell,
    Document,
    Field,
    Fields,
    Labels,
    Paragraph,
    References,
    Response,
    Run,
    Section,
    Table,
    Text,
    is_numeric,
    legal_line,
    printed,
    work_line,
)
from exports.formats.docx import package
from exports.formats.docx.package import BULLETED, DECIMAL, NUMBERED, Footnotes, Numberings
from exports.formats.docx.xml import field, t, w

_ROOM, _LETTER = 9070, 105  # of a page and of a letter of a table, in twentieths of a point
_LAST_NUMBER = re.compile(r"[0-9]+$")
_RULE, _FINE = {"val": "single", "sz": 8, "color": "000000"}, {"val": "single", "sz": 2, "color": "A9B6B7"}


class Body:
    """Writes the text of one file from top to bottom."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.labels = document.labels
        self.rtl = document.direction == "rtl"
        self.east = document.language == "zh"  # quotes and dashes are wide there
        self.file = package.begin(document)
        self.numberings = Numberings(self.file)
        self.footnotes = Footnotes()
        self.parts: list[Any] = []
        self.headings: list[tuple[str, int, str]] = []
        self.sequence = 0
        self.last_number: int | None = None

    def word(self) -> WordDocument:
        document = self.document
        self._cover()
        front, self.parts = self.parts, []
        self._text()
        if document.shape != LETTER and self.headings:
            front += self._contents()
        body = self.file.element.body
        end = body[-1]  # the properties of the page stay last
        for part in (*front, *self.parts):
            end.addprevious(part)
        self.footnotes.attach(self.file)
        return self.file

    # --- the whole

    def _cover(self) -> None:
        cover = self.document.cover
        for line in cover.over:
            self.put("Subtitle", self.runs(line))
        self.put("Title", self.runs(self.document.title))
        for line in cover.under:
            self.put("Subtitle", self.runs(line))
        self._fields(cover.fields)
        if cover.foot:
            self.put("Normal", self.runs(cover.foot))

    def _text(self) -> None:
        document, labels = self.document, self.labels
        if document.abbreviations:
            self.heading(labels.abbreviations, 1, new_page=True)
            self._fields(tuple(Field(item.short, item.long) for item in document.abbreviations))
        for at, section in enumerate(document.sections):
            self._section(section, new_page=at == 0 and document.shape != LETTER)
        if document.references:
            self.heading(labels.references, 1, new_page=True)
            self._references(References(document.references))
        if document.annexes:
            self.heading(labels.annexes, 1, new_page=not document.references)
            number = self.numberings.new(DECIMAL)
            for annex in document.annexes:
                name = f"{annex.title} ({annex.file_name})" if annex.file_name else annex.title
                self.put("Normal", self.runs(name, link=annex.link), number=(number, 0))
        if document.statistics:
            self.heading(labels.statistics, 1, new_page=True)
            for section in document.statistics:
                self._section(section)
        if document.missing is not None:
            self.heading(labels.missing, 1, new_page=True)
            self._missing()

    def _missing(self) -> None:
        labels = self.labels
        if not self.document.missing:
            self.put("Normal", self.runs(labels.nothing_missing))
            return
        rows = tuple(
            tuple(Cell(value) for value in (item.section, item.code, item.question, item.what))
            for item in self.document.missing
        )
        self._grid(Table("", (labels.section, labels.question_code, labels.question, labels.missing), rows))

    def _section(self, section: Section, *, new_page: bool = False) -> None:
        self.heading(section.heading, min(section.level, 3), new_page=new_page)
        if self.document.form != SUBMISSION:
            line = work_line(section, self.document)
            if line:
                self.put("Work Line", self.runs(line))
        for block in section.blocks:
            self.block(block)
        for response in section.responses:
            self._response(response)

    def _response(self, response: Response) -> None:
        number = f"{response.number}. " if response.number else ""
        self.put("Question", self.runs(number + response.question))
        line = " · ".join(part for part in (response.code, response.status) if part)
        if line:
            self.put("Work Line", self.runs(line))
        if response.choice:
            self.put("Normal", self.runs(response.choice, bold=True))
        if response.disposition:
            self.put("Normal", self.runs(response.disposition, italic=True))
        for block in response.blocks:
            self.block(block)
        if response.missing:
            self.put("Normal", self.runs(response.missing, bold=True))

    def _contents(self) -> list[Any]:
        """A table of contents that Word keeps up to date, filled in so that it can be read before."""
        kept, self.parts = self.parts, []
        self.put("TOC Heading", self.runs(self.labels.contents), new_page=True)
        for at, (heading, level, key) in enumerate(self.headings):
            page = field(f"PAGEREF {key} \\h", "", *([w("rtl")] if self.rtl else []))
            link = w("hyperlink", *self.runs(heading), w("r", w("tab")), *page, anchor=key)
            runs = [link]
            if at == 0:
                # The field is open until the last line: what stands in it is its result.
                runs = [*field('TOC \\o "1-3" \\h \\z \\u', "", stale=True)[:3], *runs]
            if at == len(self.headings) - 1:
                runs.append(w("r", w("fldChar", fldCharType="end")))
            self.put(f"TOC {level}", runs)
        made, self.parts = self.parts, kept
        return made

    # --- blocks

    def heading(self, words: str, level: int, *, new_page: bool = False) -> None:
        """A heading in a real style, which a bookmark ties to the contents."""
        self.sequence += 1
        key = f"_Toc{self.sequence:06}"
        self.headings.append((words, level, key))
        number = self.sequence
        runs = [w("bookmarkStart", id=number, name=key), *self.runs(words), w("bookmarkEnd", id=number)]
        self.put(f"Heading {level}", runs, new_page=new_page)

    def block(self, block: Block) -> None:
        if isinstance(block, Paragraph):
            self._paragraph(block)
        elif isinstance(block, Table):
            self._table(block)
        elif isinstance(block, References):
            self._references(block)
        elif isinstance(block, Fields):
            self._fields(block.items)
        else:
            self.put("Heading 3", self.runs(block.text))

    def _paragraph(self, paragraph: Paragraph) -> None:
        content = paragraph.content
        if not content or (paragraph.number is not None and not isinstance(content[0], Text)):
            content = (Text(()), *content)
        number = None if paragraph.number is None else (self._numbering(paragraph.number), 0)
        for block in content:
            if isinstance(block, Text):
                style = "Normal" if number is None else "Numbered Paragraph"
                self.put(style, self.text(block), number=number)
                number = None
            else:
                self._list(block, 0)

    def _numbering(self, number: int) -> int:
        """The running numbering; where numbers leap, one that begins there."""
        if self.last_number is None or number != self.last_number + 1:
            self.running = self.numberings.new(NUMBERED, number)
        self.last_number = number
        return self.running

    def _list(self, bullets: Bullets, level: int) -> None:
        number = self.numberings.new(DECIMAL if bullets.ordered else BULLETED, bullets.start)
        style = "List Number" if bullets.ordered else "List Bullet"
        for item in bullets.items:
            first = item if item and isinstance(item[0], Text) else (Text(()), *item)
            for at, block in enumerate(first):
                if isinstance(block, Bullets):
                    self._list(block, min(level + 1, 2))
                else:
                    indent = None if at == 0 else 567 + 340 * (level + 1)
                    self.put(style, self.text(block), number=(number, level) if at == 0 else None, indent=indent)

    def _references(self, references: References) -> None:
        number = self.numberings.new(BULLETED)
        for item in references.items:
            runs = self.runs(legal_line(item, self.labels))
            if item.link:
                runs += [w("r", *t(" ")), *self.runs(item.link, link=item.link)]
            self.put("List Bullet", runs, number=(number, 0))

    def _fields(self, fields: Sequence[Field]) -> None:
        for item in fields:
            value = self.runs(item.value, link=item.link)
            self.put("Normal", [*self.runs(f"{item.name}: ", bold=True), *value])

    # --- tables

    def _table(self, table: Table) -> None:
        runs = self._caption(table)
        if table.unit:
            runs += self.runs(f" ({table.unit})", bold=False)
        self.put("Caption", runs)
        self._grid(table)
        source = [self.labels.source.format(source=table.source)] if table.source else []
        # A last line, be it empty: two tables that touch become one in Word.
        *lines, last = (*source, *table.notes) or ("",)
        for line in lines:
            self.put("Source", self.runs(line))
        self.put("Table End", self.runs(last))

    def _caption(self, table: Table) -> list[Any]:
        """The caption with its number as a field, from which Word makes a list of tables and references."""
        if not table.label:
            return self.runs(table.caption)
        whole = self.labels.caption.format(label=table.label, caption=table.caption)
        number = _LAST_NUMBER.search(table.label)
        at = whole.find(table.label)
        if number is None or at < 0:
            return self.runs(whole)
        begin, end = at + number.start(), at + number.end()
        counted = field(f"SEQ Table \\* ARABIC \\r {number[0]}", number[0], *([w("rtl")] if self.rtl else []))
        return [*self.runs(whole[:begin]), *counted, *self.runs(whole[end:])]

    def _grid(self, table: Table) -> None:
        """Real rows and cells; the head comes again on every page."""
        widths = _widths(table, self.labels)
        numeric = [is_numeric(table, at) for at in range(len(table.head))]
        borders = w("tblBorders", w("top", **_RULE), w("bottom", **_RULE), w("insideH", **_FINE))
        properties = w("tblPr", w("bidiVisual") if self.rtl else None, w("tblW", w=5000, type="pct"), borders)
        grid = w("tblGrid", *(w("gridCol", w=wide) for wide in widths))
        head = w("tr", w("trPr", w("cantSplit"), w("tblHeader")))
        head.extend(
            self._cell(self.runs(name, bold=True), numeric[at], widths[at]) for at, name in enumerate(table.head)
        )
        rows = [head]
        empty = "" if self.document.form == SUBMISSION else self.labels.not_entered
        for row in table.rows:
            cells = [
                self._cell(self._cell_runs(cell, empty), numeric[at], widths[at], isinstance(cell.value, Decimal))
                for at, cell in enumerate(row)
            ]
            rows.append(w("tr", w("trPr", w("cantSplit")), *cells))
        self.parts.append(w("tbl", properties, grid, *rows))

    def _cell_runs(self, cell: Cell, empty: str) -> list[Any]:
        words = printed(cell, self.labels)
        if self.rtl and isinstance(cell.value, Decimal):
            runs = [w("r", *t(words))]
            return [*runs, w("r", w("rPr", w("vertAlign", val="superscript")), *t(cell.mark))] if cell.mark else runs
        runs = self.runs(words) if words else self.runs(empty, italic=True)
        return [*runs, self.run(cell.mark, w("vertAlign", val="superscript"))] if cell.mark else runs

    def _cell(self, runs: list[Any], right: bool, wide: int, is_figure: bool = False) -> Any:
        # "end" is the right side in English and the left one in Arabic. A figure runs from the left everywhere, or its
        # minus would stand behind it.
        if is_figure and self.rtl:
            layout = w("pPr", w("pStyle", val="TableText"), w("jc", val="start"))
        else:
            layout = self._layout("TableText", jc="end" if right else None)
        return w("tc", w("tcPr", w("tcW", w=wide, type="dxa")), w("p", layout, *runs))

    # --- paragraphs and runs

    def put(
        self,
        style: str,
        runs: list[Any],
        *,
        number: tuple[int, int] | None = None,
        indent: int | None = None,
        new_page: bool = False,
    ) -> None:
        """One paragraph. ``number`` is a numbering and the level in it."""
        layout = self._layout(self.file.styles[style].style_id, number=number, indent=indent, new_page=new_page)
        self.parts.append(w("p", layout, *runs))

    def _layout(
        self,
        style: str,
        *,
        number: tuple[int, int] | None = None,
        indent: int | None = None,
        new_page: bool = False,
        jc: str | None = None,
    ) -> Any:
        # The order of these is fixed by the format.
        return w(
            "pPr",
            w("pStyle", val=style),
            w("pageBreakBefore") if new_page else None,
            w("numPr", w("ilvl", val=number[1]), w("numId", val=number[0])) if number else None,
            w("bidi") if self.rtl else None,
            w("ind", left=indent) if indent is not None else None,
            w("jc", val=jc) if jc else None,
        )

    def text(self, text: Text) -> list[Any]:
        """The runs of a paragraph; each note goes to the notes and leaves its mark."""
        result: list[Any] = []
        for run in text.runs:
            if run.text:
                result += self._styled(run)
            if run.note:
                note = [part for inner in run.note for part in self._styled(inner)]
                number = self.footnotes.add(self._layout("FootnoteText"), note)
                mark = w("rPr", w("vertAlign", val="superscript"))
                result.append(w("r", mark, w("footnoteReference", id=number)))
        return result

    def _styled(self, run: Run) -> list[Any]:
        return self.runs(
            run.text, bold=run.bold or None, italic=run.italic, link=run.link, mark=(run.inserted, run.deleted)
        )

    def runs(
        self,
        words: str,
        *,
        bold: bool | None = None,
        italic: bool = False,
        link: str = "",
        mark: tuple[bool, bool] = (False, False),
    ) -> list[Any]:
        """Text of one look as runs; with an address, as a link."""
        looks: Iterable[Any] = [
            *((w("b", val=int(bold)), w("bCs", val=int(bold))) if bold is not None else ()),
            *((w("i"), w("iCs")) if italic else ()),
            *((w("strike"),) if mark[1] else ()),
            *((w("u", val="single"),) if mark[0] and not link else ()),
            *((w("color", val="0B5363"), w("u", val="single")) if link else ()),
        ]
        run = self.run(words, *looks)
        if not link:
            return [run]
        return [w("hyperlink", run, anchor=link[1:]) if link.startswith("#") else self._linked(run, link)]

    def _linked(self, run: Any, link: str) -> Any:
        return w("hyperlink", run, r_id=self.file.part.relate_to(link, RELATIONSHIP_TYPE.HYPERLINK, is_external=True))

    def run(self, words: str, *looks: Any) -> Any:
        face = w("rFonts", hint="eastAsia") if self.east else None
        return w("r", w("rPr", face, *looks, w("rtl") if self.rtl else None), *t(words))


def _widths(table: Table, labels: Labels) -> list[int]:
    """Widths of columns in twentieths of a point: room for the longest word of each, the rest by the longest text."""
    columns = [[name, *(printed(row[at], labels) for row in table.rows)] for at, name in enumerate(table.head)]
    least = [max([4, *(len(word) for text in column for word in text.split())]) + 3 for column in columns]
    wished = [max(low, min(max(map(len, column)), 40) + 3) for low, column in zip(least, columns, strict=True)]
    room = _ROOM / _LETTER
    if sum(least) >= room or sum(wished) <= room:  # in proportion
        lengths = wished if sum(wished) <= room else least
        return [int(_ROOM * length / sum(lengths)) for length in lengths]
    share = (room - sum(least)) / (sum(wished) - sum(least))
    return [int(_LETTER * (low + share * (wish - low))) for low, wish in zip(least, wished, strict=True)]
