"""The flowable ``Prose``: a paragraph in any of the languages, and single lines at a place of the page.

The only module that writes text into a page. ``left`` and ``right`` of a style are the sides where reading begins and
ends: in a document that runs from right to left everything is mirrored here, and nowhere else.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from reportlab.lib.colors import HexColor
from reportlab.platypus import Flowable

from exports.fonts import BOLD, BOLD_ITALIC, ITALIC, REGULAR
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
    """The operators of one text object."""

    def __init__(self, ink: Ink) -> None:
        self.ink = ink
        self.code = ["BT"]
        self.font: tuple[str, float] | None = None
        self.color: Any = None
        self.rise = 0.0

    def line(self, line: Line, x: float, y: float) -> None:
        """A line that begins at the left with ``x``."""
        for offset, bits in line.runs():
            self.code.append(f"1 0 0 1 {x + offset:.2f} {y:.2f} Tm")
            self._run(bits)

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
                code.append(f"{look.rise + rise * look.size / 1000:.2f} Ts[{strings}]TJ {self.rise:.2f} Ts")
        if waiting:
            code.append(f"[{''.join(waiting)}]TJ")

    def _look(self, face: Any, look: Look) -> None:
        if (face.name, look.size) != self.font:
            self.font = (face.name, look.size)
            self.code.append(f"/{self.ink.of(face).name} {look.size:g} Tf")
        if look.color is not self.color or self.color is None:
            self.color = look.color
            self.code.append(_painted(look.color))
        if look.rise != self.rise:
            self.rise = look.rise
            self.code.append(f"{look.rise:g} Ts")

    def end(self) -> str:
        if self.rise:
            self.code.append("0 Ts")
        self.code.append("ET")
        return "\n".join(self.code)


@cache
def _painted(color: Any) -> str:
    red, green, blue = (color or INK).rgb()
    return f"{red:.3f} {green:.3f} {blue:.3f} rg"


class Prose(Flowable):
    """A paragraph: broken into lines, split over pages with two lines on either side, its label in the margin."""

    def __init__(self, pieces: Sequence[Piece], style: Style, label: str = "") -> None:
        super().__init__()
        self.pieces = pieces
        self.style = style
        self.label = label
        self.lines: list[Line] = []
        self.room = -1.0
        self.is_part = False  # what was split off stays as it was broken

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
        part = Prose(self.pieces, style, label)
        part.lines, part.room, part.is_part = lines, self.room, True
        part.width, part.height = self.width, len(lines) * style.leading
        return part

    def getSpaceBefore(self) -> float:  # noqa: N802 reportlab's name
        return self.style.before

    def getSpaceAfter(self) -> float:  # noqa: N802 reportlab's name
        return self.style.after

    def draw(self) -> None:
        style, rtl = self.style, SETTING.get().rtl
        y = self.height - style.leading + (style.leading - style.size) / 2 + style.size * 0.14
        writer = Writer(self.canv.ink)
        if self.label:
            size = style.label_size or style.size
            label = line_of(bits_of(drawable(self.label), Look(style.face, size, style.label_color), int(rtl)))
            writer.line(label, self.width - style.label_at - label.width if rtl else style.label_at, y)
        for line in self.lines:
            x = self._begin(line, rtl)
            writer.line(line, x, y)
            if any(bit[1].link for bit in line.bits):
                self._links(line, x, y)
            y -= style.leading
        self.canv._code.append(writer.end())

    def _begin(self, line: Line, rtl: bool) -> float:
        style = self.style
        spare = self.room - line.width
        gap = {"left": 0.0, "center": spare / 2, "right": spare}[style.align]
        return self.width - style.left - gap - line.width if rtl else style.left + gap

    def _links(self, line: Line, x: float, y: float) -> None:
        for offset, bits in line.runs():
            at = x + offset
            for shaped, look, _ in bits:
                wide = shaped.width * look.size
                if look.link:
                    self.canv.linkURL(look.link, (at, y - 3, at + wide, y + look.size), relative=1)
                at += wide


def prose(text: str, style: Style, label: str = "") -> Prose:
    """A paragraph of one look."""
    return Prose([Piece(text, Look(style.face, style.size, style.color))], style, label)


def put(canvas: Any, x: float, y: float, text: str, style: Style) -> None:
    """One line at a place of the page: ``x`` is its left end, its middle or its right end on the paper."""
    line = line_of(bits_of(drawable(text), Look(style.face, style.size, style.color)))
    writer = Writer(canvas.ink)
    writer.line(line, x - line.width * {"left": 0.0, "center": 0.5, "right": 1.0}[style.align], y)
    canvas._code.append(writer.end())
