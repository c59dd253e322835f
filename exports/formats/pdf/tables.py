"""Tables in a PDF: caption above, head repeated on every page, source and notes under it."""

from collections.abc import Sequence
from dataclasses import replace

from reportlab.platypus import Flowable
from reportlab.platypus import Table as Grid

from exports.document import Labels, Table, is_numeric, printed
from exports.formats.pdf import text
from exports.formats.pdf.pages import DEPTH, MARGIN, ROOM, RULE
from exports.formats.pdf.text import BOLD, FAINT, INK, REGULAR, Look, Piece, Prose, Style, prose

_BODY = Style(size=8.5, leading=11.5, after=0)
_HEAD = Style(size=8.5, leading=11.5, after=0, face=BOLD)
_CAPTION = Style(size=9.5, leading=13, before=8, after=4, face=BOLD)
_UNDER = Style(size=8, leading=10.5, after=0, color=FAINT)
_PAD = 4.0
_UNBROKEN = 0.7 * DEPTH  # a table that is lower than this stands on one page


class Caption(Prose):
    """A line that never stands alone at the foot of a page."""

    keep: float = 0

    def split(self, available_width: float, available_height: float) -> list[Flowable]:
        return []


def table(content: Table, labels: Labels, *, left: float = MARGIN, empty: str = "") -> list[Flowable]:
    """The flowables of one table, ``left`` points from the margin. ``empty`` stands in cells without a value."""
    under = _under(content, labels, left)
    grid = _grid(content, labels, ROOM - left, left, empty)
    _, height = grid.wrap(ROOM, DEPTH)
    whole = height + sum(line.wrap(ROOM, DEPTH)[1] for line in under)
    caption = _caption(content, labels, left)
    _, tall = caption.wrap(ROOM, DEPTH)
    first = sum(grid._rowHeights[:4]) if len(content.rows) > 3 else height
    caption.keep = whole if whole + tall <= _UNBROKEN else min(first, DEPTH / 3)
    last = under[-1] if under else None
    if last:
        last.style = replace(last.style, after=10)
    else:
        grid.spaceAfter = 10
    return [caption, grid, *under]


def _caption(content: Table, labels: Labels, left: float) -> Caption:
    words = content.caption
    if content.label:
        words = labels.caption.format(label=content.label, caption=content.caption)
    pieces = [Piece(words, Look(BOLD, _CAPTION.size))]
    if content.unit:
        pieces.append(Piece(f"  ({content.unit})", Look(REGULAR, _UNDER.size, FAINT)))
    return Caption(pieces, replace(_CAPTION, left=left))


def _under(content: Table, labels: Labels, left: float) -> list[Prose]:
    lines = [labels.source.format(source=content.source)] if content.source else []
    lines += content.notes
    return [prose(line, replace(_UNDER, left=left, before=3 if at == 0 else 0)) for at, line in enumerate(lines)]


def _grid(content: Table, labels: Labels, room: float, left: float, empty: str) -> Grid:
    columns = range(len(content.head))
    shown = [[printed(cell, labels) or empty for cell in row] for row in content.rows]
    numeric = [is_numeric(content, at) for at in columns]
    widths = _widths([content.head, *shown], room, numeric)
    data: list[list[str | Prose]] = [
        [_cell(name, "", _HEAD, widths[at], right=numeric[at]) for at, name in enumerate(content.head)]
    ]
    for row, strings in zip(content.rows, shown, strict=True):
        data.append(
            [
                _cell(words, cell.mark, _BODY, widths[at], right=numeric[at], empty=not printed(cell, labels))
                for at, (words, cell) in enumerate(zip(strings, row, strict=True))
            ]
        )
    style = [
        ("FONT", (0, 0), (-1, 0), BOLD, _HEAD.size, _HEAD.leading),
        ("FONT", (0, 1), (-1, -1), REGULAR, _BODY.size, _BODY.leading),
        ("TEXTCOLOR", (0, 0), (-1, -1), INK),
        ("VALIGN", (0, 0), (-1, 0), "BOTTOM"),
        ("VALIGN", (0, 1), (-1, -1), "TOP"),
        ("LEFTPADDING", (0, 0), (-1, -1), _PAD),
        ("RIGHTPADDING", (0, 0), (-1, -1), _PAD),
        ("TOPPADDING", (0, 0), (-1, -1), 2.5),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 3.5),
        ("LINEABOVE", (0, 0), (-1, 0), 0.9, INK),
        ("LINEBELOW", (0, 0), (-1, 0), 0.5, INK),
        ("LINEBELOW", (0, 1), (-1, -1), 0.35, RULE),
        ("LINEBELOW", (0, -1), (-1, -1), 0.9, INK),
        *(("ALIGN", (at, 0), (at, -1), "RIGHT") for at in columns if numeric[at]),
    ]
    grid = Grid(data, colWidths=widths, repeatRows=1, style=style, hAlign="LEFT", splitInRow=1)
    return Indented(grid, left) if left else grid


class Indented(Flowable):
    """A table that begins ``left`` points from the margin."""

    def __init__(self, grid: Grid, left: float) -> None:
        super().__init__()
        self.grid, self.left = grid, left
        self.spaceAfter = 0.0

    @property
    def _rowHeights(self) -> Sequence[float]:  # noqa: N802 as in a table of reportlab
        return self.grid._rowHeights

    def wrap(self, available_width: float, available_height: float) -> tuple[float, float]:
        self.width, self.height = self.grid.wrap(available_width - self.left, available_height)
        return self.width + self.left, self.height

    def split(self, available_width: float, available_height: float) -> list[Flowable]:
        parts = [Indented(part, self.left) for part in self.grid.split(available_width - self.left, available_height)]
        if parts:
            parts[-1].spaceAfter = self.spaceAfter
        return parts

    def draw(self) -> None:
        self.grid.drawOn(self.canv, self.left, 0)


def _cell(words: str, mark: str, style: Style, wide: float, *, right: bool, empty: bool = False) -> str | Prose:
    """A plain string where it fits on a line, which is many times faster than a paragraph."""
    if not mark and not empty and "\n" not in words:
        words = text.drawable(words)
        if text.width(words, style.face, style.size) <= wide - 2 * _PAD + 0.01:
            return words
    pieces = [Piece(words, Look(style.face, style.size, FAINT if empty else INK))]
    if mark:
        pieces.append(Piece(mark, Look(style.face, style.size * 0.7, FAINT, rise=style.size * 0.33)))
    return Prose(pieces, replace(style, align="right" if right else "left"))


def _widths(rows: Sequence[Sequence[str]], room: float, numeric: Sequence[bool]) -> list[float]:
    """Widths of columns that fill ``room``: what the content asks for, else at least its longest words."""
    natural, least = [], []
    for at in range(len(rows[0])):
        words = {word for row in rows for word in row[at].split()}
        face = BOLD  # heads are bold; for the body this is a little generous
        longest = max((text.width(word, face, _BODY.size) for word in words), default=0)
        line = max((text.width(line, face, _BODY.size) for row in rows for line in row[at].split("\n")), default=0)
        least.append(min(longest, 90) + 2 * _PAD + 3)
        natural.append(max(line, longest) + 2 * _PAD + 3)
    numbers = [at for at, is_number in enumerate(numeric) if is_number]
    if numbers:
        even = max(natural[at] for at in numbers)
        if sum(natural) + sum(even - natural[at] for at in numbers) <= room:
            natural = [even if at in numbers else wide for at, wide in enumerate(natural)]
    if sum(natural) <= room:
        spare = room - sum(natural)
        takers = [at for at, is_number in enumerate(numeric) if not is_number] or list(range(len(natural)))
        # Numbers far apart are hard to read along: they share a part, the texts take the rest.
        share = 0.5 * spare / len(natural)
        return [wide + share + (0.5 * spare / len(takers) if at in takers else 0) for at, wide in enumerate(natural)]
    if sum(least) >= room:
        return [wide * room / sum(least) for wide in least]
    wanted = [more - less for more, less in zip(natural, least, strict=True)]
    factor = (room - sum(least)) / sum(wanted)
    return [less + more * factor for less, more in zip(least, wanted, strict=True)]
