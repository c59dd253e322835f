"""The flowable ``Prose``: a paragraph in any of the languages, and single lines at a place of the page.

The only module that writes text into a page. ``left`` and ``right`` of a style are the sides where reading begins and
ends: in a document that runs from right to left everything is mirrored here, and nowhere else.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import groupby
from typing import Any

from reportlab.lib.colors import HexColor
from reportlab.platypus import Flowable

from exports.fonts import BOLD, BOLD_ITALIC, ITALIC, REGULAR
from exports.formats.pdf import directions, tags
from exports.formats.pdf.embedding import Ink
from exports.formats.pdf.lines import Bit, Line, Look, Piece, bits_of, break_lines, drawable, line_of, width
from exports.formats.pdf.shaping import SETTING

__all__ = [
    "BOLD",
    "BOLD_ITALIC",
    "FAINT",
    "INK",
    "ITALIC",
    "LINK",
    "REGULAR",
    "HexColor",
    "Line",
    "Look",
    "Piece",
    "Prose",
    "Style",
    "break_lines",
    "drawable",
    "prose",
    "put",
    "rule",
    "width",
]

INK, FAINT, LINK = HexColor("#14222a"), HexColor("#5a6b74"), HexColor("#0b5363")


@dataclass(frozen=True)
class Style:
    """How a paragraph is set, in points; ``align`` is "left" (where reading begins), "center" or "right"."""

    size: float = 10
    leading: float = 14.5
    left: float = 0
    right: float = 0
    before: float = 0
    after: float = 6
    align: str = "left"
    face: str = REGULAR
    color: Any = INK
    label_at: float = 0
    label_size: float = 0
    label_color: Any = FAINT


class Writer:
    """The operators of one text object, in the stretches of the structure that they belong to."""

    def __init__(self, canvas: Any, artifact: str = tags.ARTIFACT) -> None:
        self.ink: Ink = canvas.ink
        self.tags: tags.Tags = canvas.tags
        self.page: int = canvas.getPageNumber()
        self.artifact = artifact
        self.code = ["BT"]
        self.node: tags.Node | None = None
        self.is_open = False
        self.font: tuple[str, float] | None = None
        self.color: Any = None
        self.rise = 0.0

    def belongs(self, node: tags.Node | None) -> None:
        """What follows is part of the node; without an artifact to fall back on, of the stretch around it."""
        if not self.artifact:
            return
        if self.is_open:
            if node is self.node:
                return
            self.code.append(tags.CLOSE)
        self.code.append(self.artifact if node is None else self.tags.open(node, self.page))
        self.node, self.is_open = node, True

    def line(self, line: Line, x: float, y: float, node: tags.Node | None) -> None:
        """A line that begins at the left with ``x``."""
        if not line.is_mixed:
            self._unmixed(line, x, y, node)
            return
        owner: tags.Node | None = None
        runs = line.runs()
        for place, (offset, bits) in enumerate(runs):
            now = bits[0][1].node or node
            if not place or now is not (runs[place - 1][1][0][1].node or node):
                # Letters stand from left to right on the page; the text of the stretch says how they are read.
                owner = now and now.later("Span", actual=_read(line, runs[place:], now, node))
            self.belongs(owner)
            self.code.append(f"1 0 0 1 {x + offset:.2f} {y:.2f} Tm")
            self._run(bits)

    def _unmixed(self, line: Line, x: float, y: float, node: tags.Node | None) -> None:
        bits = [*line.bits, line.tail] if line.tail else line.bits
        begin = 0
        at = f"1 0 0 1 {x:.2f} {y:.2f} Tm"
        for end in range(1, len(bits) + 1):
            if end == len(bits) or bits[end][1].node is not bits[begin][1].node:
                self.belongs(bits[begin][1].node or node)
                if at:
                    self.code.append(at)
                    at = ""
                self._run(bits[begin:end])
                begin = end

    def _run(self, bits: Sequence[Bit]) -> None:
        code, shown = self.code, self.ink.shown
        waiting: list[str] = []
        for shaped, look, _ in bits:
            if (shaped.face.name, look.size) != self.font or look.color is not self.color or look.rise != self.rise:
                if waiting:
                    code.append(f"[{''.join(waiting)}]TJ")
                    waiting = []
                self._look(shaped.face, look)
            for rise, strings in shown(shaped):
                if not rise:
                    waiting.append(strings)
                    continue
                if waiting:
                    code.append(f"[{''.join(waiting)}]TJ")
                    waiting = []
                up = look.rise + rise * look.size * shaped.face.source.scale / 1000
                code.append(f"{up:.2f} Ts[{strings}]TJ {self.rise:.2f} Ts")
        if waiting:
            code.append(f"[{''.join(waiting)}]TJ")

    def _look(self, face: Any, look: Look) -> None:
        if (face.name, look.size) != self.font:
            self.font = (face.name, look.size)
            self.code.append(f"/{self.ink.of(face).name} {look.size * face.source.scale:.6g} Tf")
        if look.color is not self.color or self.color is None:
            self.color = look.color
            self.code.append(_painted(look.color))
        if look.rise != self.rise:
            self.rise = look.rise
            self.code.append(f"{look.rise:g} Ts")

    def end(self) -> str:
        if self.rise:
            self.code.append("0 Ts")
        if self.is_open:
            self.code.append(tags.CLOSE)
        self.code.append("ET")
        return "\n".join(self.code)


def _read(line: Line, runs: Sequence[tuple[float, Sequence[Bit]]], owner: tags.Node, node: tags.Node | None) -> str:
    """What the first runs, as long as they belong to the owner, say in the order of reading."""
    words = ""
    for place, (_, bits) in enumerate(runs):
        if (bits[0][1].node or node) is not owner:
            return words
        words += "".join(shaped.text for shaped, _, _ in (reversed(bits) if bits[0][2] % 2 else bits))
        if place == len(runs) - 1 and line.tail:
            words += " "
    return words


def _is_turned(text: str) -> bool:
    rtl = SETTING.get().rtl
    if not rtl and text.isascii():
        return False
    return directions.base_level(text, rtl=rtl) != int(rtl)


@cache
def _painted(color: Any) -> str:
    red, green, blue = (color or INK).rgb()
    return f"{red:.3f} {green:.3f} {blue:.3f} rg"


class Prose(Flowable):
    """A paragraph: broken into lines, split over pages with two lines on either side, its label in the margin."""

    def __init__(
        self,
        pieces: Sequence[Piece],
        style: Style,
        label: str = "",
        *,
        node: tags.Node | None = None,
        label_node: tags.Node | None = None,
    ) -> None:
        super().__init__()
        self.node = node
        self.label_node = label_node or node
        self.pieces = pieces
        self.style = style
        self.label = label
        self.lines: list[Line] = []
        self.room = -1.0
        self.is_part = False  # what was split off stays as it was broken
        self.is_turned = False  # written the other way than the document: it begins at the other side

    @property
    def notes(self) -> list["Prose"]:
        """Notes that its lines call for; known once it was wrapped."""
        return [note for line in self.lines for note in line.notes]

    @property
    def text(self) -> str:
        return "".join(piece.text for piece in self.pieces)

    def wrap(self, available_width: float, available_height: float) -> tuple[float, float]:
        room = available_width - self.style.left - self.style.right
        if room != self.room and not self.is_part:
            self.lines, self.room = break_lines(self.pieces, max(room, 12)), room
            self.is_turned = len(self.lines) > 1 and _is_turned(self.text)
        self.width, self.height = available_width, len(self.lines) * self.style.leading
        return self.width, self.height

    def split(self, available_width: float, available_height: float) -> list[Flowable]:
        self.wrap(available_width, available_height)
        total, fits = len(self.lines), int((available_height + 0.01) / self.style.leading)
        if fits >= total:
            return [self]
        if total - fits == 1:
            fits -= 1
        if fits < 2:
            return []
        return [
            self._part(self.lines[:fits], self.label, replace(self.style, after=0)),
            self._part(self.lines[fits:], "", replace(self.style, before=0)),
        ]

    def _part(self, lines: list[Line], label: str, style: Style) -> "Prose":
        part = Prose(self.pieces, style, label, node=self.node, label_node=self.label_node)
        part.lines, part.room, part.is_part, part.is_turned = lines, self.room, True, self.is_turned
        part.width, part.height = self.width, len(lines) * style.leading
        return part

    def getSpaceBefore(self) -> float:  # noqa: N802 reportlab's name
        return self.style.before

    def getSpaceAfter(self) -> float:  # noqa: N802 reportlab's name
        return self.style.after

    def draw(self) -> None:
        style, rtl = self.style, SETTING.get().rtl
        y = self.height - style.leading + (style.leading - style.size) / 2 + style.size * 0.14
        writer = Writer(self.canv)
        if self.label:
            size = style.label_size or style.size
            label = line_of(bits_of(drawable(self.label), Look(style.face, size, style.label_color), int(rtl)))
            label.tail = bits_of(" ", label.bits[0][1])[0]
            at = self.width - style.label_at - label.width if rtl else style.label_at
            writer.line(label, at, y, self.label_node)
        for line in self.lines:
            if line.bits:
                x = self._begin(line, rtl)
                writer.line(line, x, y, self.node)
                if any(bit[1].link for bit in line.bits):
                    self._links(line, x, y)
                if any(bit[1].mark for bit in line.bits):
                    self._marks(line, x, y)
            y -= style.leading
        if len(writer.code) > 1:
            self.canv._code.append(writer.end())

    def _begin(self, line: Line, rtl: bool) -> float:
        style = self.style
        spare = self.room - line.width
        gap = {"left": spare if self.is_turned else 0.0, "center": spare / 2, "right": spare}[style.align]
        return self.width - style.left - gap - line.width if rtl else style.left + gap

    def _marks(self, line: Line, x: float, y: float) -> None:
        """Lines under what was added and through what was removed, as long as the words that they go with."""
        for begin, end, look in _stretches(line, x, lambda look: look.mark):
            height = y - look.size * 0.14 if look.mark == "under" else y + look.size * 0.26
            rule(self.canv, begin, height, end, look.size * 0.06, look.color or INK)

    def _links(self, line: Line, x: float, y: float) -> None:
        page = self.canv.getPageNumber()
        for begin, end, look in _stretches(line, x, lambda look: look.link):
            if look.node is not None:
                self.canv.tags.annotate(look.node, page)
            self.canv.linkURL(look.link, (begin, y - 3, end, y + look.size), relative=1)


def _stretches(line: Line, x: float, of: Callable[[Look], str]) -> Iterator[tuple[float, float, Look]]:
    """Begin, end and last look of each stretch of a line that has the same mark, or link, from its first bit on."""
    for offset, bits in line.runs():
        at = x + offset
        for said, group in groupby(bits, key=lambda bit: of(bit[1])):
            begin, look = at, bits[0][1]
            for shaped, look, _ in group:
                at += shaped.width * look.size
            if said:
                yield begin, at, look


def prose(text: str, style: Style, label: str = "", *, node: tags.Node | None = None) -> Prose:
    """A paragraph of one look."""
    return Prose([Piece(text, Look(style.face, style.size, style.color))], style, label, node=node)


def put(
    canvas: Any,
    x: float,
    y: float,
    text: str,
    style: Style,
    node: tags.Node | None = None,
    artifact: str = tags.ARTIFACT,
) -> None:
    """One line at a place of the page: ``x`` is its left end, its middle or its right end on the paper."""
    line = line_of(bits_of(drawable(text), Look(style.face, style.size, style.color)))
    if not line.bits:
        return
    writer = Writer(canvas, artifact)
    writer.line(line, x - line.width * {"left": 0.0, "center": 0.5, "right": 1.0}[style.align], y, node)
    canvas._code.append(writer.end())


def rule(canvas: Any, begin: float, y: float, end: float, wide: float, color: Any) -> None:
    """A line across, which means nothing to a reader."""
    canvas._code.append(tags.ARTIFACT)
    canvas.setStrokeColor(color)
    canvas.setLineWidth(wide)
    canvas.line(begin, y, end, y)
    canvas._code.append(tags.CLOSE)
