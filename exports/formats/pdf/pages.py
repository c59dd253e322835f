"""Pages: margins, footnotes at the foot, headings in bookmarks and contents, and what stands on every page.

The text is laid out once. Contents come out right without a second round because the number of their pages is known
from the headings alone; they are drawn last and moved behind the cover, and so are "page n of m" and running heads.
"""

from collections import deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC
from io import BytesIO

from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, Frame

from exports.document import LETTER, Document
from exports.formats.pdf import finishing, tags, text
from exports.formats.pdf.embedding import Ink
from exports.formats.pdf.tags import Node, Tags
from exports.formats.pdf.text import BOLD, FAINT, INK, REGULAR, Look, Piece, Prose, Style, put

LEFT, RIGHT, TOP, BOTTOM = 25 * mm, 22 * mm, 27 * mm, 25 * mm
WIDTH, HEIGHT = A4
ROOM = WIDTH - LEFT - RIGHT
DEPTH = HEIGHT - TOP - BOTTOM
LANDSCAPE_ROOM = HEIGHT - LEFT - RIGHT
LANDSCAPE_DEPTH = WIDTH - TOP - BOTTOM
MARGIN = 12 * mm  # the column of paragraph numbers
RULE = text.HexColor("#a9b6b7")
_NOTE_GAP = 9


class Heading(Prose):
    """A heading that stands in the bookmarks and, if ``entry`` is set, in the contents."""

    def __init__(self, heading: str, style: Style, *, node: Node, level: int, key: str = "", keep: float = 0) -> None:
        super().__init__([Piece(heading, Look(style.face, style.size, style.color))], style, node=node)
        self.level, self.key, self.keep = level, key, keep

    def split(self, available_width: float, available_height: float) -> list[Flowable]:
        return []

    def draw(self) -> None:
        super().draw()
        if self.key:
            self.canv.bookmarkHorizontal(self.key, 0, self.height + 4)
            self.canv.addOutlineEntry(self.text, self.key, self.level, closed=self.level > 0)
            self.canv.headings.append(Entry(self.text, self.level, self.key, self.canv.getPageNumber()))


class NewPage(Flowable):
    """What follows begins on a page of its own."""


class Turn(Flowable):
    """What follows stands on landscape pages, or on upright ones again."""

    def __init__(self, *, landscape: bool) -> None:
        super().__init__()
        self.landscape = landscape


@dataclass(frozen=True)
class Entry:
    """A line of the contents."""

    heading: str
    level: int
    key: str
    page: int = 0


class PageFrame(Frame):
    """The text of a page. A paragraph fits only together with the footnotes that its lines call for."""

    def __init__(self, *, rtl: bool = False, landscape: bool = False) -> None:
        self.begin = RIGHT if rtl else LEFT  # the left edge of the text
        self.room = LANDSCAPE_ROOM if landscape else ROOM
        self.depth = LANDSCAPE_DEPTH if landscape else DEPTH
        super().__init__(
            self.begin, BOTTOM, self.room, self.depth, leftPadding=0, rightPadding=0, topPadding=0, bottomPadding=0
        )
        self.notes: list[Prose] = []

    @property
    def is_empty(self) -> bool:
        return bool(self._atTop)

    def clear(self) -> None:
        self.notes = []
        self._geom()
        self._reset()

    def add(self, flowable: Flowable, canvas: Canvas, trySplit: int = 1) -> int:  # noqa: N803 reportlab's name
        """Draw it if it fits, with its notes and with the room that must follow it."""
        if isinstance(flowable, Prose):
            flowable.wrap(self.room, self.depth)
        notes = getattr(flowable, "notes", [])
        keep = 0 if self.is_empty else getattr(flowable, "keep", 0)
        height = self._height_of(notes)
        self._y1p += height + keep
        fits = super()._add(flowable, canvas, trySplit)
        self._y1p -= keep if fits else height + keep
        if fits:
            self.notes += notes
        return int(fits)

    def split(self, flowable: Flowable, canvas: Canvas) -> list[Flowable]:
        """The first part fits with its own notes; nothing if there is none."""
        before = 0 if self._atTop else max(flowable.getSpaceBefore() - self._prevASpace, 0)
        available = self._y - self._y1p - before
        room = available
        while room > 0:
            parts = flowable.split(self.room, room)
            if not parts:
                return []
            notes = self._height_of(getattr(parts[0], "notes", []))
            _, height = parts[0].wrap(self.room, room)
            if len(parts) > 1 and height + notes <= available + 0.01:
                return list(parts)
            room = min(room - 1, height - 1, available - notes)
        return []

    def _height_of(self, notes: Sequence[Prose]) -> float:
        gap = 0 if self.notes or not notes else _NOTE_GAP
        return gap + sum(note.wrap(self.room, self.depth)[1] + note.style.after for note in notes)

    def draw_notes(self, canvas: Canvas) -> float:
        """The footnotes at the foot of the page; the height at which they begin."""
        top = y = BOTTOM + sum(note.height + note.style.after for note in self.notes)
        for note in self.notes:
            y -= note.height
            note.drawOn(canvas, self.begin, y)
            y -= note.style.after
        return float(top)


class Paper(Canvas):  # type: ignore[misc]  # reportlab has no types
    """A canvas that names no font of reportlab's: all text is written with faces of our own."""

    def __init__(self, file: BytesIO, language: str) -> None:
        self.ink = Ink()
        self.tags = Tags()
        self.headings: list[Entry] = []
        super().__init__(file, pagesize=A4, invariant=1, pageCompression=0, lang=language)

    def _make_preamble(self) -> None:
        self._preamble = "1 0 0 1 0 0 cm"


class Pages:
    """A file being made, page by page."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.rtl = document.direction == "rtl"
        self.file = BytesIO()
        self.canvas = Paper(self.file, document.language)
        self._properties()
        self.frame = PageFrame(rtl=self.rtl)
        self.front = 0
        self.wide, self.high = WIDTH, HEIGHT
        self.order: list[int] = []
        self.entries: list[Entry] = []
        self._begin_page()

    def _properties(self) -> None:
        document, canvas = self.document, self.canvas
        canvas.setTitle(document.title)
        canvas.setAuthor(document.author)
        canvas.setSubject(document.subject)
        canvas.setCreator("Servanda")
        canvas.setProducer("Servanda")
        canvas.setViewerPreference("DisplayDocTitle", "true")
        # The date of the document, not of the drawing: the same document gives the same bytes.
        at = document.generated_at
        at = (at.replace(tzinfo=UTC) if at.tzinfo is None else at).astimezone(UTC)
        stamp = canvas._doc._timeStamp
        stamp.t, stamp.lt, stamp.YMDhms = at.timestamp(), at.timetuple(), at.timetuple()[:6]

    def put(
        self, x: float, y: float, words: str, style: Style, node: Node | None = None, artifact: str = tags.ARTIFACT
    ) -> None:
        """A line whose place and alignment are mirrored where the document runs from right to left."""
        if self.rtl:
            align = {"left": "right", "right": "left", "center": "center"}[style.align]
            x, style = self.wide - x, replace(style, align=align)
        put(self.canvas, x, y, words, style, node, artifact)

    def rule(self, begin: float, y: float, end: float) -> None:
        if self.rtl:
            begin, end = self.wide - end, self.wide - begin
        text.rule(self.canvas, begin, y, end, 0.5, RULE)

    def _begin_page(self) -> None:
        self.frame.clear()
        if self.document.watermark:
            self._watermark(self.document.watermark)

    def _watermark(self, word: str) -> None:
        canvas = self.canvas
        canvas.saveState()
        canvas.translate(self.wide / 2, self.high / 2)
        canvas.rotate(52 if self.high > self.wide else 34)
        size = min(110, 560 / max(text.width(word, BOLD, 1), 1))
        style = Style(face=BOLD, size=size, align="center", color=text.HexColor("#eef1f1"))
        put(canvas, 0, -size / 3, word, style, artifact=tags.WATERMARK)
        canvas.restoreState()

    def end_page(self) -> None:
        if self.frame.notes:
            top = self.frame.draw_notes(self.canvas)
            self.rule(LEFT, top + 4, LEFT + 45 * mm)
        self.canvas.showPage()
        self._begin_page()

    def pour(self, flow: Iterable[Flowable]) -> None:
        """Set the flowables one after another, on as many pages as they need."""
        queue = deque(flow)
        while queue:
            item = queue.popleft()
            if isinstance(item, NewPage):
                if not self.frame.is_empty:
                    self.end_page()
                continue
            if isinstance(item, Turn):
                self._turn(item, queue)
                continue
            if self.frame.add(item, self.canvas):
                continue
            parts = self.frame.split(item, self.canvas)
            if len(parts) > 1 and self.frame.add(parts[0], self.canvas):
                queue.extendleft(reversed(parts[1:]))
            elif self.frame.is_empty:
                # Nothing can be split off and a whole page is too small: it would come round for ever.
                raise ValueError(f"{type(item).__name__} does not fit on a page")
            else:
                queue.appendleft(item)
            self.end_page()

    def _turn(self, turn: Turn, queue: deque[Flowable]) -> None:
        """Begin a page that stands the other way; between two wide tables none is begun in vain."""
        following = queue[0] if queue else None
        if isinstance(following, Turn):
            return
        wide, high = (HEIGHT, WIDTH) if turn.landscape else (WIDTH, HEIGHT)
        if wide == self.wide:
            return
        if not self.frame.is_empty:
            self.canvas.setPageSize((self.wide, self.high))
            self.end_page()
        self.wide, self.high = wide, high
        self.frame = PageFrame(rtl=self.rtl, landscape=turn.landscape)
        self.canvas._code.clear()
        self.canvas.setPageSize((wide, high))
        self._begin_page()

    def reserve_contents(self, entries: Sequence[Entry]) -> None:
        """Count the pages that the contents will take, so that the numbers after them are known."""
        self.contents = self.canvas.tags.root.add("TOC")
        self.front = 1
        for _, _, y in _contents_lines(entries):
            self.front += y is None

    def draw_contents(self, heading: str) -> None:
        """Draw the contents of what was drawn, and move them behind the cover."""
        canvas = self.canvas
        pages = canvas._doc.Pages.pages
        body = len(pages)
        self.put(LEFT, HEIGHT - TOP - 16, heading, Style(face=BOLD, size=16), self.contents.add("Caption"))
        for entry, lines, y in _contents_lines(canvas.headings):
            if y is None:
                self.end_page()
            else:
                self._contents_entry(entry, lines, y)
        self.end_page()
        pages[1:] = pages[body:] + pages[1:body]
        self.order = [1, *range(body + 1, len(pages) + 1), *range(2, body + 1)]

    def _contents_entry(self, entry: Entry, lines: list[text.Line], y: float) -> None:
        canvas, style = self.canvas, _CONTENTS[min(entry.level, 2)]
        node = self.contents.add("TOCI").add("Reference").add("Link", alt=entry.heading)
        top = y + style.size
        for line in lines:
            self.put(LEFT + style.left, y, line.text, style, node)
            y -= style.leading
        y += style.leading
        number = str(entry.page + self.front)
        right = WIDTH - RIGHT
        self.put(right, y, number, Style(face=style.face, size=style.size, align="right"), node)
        begin = LEFT + style.left + lines[-1].width + 4
        end = right - text.width(number, style.face, style.size) - 4
        dots = int((end - begin) / text.width(" .", REGULAR, 9))
        if dots > 0:
            self.put(end, y, " ." * dots, Style(size=9, color=FAINT, align="right"))
        edges = (WIDTH - right, WIDTH - LEFT) if self.rtl else (LEFT, right)
        canvas.tags.annotate(node, canvas.getPageNumber())
        canvas.linkRect("", entry.key, (edges[0], y - 3, edges[1], top), relative=0, thickness=0)

    def finish(self) -> bytes:
        """Write heads and feet on every page, now that their number is known, and close the file."""
        canvas, pages = self.canvas, self.canvas._doc.Pages.pages
        order = self.order or list(range(1, len(pages) + 1))
        for number, page in enumerate(pages, start=1):
            canvas._code = []
            self.wide, self.high = page.pagewidth, page.pageheight
            self._furniture(number, len(pages))
            page.stream += "\n".join(canvas._code) + "\n"
        canvas._code = []
        canvas.save()
        return finishing.finished(self.file, self.document, canvas.ink, canvas.tags, order)

    def _furniture(self, number: int, total: int) -> None:
        document = self.document
        cover = number == 1 and document.shape != LETTER
        small = Style(size=8, color=FAINT)
        if document.running_head and not cover and (number > 1 or document.shape != LETTER):
            room, words = self.wide - LEFT - RIGHT, document.running_head
            while text.width(words, REGULAR, 8) > room and " " in words:
                words = words.rsplit(" ", 1)[0].rstrip(" ,;…") + "…"
            self.put(LEFT, self.high - 16 * mm, words, small, artifact=tags.HEADER)
            self.rule(LEFT, self.high - 18 * mm, self.wide - RIGHT)
        if document.foot:
            self.put(LEFT, 14 * mm, document.foot, small, artifact=tags.FOOTER)
        if not cover:
            page = document.labels.page.format(page=number, pages=total)
            self.put(self.wide - RIGHT, 14 * mm, page, Style(size=8, color=FAINT, align="right"), artifact=tags.FOOTER)


_CONTENTS = (
    Style(face=BOLD, size=10, leading=14, before=9),
    Style(size=10, leading=14, left=6 * mm, before=3),
    Style(size=9, leading=13, left=12 * mm, before=2, color=INK),
)


def _contents_lines(entries: Iterable[Entry]) -> Iterable[tuple[Entry, list[text.Line], float | None]]:
    """Each entry with its broken lines and the height of its first; None where a new page begins."""
    y = HEIGHT - TOP - 40.0
    for entry in entries:
        style = _CONTENTS[min(entry.level, 2)]
        pieces = [Piece(entry.heading, Look(style.face, style.size))]
        lines = text.break_lines(pieces, ROOM - style.left - 16 * mm)
        tall = style.before + style.leading * len(lines)
        if y - tall < BOTTOM:
            yield entry, [], None
            y = HEIGHT - TOP
        yield entry, lines, y - style.before - style.size
        y -= tall
