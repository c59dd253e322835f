"""From the blocks of a document to what stands on the page: paragraphs, lists, notes, headings, working lines."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from reportlab.platypus import Flowable

from exports.document import (
    SUBMISSION,
    Abbreviation,
    Annex,
    Block,
    Bullets,
    Cell,
    Document,
    Fields,
    LegalReference,
    Paragraph,
    References,
    Response,
    Run,
    Section,
    Table,
    Text,
    chart_of,
    legal_line,
    work_line,
)
from exports.document import Heading as SmallHeading
from exports.formats.pdf import text
from exports.formats.pdf.pages import DEPTH, MARGIN, ROOM, Entry, Heading, Turn
from exports.formats.pdf.tables import Caption, table
from exports.formats.pdf.tags import Node, Tags
from exports.formats.pdf.text import (
    BOLD,
    BOLD_ITALIC,
    FAINT,
    INK,
    ITALIC,
    LINK,
    REGULAR,
    Look,
    Piece,
    Prose,
    Style,
    prose,
)

BODY = Style(size=10, leading=14.5, left=MARGIN, after=6, label_size=9)
_NOTE = Style(size=8, leading=10.5, left=5 * 2.835, after=1.5, label_size=7)
_LINE = Style(size=8.5, leading=12, left=MARGIN, after=2, color=FAINT)
_QUESTION = Style(size=10, leading=14, left=MARGIN, before=9, after=3, face=BOLD, label_color=INK, label_size=10)
_INDENT = 14.0
_HEADINGS = (
    Style(size=16, leading=21, before=26, after=9, face=BOLD),
    Style(size=12.5, leading=17, left=MARGIN, before=18, after=6, face=BOLD),
    Style(size=10.5, leading=15, left=MARGIN, before=12, after=4, face=BOLD),
)


class Setter:
    """Turns blocks into flowables and counts the footnotes on the way."""

    def __init__(self, document: Document, tags: Tags) -> None:
        self.document, self.tags = document, tags
        self.labels = document.labels
        self.notes = 0
        self.keys = 0
        self.level = -1

    # --- headings

    def heading(self, words: str, level: int, *, left: float | None = None) -> Heading:
        """A heading in bookmarks and contents; levels never skip one, as the bookmarks of a PDF ask."""
        self.level = min(level, self.level + 1, 2)
        self.keys += 1
        style = _HEADINGS[min(level, 2)]
        style = style if left is None else replace(style, left=left)
        node = self.tags.root.add(f"H{self.level + 2}")  # the title is H1
        return Heading(words, style, node=node, level=self.level, key=f"h{self.keys}", keep=3 * BODY.leading)

    def _p(self) -> Node:
        return self.tags.root.add("P")

    def _item(self, list_node: Node) -> tuple[Node, Node]:
        """The nodes of the mark and the text of the next item of a list."""
        item = list_node.add("LI")
        return item.add("Lbl"), item.add("LBody").add("P")

    # --- sections

    def section(self, section: Section) -> list[Flowable]:
        flow: list[Flowable] = [self.heading(section.heading, section.level - 1)]
        line = work_line(section, self.document) if self.document.form != SUBMISSION else ""
        if line:
            flow.append(Caption([Piece(line, Look(REGULAR, _LINE.size, FAINT))], _LINE, node=self._p()))
        for block in section.blocks:
            flow += self.block(block)
        for response in section.responses:
            flow += self.response(response)
        return chained(flow)

    def response(self, response: Response) -> Iterator[Flowable]:
        """A question with what was answered, in the working form."""
        yield Caption(
            [Piece(response.question, Look(BOLD, _QUESTION.size))],
            _QUESTION,
            f"{response.number}." if response.number else "",
            node=self.tags.root.add(f"H{self.level + 3}"),
        )
        line = " · ".join(part for part in (response.code, response.status) if part)
        if line:
            yield Caption([Piece(line, Look(REGULAR, _LINE.size, FAINT))], replace(_LINE, after=5), node=self._p())
        if response.choice:
            yield prose(response.choice, replace(BODY, face=BOLD), node=self._p())
        if response.disposition:
            yield prose(response.disposition, replace(BODY, face=ITALIC), node=self._p())
        for block in response.blocks:
            yield from self.block(block)
        if response.missing:
            yield prose(response.missing, replace(BODY, face=BOLD, size=9), node=self._p())

    # --- blocks

    def block(self, block: Block) -> list[Flowable]:
        if isinstance(block, Paragraph):
            return self.paragraph(block)
        if isinstance(block, Table):
            return table(block, self.labels, self.tags.root, empty=self._empty())
        if isinstance(block, References):
            return self.listed(
                [legal_line(item, self.labels) for item in block.items], replace(BODY, left=MARGIN + _INDENT)
            )
        if isinstance(block, Fields):
            return self.fields(block)
        if not isinstance(block, SmallHeading):
            return []
        node = self.tags.root.add(f"H{min(self.level + 3, 6)}")
        return [Caption([Piece(block.text, Look(BOLD, 10))], replace(BODY, before=8, after=4), node=node)]

    def listed(self, items: Sequence[str], style: Style) -> list[Flowable]:
        """A list with bullets."""
        node = self.tags.root.add("L", scope="Disc")
        flow: list[Flowable] = []
        for words in items:
            mark, body = self._item(node)
            pieces = [Piece(words, Look(style.face, style.size, style.color))]
            flow.append(Prose(pieces, replace(style, label_at=style.left - _INDENT), "•", node=body, label_node=mark))
        return flow

    def annex_block(self, block: Block) -> list[Flowable]:
        """A block of the statistical annex, whose tables take the whole width and have charts."""
        if isinstance(block, Table):
            chart = chart_of(block, self.labels)
            return table(block, self.labels, self.tags.root, left=0, empty=self._empty(), chart=chart)
        return self.block(block)

    def _empty(self) -> str:
        return "" if self.document.form == SUBMISSION else self.labels.not_entered

    def paragraph(self, paragraph: Paragraph) -> list[Flowable]:
        label = "" if paragraph.number is None else f"{paragraph.number}."
        content = paragraph.content
        if not content or (label and not isinstance(content[0], Text)):
            content = (Text(()), *content)
        large: list[Prose] = []
        flow = list(self._blocks(content, MARGIN, label, large, self.tags.root, None))
        flow[-1].style = replace(flow[-1].style, after=BODY.after)
        return [*flow, *large]

    def _blocks(
        self,
        content: Sequence[Text | Bullets],
        left: float,
        label: str,
        large: list[Prose],
        parent: Node,
        mark_node: Node | None,
    ) -> Iterator[Prose]:
        at = 0.0 if left == MARGIN else left - _INDENT
        for block in content:
            if isinstance(block, Text):
                style = replace(BODY, left=left, label_at=at)
                if left > MARGIN:
                    style = replace(style, label_color=INK, label_size=style.size, after=3)
                node = parent.add("P")
                yield self.text(block.runs, style, label, large, node, mark_node if label else None)
                label = ""
                continue
            made = parent.add("L", scope="Decimal" if block.ordered else "Disc")
            for number, item in enumerate(block.items, start=block.start):
                mark = f"{number}." if block.ordered else "•"
                first = item if item and isinstance(item[0], Text) else (Text(()), *item)
                entry = made.add("LI")
                mark_of = entry.add("Lbl")
                yield from self._blocks(first, left + _INDENT, mark, large, entry.add("LBody"), mark_of)

    def text(
        self,
        runs: Iterable[Run],
        style: Style,
        label: str,
        large: list[Prose],
        node: Node,
        label_node: Node | None = None,
    ) -> Prose:
        """One paragraph. Footnotes too long for the foot of a page go to ``large``, to stand right after it."""
        pieces: list[Piece] = []
        notes: list[Prose] = []
        for run in runs:
            if run.text:
                pieces.append(Piece(run.text, _look(run, style, node)))
            if run.note:
                self.notes += 1
                below = Node("Note")
                note = self._note(run.note, below)
                notes.append(note)
                reference = node.later("Reference")
                reference.follows = below
                mark = Look(REGULAR, style.size * 0.65, INK, rise=style.size * 0.36, node=reference)
                pieces.append(Piece(str(self.notes), mark, note))
        if sum(note.wrap(ROOM, DEPTH)[1] for note in notes) > DEPTH / 3:
            large += notes
            pieces = [replace(piece, note=None) for piece in pieces]
        return Prose(pieces, style, label, node=node, label_node=label_node)

    def _note(self, runs: Iterable[Run], node: Node) -> Prose:
        pieces = [Piece(run.text, _look(run, _NOTE, node)) for run in runs]
        return Prose(pieces, _NOTE, str(self.notes), node=node, label_node=node.later("Lbl"))

    def fields(self, fields: Fields, *, left: float = MARGIN) -> list[Flowable]:
        """Names on the left, values on the right; a value may run over pages."""
        flow: list[Flowable] = []
        wide = 48 * 2.835
        if not fields.items:
            return flow
        made = self.tags.root.add("L")
        for item in fields.items:
            mark, body = self._item(made)
            name = Caption(
                [Piece(item.name, Look(REGULAR, 9, FAINT))], Style(size=9, leading=13, left=left, after=0), node=mark
            )
            style = Style(size=9.5, leading=13.5, left=left + wide, after=3)
            link = body.later("Link", alt=item.value) if item.link else None
            look = Look(REGULAR, 9.5, LINK if item.link else INK, link=item.link, node=link)
            if text.width(item.name, REGULAR, 9) <= wide - 4:
                style = replace(style, label_at=left, label_size=9)
                flow.append(Prose([Piece(item.value, look)], style, item.name, node=body, label_node=mark))
            else:
                flow += [name, Prose([Piece(item.value, look)], style, node=body)]
        return flow

    # --- what stands around the text

    def abbreviations(self, items: Sequence[Abbreviation]) -> list[Flowable]:
        style = Style(size=9.5, leading=13.5, left=34 * 2.835, after=3, label_size=9.5, label_color=INK)
        made = self.tags.root.add("L")
        flow: list[Flowable] = []
        for item in items:
            mark, body = self._item(made)
            pieces = [Piece(item.long, Look(REGULAR, style.size, INK))]
            flow.append(Prose(pieces, style, item.short, node=body, label_node=mark))
        return flow

    def references(self, items: Sequence[LegalReference]) -> list[Flowable]:
        labels = self.labels
        rows = tuple(
            tuple(Cell(value) for value in (item.title, item.number, item.date, item.article)) for item in items
        )
        content = Table("", (labels.title, labels.number, labels.date, labels.article), rows)
        flow = table(content, labels, self.tags.root, left=0)
        linked = [
            prose(f"{item.title}: {item.link}", replace(_LINE, left=0), node=self._p()) for item in items if item.link
        ]
        return [*flow, *linked]

    def annexes(self, items: Sequence[Annex]) -> list[Flowable]:
        style = Style(size=10, leading=14.5, left=MARGIN, after=4, label_size=10, label_color=INK)
        flow: list[Flowable] = []
        made = self.tags.root.add("L", scope="Decimal")
        for number, item in enumerate(items, start=1):
            mark, body = self._item(made)
            link = body.later("Link", alt=item.title) if item.link else None
            look = Look(REGULAR, 10, LINK if item.link else INK, link=item.link, node=link)
            pieces = [Piece(item.title, look)]
            if item.file_name:
                pieces.append(Piece(f"  ({item.file_name})", Look(REGULAR, 9, FAINT)))
            flow.append(Prose(pieces, style, f"{number}.", node=body, label_node=mark))
        return flow

    def missing(self) -> list[Flowable]:
        labels, items = self.labels, self.document.missing or ()
        if not items:
            return [prose(labels.nothing_missing, replace(BODY, left=0), node=self._p())]
        rows = tuple(tuple(Cell(value) for value in (i.section, i.code, i.question, i.what)) for i in items)
        content = Table("", (labels.section, labels.question_code, labels.question, labels.missing), rows)
        return table(content, labels, self.tags.root, left=0)


def headings(document: Document) -> list[Entry]:
    """The lines of the contents, pages unknown, in the order in which ``render`` sets them."""
    labels = document.labels
    found = [Entry(labels.abbreviations, 0, "")] if document.abbreviations else []
    found += [Entry(s.heading, s.level - 1, "") for s in document.sections]
    found += [Entry(labels.references, 0, "")] if document.references else []
    found += [Entry(labels.annexes, 0, "")] if document.annexes else []
    if document.statistics:
        found.append(Entry(labels.statistics, 0, ""))
        found += [Entry(s.heading, 1, "") for s in document.statistics]
    found += [Entry(labels.missing, 0, "")] if document.missing is not None else []
    level = -1
    result = []
    for entry in found:
        level = min(entry.level, level + 1, 2)
        result.append(replace(entry, level=level))
    return result


def chained(flow: list[Flowable]) -> list[Flowable]:
    """Headings and captions keep as much room after them as what follows needs to begin."""
    _hoist(flow)
    following: Flowable | None = None
    for item in reversed(flow):
        keeps = isinstance(item, Heading) or (isinstance(item, Caption) and not item.keep)
        if keeps and following is not None:
            item.keep = min(_begins_with(following), DEPTH * 0.8)
        following = item
    return flow


def _hoist(flow: list[Flowable]) -> None:
    """What stands right over a wide table goes to its landscape page with it."""
    for at, item in enumerate(flow):
        if isinstance(item, Turn) and item.landscape:
            to = at
            while to and isinstance(flow[to - 1], Heading | Caption):
                to -= 1
            flow.insert(to, flow.pop(at))


def _begins_with(item: Flowable) -> float:
    """The room that ``item`` takes at least where it begins, with what it keeps itself."""
    if isinstance(item, Prose):
        _, height = item.wrap(ROOM, DEPTH)
        kept = getattr(item, "keep", None)
        return float(item.style.before + (min(height, 3 * item.style.leading) if kept is None else height + kept))
    return 60.0


def _look(run: Run, style: Style, node: Node) -> Look:
    bold = run.bold or style.face in (BOLD, BOLD_ITALIC)
    italic = run.italic or style.face in (ITALIC, BOLD_ITALIC)
    face = {(0, 0): REGULAR, (1, 0): BOLD, (0, 1): ITALIC, (1, 1): BOLD_ITALIC}[bold, italic]
    link = node.later("Link", alt=run.text) if run.link else None
    mark = "under" if run.inserted else "through" if run.deleted else ""
    return Look(face, style.size, LINK if run.link else style.color, link=run.link, node=link, mark=mark)
