"""Tables in a PDF: caption above, head repeated on every page, source and notes under it."""

from collections.abc import Sequence
from dataclasses import replace

from reportlab.platypus import Flowable
from reportlab.platypus import Table as Grid

from exports.document import Labels, Table, is_numeric, printed
from exports.formats.pdf import text
from exports.formats.pdf.pages import DEPTH, MARGIN, ROOM, RULE
from exports.formats.pdf.text import BOLD, FAINT, INK, REGULAR, Look, Piece, Prose, Style, prose

_SIZES = (8.5, 7.5, 6.5, 5.5)
_CAPTION = Style(size=9.5, leading=13, before=8, after=4, face=BOLD)
_UNDER = Style(size=8, leading=10.5, after=0, color=FAINT)
_HIGHEST = DEPTH / 3  # of a row
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
    size, widths = _fitted([content.head, *shown], room, numeric)
    pad, leading = _pad(size), size * 1.35
    body = Style(size=size, leading=leading, after=0)
    head = replace(body, face=BOLD)
    room_in = [wide - 2 * pad for wide in widths]
    data = [[_cell(name, "", head, room_in[at], right=numeric[at]) for at, name in enumerate(content.head)]]
    ends = []
    for row, strings in zip(content.rows, shown, strict=True):
        cells = [
            _cell(words, cell.mark, body, room_in[at], right=numeric[at], empty=not printed(cell, labels))
            for at, (words, cell) in enumerate(zip(strings, row, strict=True))
        ]
        data += _low_rows(cells, room_in)
        ends.append(len(data) - 1)
    style = [
        ("FONT", (0, 0), (-1, 0), BOLD, size, leading),
        ("FONT", (0, 1), (-1, -1), REGULAR, size, leading),
        ("TEXTCOLOR", (0, 0), (-1, -1), INK),
        ("VALIGN", (0, 0), (-1, 0), "BOTTOM"),
        ("VALIGN", (0, 1), (-1, -1), "TOP"),
        ("LEFTPADDING", (0, 0), (-1, -1), pad),
        ("RIGHTPADDING", (0, 0), (-1, -1), pad),
        ("TOPPADDING", (0, 0), (-1, -1), 2.5),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 3.5),
        ("LINEABOVE", (0, 0), (-1, 0), 0.9, INK),
        ("LINEBELOW", (0, 0), (-1, 0), 0.5, INK),
        *_rules(ends, len(data)),
        ("LINEBELOW", (0, -1), (-1, -1), 0.9, INK),
        *(("ALIGN", (at, 0), (at, -1), "RIGHT") for at in columns if numeric[at]),
    ]
    grid = Grid(data, colWidths=widths, repeatRows=1, style=style, hAlign="LEFT")
    return Indented(grid, left) if left else grid


def _rules(ends: Sequence[int], rows: int) -> list[tuple[object, ...]]:
    """A fine line under each row; where a row was cut, only under its last piece."""
    if len(ends) == rows - 1:
        return [("LINEBELOW", (0, 1), (-1, -1), 0.35, RULE)]
    return [("LINEBELOW", (0, at), (-1, at), 0.35, RULE) for at in ends]


def _low_rows(cells: list[str | Prose], rooms: Sequence[float]) -> list[list[str | Prose]]:
    """The row, cut into several where it is so high that it could fill a page."""
    rows: list[list[str | Prose]] = []
    rest = cells
    while True:
        tall = [isinstance(cell, Prose) and cell.wrap(rooms[at], DEPTH)[1] > _HIGHEST for at, cell in enumerate(rest)]
        if not any(tall):
            return [*rows, rest]
        cut = [
            list(cell.split(rooms[at], _HIGHEST)) if isinstance(cell, Prose) and tall[at] else [cell]
            for at, cell in enumerate(rest)
        ]
        rows.append([pieces[0] for pieces in cut])
        rest = [pieces[1] if len(pieces) > 1 else "" for pieces in cut]


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


def _cell(words: str, mark: str, style: Style, room: float, *, right: bool, empty: bool = False) -> str | Prose:
    """A plain string where it fits on a line, which is many times faster than a paragraph."""
    if not mark and not empty and "\n" not in words:
        words = text.drawable(words)
        if text.width(words, style.face, style.size) <= room + 0.01:
            return words
    pieces = [Piece(words, Look(style.face, style.size, FAINT if empty else INK))]
    if mark:
        pieces.append(Piece(mark, Look(style.face, style.size * 0.7, FAINT, rise=style.size * 0.33)))
    return Prose(pieces, replace(style, align="right" if right else "left"))


def _pad(size: float) -> float:
    return 4.0 if size > 8 else 2.5


def _fitted(rows: Sequence[Sequence[str]], room: float, numeric: Sequence[bool]) -> tuple[float, list[float]]:
    """The largest size in which no word or number is broken, and the widths of the columns in it."""
    natural, least = _asked(rows)
    for size in _SIZES:
        spare = 2 * _pad(size) + 3
        narrow = [wide * size + spare for wide in least]
        if sum(narrow) <= room:
            break
    return size, _widths([wide * size + spare for wide in natural], narrow, room, numeric)


def _asked(rows: Sequence[Sequence[str]]) -> tuple[list[float], list[float]]:
    """What each column would take on one line, and at least for its longest word, at size 1."""
    natural, least = [], []
    for at in range(len(rows[0])):
        lines = {line for row in rows for line in row[at].split("\n")}
        words = {word for line in lines for word in line.split(" ")}
        # Heads are bold; for the body this is a little generous.
        longest = max(text.width(text.drawable(word), BOLD, 1) for word in words)
        least.append(min(longest, 10))
        natural.append(max(text.width(text.drawable(line[:400]), BOLD, 1) for line in lines))
    return natural, least


def _widths(natural: list[float], least: list[float], room: float, numeric: Sequence[bool]) -> list[float]:
    """Widths of columns that fill ``room``: what the content asks for, else at least its longest words."""
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
