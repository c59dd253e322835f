"""Tables in a PDF: caption above, head repeated on every page, source and notes under it."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from reportlab.platypus import Flowable

from exports.document import Chart, Labels, Table, is_numeric, printed
from exports.formats.pdf import text
from exports.formats.pdf.charts import Figure
from exports.formats.pdf.pages import DEPTH, LANDSCAPE_DEPTH, LANDSCAPE_ROOM, MARGIN, ROOM, RULE, Turn
from exports.formats.pdf.shaping import SETTING
from exports.formats.pdf.tags import Node
from exports.formats.pdf.text import BOLD, FAINT, INK, REGULAR, Look, Piece, Prose, Style, prose, rule

_SIZES = (8.5, 7.5, 6.5, 5.5)
_READABLE = 7.5  # the least size for which a page is not turned
_CAPTION = Style(size=9.5, leading=13, before=8, after=4, face=BOLD)
_UNDER = Style(size=8, leading=10.5, after=0, color=FAINT)
_HIGHEST = DEPTH / 3  # of a row
_ABOVE, _BELOW = 2.5, 3.5  # of the text in a cell
_UNBROKEN = 0.7  # of a page: a table that is lower stands on one


class Caption(Prose):
    """A line that never stands alone at the foot of a page."""

    keep: float = 0

    def split(self, available_width: float, available_height: float) -> list[Flowable]:
        return []


def table(
    content: Table,
    labels: Labels,
    parent: Node,
    *,
    left: float = MARGIN,
    empty: str = "",
    chart: Chart | None = None,
) -> list[Flowable]:
    """The flowables of one table, ``left`` points from the margin. ``empty`` stands in cells without a value.

    A table that would be set in very small letters stands on a landscape page of its own. Its chart, if it has one,
    stands between caption and table.
    """
    wide = _is_wide(content, labels, ROOM - left, empty)
    left = 0 if wide else left
    full, depth = (LANDSCAPE_ROOM, LANDSCAPE_DEPTH) if wide else (ROOM, DEPTH)
    pictured = parent.add("P") if chart else None  # a caption of both
    picture = [Figure(chart, labels, full - left, left, parent.add("Figure", alt=chart.alt))] if chart else []
    node = parent.add("Table")
    caption = None
    if content.caption or content.label:
        caption = _caption(content, labels, left, pictured or node.add("Caption"))
    grid = _grid(content, labels, full - left, left, empty, node)
    under = _under(content, labels, left, parent)
    above = sum(each.wrap(full, depth)[1] for each in picture)
    _, height = grid.wrap(full, depth)
    if caption is not None:
        _, tall = caption.wrap(full, depth)
        whole = above + height + sum(line.wrap(full, depth)[1] for line in under)
        first = above + (grid.height_of(3) if len(content.rows) > 3 else height)
        caption.keep = whole if whole + tall <= _UNBROKEN * depth else min(first, depth / 2)
    if under:
        under[-1].style = replace(under[-1].style, after=10)
    else:
        grid.spaceAfter = 10
    flow = [*([caption] if caption else []), *picture, grid, *under]
    return [Turn(landscape=True), *flow, Turn(landscape=False)] if wide else flow


def _is_wide(content: Table, labels: Labels, room: float, empty: str) -> bool:
    """Whether it is set in small letters on an upright page, and in larger ones across."""
    shown = [[printed(cell, labels) or empty for cell in row] for row in content.rows]
    numeric = [is_numeric(content, at) for at in range(len(content.head))]
    rows = [content.head, *shown]
    upright, _ = _fitted(rows, room, numeric)
    return upright < _READABLE and _fitted(rows, LANDSCAPE_ROOM, numeric)[0] > upright


def _caption(content: Table, labels: Labels, left: float, node: Node) -> Caption:
    words = content.caption
    if content.label:
        words = labels.caption.format(label=content.label, caption=content.caption)
    pieces = [Piece(words, Look(BOLD, _CAPTION.size))]
    if content.unit:
        pieces.append(Piece(f"  ({content.unit})", Look(REGULAR, _UNDER.size, FAINT)))
    return Caption(pieces, replace(_CAPTION, left=left), node=node)


def _under(content: Table, labels: Labels, left: float, parent: Node) -> list[Prose]:
    lines = [labels.source.format(source=content.source)] if content.source else []
    lines += content.notes
    return [
        prose(line, replace(_UNDER, left=left, before=3 if at == 0 else 0), node=parent.add("P"))
        for at, line in enumerate(lines)
    ]


def _grid(content: Table, labels: Labels, room: float, left: float, empty: str, node: Node) -> "Grid":
    columns = range(len(content.head))
    shown = [[printed(cell, labels) or empty for cell in row] for row in content.rows]
    numeric = [is_numeric(content, at) for at in columns]
    size, widths = _fitted([content.head, *shown], room, numeric)
    pad = _pad(size)
    # Figures end at the right in every language, so that their digits stand under each other.
    side = "left" if SETTING.get().rtl else "right"
    body = [Style(size=size, leading=size * 1.35, after=0, align=side if numeric[at] else "left") for at in columns]
    room_in = [wide - 2 * pad for wide in widths]
    top = node.add("TR")
    head = [
        _cell(name, "", replace(body[at], face=BOLD), top.add("TH", scope="Column"))
        for at, name in enumerate(content.head)
    ]
    names_rows = any(numeric)
    rows: list[Row] = []
    for row, strings in zip(content.rows, shown, strict=True):
        line = node.add("TR")
        cells = [
            _cell(
                words,
                cell.mark,
                body[at],
                line.add("TH", scope="Row") if names_rows and not at else line.add("TD"),
                empty=not printed(cell, labels),
            )
            for at, (words, cell) in enumerate(zip(strings, row, strict=True))
        ]
        rows += _low_rows(cells, room_in)
    return Grid(Row(head, room_in), rows, widths, pad, left)


class Row:
    """Cells side by side; ``is_last`` of the pieces of a row that was cut has the line under it."""

    def __init__(self, cells: Sequence[Prose | None], rooms: Sequence[float], *, is_last: bool = True) -> None:
        self.cells, self.is_last = cells, is_last
        inner = max((cell.wrap(room, DEPTH)[1] for cell, room in zip(cells, rooms, strict=True) if cell), default=0)
        self.height = float(inner) + _ABOVE + _BELOW

    def again(self) -> "Row":
        """The row as it comes again on the next page: there it is no part of the structure."""
        cells = [cell and Prose(cell.pieces, cell.style) for cell in self.cells]
        return Row(cells, [cell.room if cell else 12 for cell in self.cells], is_last=self.is_last)


class Grid(Flowable):
    """The ruled part of a table. It breaks between rows, and its head comes again."""

    def __init__(self, head: Row, rows: Sequence[Row], widths: Sequence[float], pad: float, left: float) -> None:
        super().__init__()
        self.head, self.rows, self.widths, self.pad, self.left = head, rows, widths, pad, left
        self.spaceAfter = 0.0

    def wrap(self, available_width: float, available_height: float) -> tuple[float, float]:
        self.width = self.left + sum(self.widths)
        self.height = self.head.height + sum(row.height for row in self.rows)
        return self.width, self.height

    def height_of(self, rows: int) -> float:
        """The height of the head with so many rows."""
        return self.head.height + sum(row.height for row in self.rows[:rows])

    def split(self, available_width: float, available_height: float) -> list[Flowable]:
        used, fits = self.head.height, 0
        while fits < len(self.rows) and used + self.rows[fits].height <= available_height + 0.01:
            used += self.rows[fits].height
            fits += 1
        if not fits:
            return []
        if fits == len(self.rows):
            return [self]
        parts = [
            Grid(self.head, rows, self.widths, self.pad, self.left) for rows in (self.rows[:fits], self.rows[fits:])
        ]
        parts[1].spaceAfter = self.spaceAfter
        parts[1].head = self.head.again()
        return list(parts)

    def draw(self) -> None:
        canvas, rtl = self.canv, SETTING.get().rtl
        begin = 0.0 if rtl else self.left
        end = begin + sum(self.widths)
        y = self.height
        rule(canvas, begin, y, end, 0.9, INK)
        for at, row in enumerate([self.head, *self.rows]):
            x = end if rtl else begin
            for cell, wide in zip(row.cells, self.widths, strict=True):
                left = x - wide if rtl else x
                if cell is not None:
                    # Heads stand at the foot of their cells, all else at the top.
                    low = y - row.height + _BELOW if at == 0 else y - _ABOVE - cell.height
                    cell.drawOn(canvas, left + self.pad, low)
                x = left if rtl else x + wide
            y -= row.height
            if at == 0:
                rule(canvas, begin, y, end, 0.5, INK)
            elif at < len(self.rows) and row.is_last:
                rule(canvas, begin, y, end, 0.35, RULE)
        rule(canvas, begin, y, end, 0.9, INK)


def _low_rows(cells: Sequence[Prose], rooms: Sequence[float]) -> list[Row]:
    """The row, cut into several where it is so high that it could fill a page."""
    rows: list[Row] = []
    rest: list[Prose | None] = list(cells)
    while True:
        tall = [cell is not None and cell.wrap(rooms[at], DEPTH)[1] > _HIGHEST for at, cell in enumerate(rest)]
        if not any(tall):
            return [*rows, Row(rest, rooms)]
        cut: list[list[Any]] = [
            list(cell.split(rooms[at], _HIGHEST)) if cell is not None and tall[at] else [cell]
            for at, cell in enumerate(rest)
        ]
        rows.append(Row([pieces[0] for pieces in cut], rooms, is_last=False))
        rest = [pieces[1] if len(pieces) > 1 else None for pieces in cut]


def _cell(words: str, mark: str, style: Style, node: Node, *, empty: bool = False) -> Prose:
    pieces = [Piece(words, Look(style.face, style.size, FAINT if empty else INK))]
    if mark:
        pieces.append(Piece(mark, Look(style.face, style.size * 0.7, FAINT, rise=style.size * 0.33)))
    return Prose(pieces, style, node=node)


def _pad(size: float) -> float:
    return 4.0 if size > 8 else 2.5


def _fitted(rows: Sequence[Sequence[str]], room: float, numeric: Sequence[bool]) -> tuple[float, list[float]]:
    """The largest size in which no word or number is broken, and the widths of the columns in it."""
    whole, broken, least = _asked(rows, numeric)
    for size in _SIZES:
        spare = 2 * _pad(size) + 3
        narrow = [wide * size + spare for wide in least]
        if sum(narrow) <= room:
            break
    natural = [wide * size + spare for wide in whole]
    if sum(natural) > room:
        # Heads of figures break before the names of the rows do.
        natural = [wide * size + spare for wide in broken]
    return size, _widths(natural, narrow, room, numeric)


def _asked(rows: Sequence[Sequence[str]], numeric: Sequence[bool]) -> tuple[list[float], list[float], list[float]]:
    """What each column takes at size 1: on one line, with broken heads over figures, and for its longest word."""
    whole, broken, least = [], [], []
    for at, is_number in enumerate(numeric):
        lines = {line for row in rows for line in row[at].split("\n")}
        words = {word for line in lines for word in line.split(" ")}
        # Heads are bold; for the body this is a little generous.
        longest = min(max(text.width(word, BOLD, 1) for word in words), 10)
        body = {line for row in rows[1:] for line in row[at].split("\n")} if is_number else lines
        widest = max((text.width(line[:400], BOLD, 1) for line in lines), default=0)
        least.append(longest)
        whole.append(widest)
        broken.append(max(longest, *(text.width(line[:400], BOLD, 1) for line in body)) if body else longest)
    return whole, broken, least


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
