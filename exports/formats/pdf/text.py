"""The one module that draws text into a PDF: faces, width of words, breaking of lines, the flowable ``Prose``.

It sets one glyph per character from left to right, which is right for Latin, Greek and Cyrillic and wrong for every
other script: ``unable`` finds those. Nothing here reads mark-up, so nothing that a person typed can be read as such.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from fontTools.unicodedata import script, script_name
from reportlab.lib.colors import HexColor
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import Flowable

from exports import fonts

REGULAR, BOLD, ITALIC, BOLD_ITALIC = fonts.FACES
INK, FAINT, LINK = HexColor("#14222a"), HexColor("#5a6b74"), HexColor("#0b5363")

_DRAWN = {"Latn", "Grek", "Cyrl", "Zyyy", "Zinh", "Zzzz"}
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2060-\u2064\u2066-\u2069\u202a-\u202e\ufe00-\ufe0f\ufeff]")
_TOKEN = re.compile(r"\n|[ \t\u2000-\u200a\u3000]+|[^ \t\n\u2000-\u200a\u3000]+")
_CHUNK = re.compile(r"[^/\-.?&=_,;]*[/\-.?&=_,;]*")
# Characters that the faces lack, and what a reader takes for the same.
_REPLACED = str.maketrans(
    {"\u2011": "-", "\u2010": "-", "\t": " ", "\u202f": "\u00a0", "☐": "[ ]", "☑": "[x]", "☒": "[x]"}
)


def register() -> None:
    """Make the faces known to reportlab; once per process is enough."""
    if REGULAR not in pdfmetrics.getRegisteredFontNames():
        for name, path in fonts.faces().items():
            pdfmetrics.registerFont(TTFont(name, path))


def unable(strings: Iterable[str]) -> str:
    """The English name of the first script that cannot be drawn, or nothing."""
    characters: set[str] = set()
    for string in strings:
        if not string.isascii():
            characters.update(string)
    for code in sorted({script(character) for character in characters if character > "\u024f"} - _DRAWN):
        return script_name(code).replace("_", " ")
    return ""


@dataclass(frozen=True)
class Style:
    """How a paragraph is set, in points. ``keep`` is the room that must follow it on the page."""

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


@dataclass(frozen=True)
class Look:
    """Face, size, colour, rise and address of a stretch of text."""

    face: str
    size: float
    color: Any = INK
    rise: float = 0
    link: str = ""


@dataclass(frozen=True)
class Piece:
    """Text of one look; ``note`` is what stands at the foot of the page on which this piece is drawn."""

    text: str
    look: Look
    note: "Prose | None" = None


@dataclass
class Line:
    """One broken line: stretches side by side from the left, its width, and the notes that it calls for."""

    parts: list[tuple[str, Look]]
    width: float
    notes: list["Prose"]


Word = list[tuple[str, Look, "Prose | None"]]


@cache
def _widths(face: str) -> dict[str, float]:
    return {}


def width(text: str, face: str, size: float) -> float:
    """Width in points. Words come again and again, so each is measured once."""
    known = _widths(face)
    found = known.get(text)
    if found is None:
        if len(known) > 50_000:
            known.clear()
        found = known[text] = pdfmetrics.stringWidth(text, face, 1)
    return found * size


def drawable(text: str) -> str:
    """The characters that are drawn for ``text``."""
    return text if text.isascii() else _INVISIBLE.sub("", text).translate(_REPLACED)


def _words(pieces: Sequence[Piece]) -> Iterator[tuple[Word, bool]]:
    """Words with their pieces, each with whether a blank goes before it; an empty word ends the line."""
    word: Word = []
    blank = spaced = False
    for piece in pieces:
        for token in _TOKEN.findall(drawable(piece.text)):
            if token[0].isspace() and token[0] not in "\u00a0\u0085":
                if word:
                    yield word, spaced
                    word = []
                blank = True
                if token == "\n":
                    yield [], False
                    blank = False
                continue
            if not word:
                spaced, blank = blank, False
            word.append((token, piece.look, piece.note))
    if word:
        yield word, spaced


def _cut(word: Word, room: float) -> Iterator[Word]:
    """A word wider than a line as pieces that fit, cut after signs such as a slash where that is possible."""
    part: Word = []
    used = 0.0
    for text, look, note in word:
        for chunk in _CHUNK.findall(text):
            whole = width(chunk, look.face, look.size)
            for bit in (chunk,) if whole <= room else chunk:
                wide = width(bit, look.face, look.size)
                if part and used + wide > room:
                    yield part
                    part, used = [], 0.0
                if bit:
                    part.append((bit, look, None))
                    used += wide
        if note is not None and part:
            part[-1] = (*part[-1][:2], note)
    yield part


def break_lines(pieces: Sequence[Piece], room: float) -> list[Line]:
    """The lines of a paragraph that is ``room`` points wide; at least one."""
    lines = [Line([], 0.0, [])]
    for whole, spaced in _words(pieces):
        if not whole:
            lines.append(Line([], 0.0, []))
            continue
        wide = sum(width(text, look.face, look.size) for text, look, _ in whole)
        for word in [whole] if wide <= room else _cut(whole, room):
            line = lines[-1]
            wide = sum(width(text, look.face, look.size) for text, look, _ in word)
            blank = " " if spaced and line.parts else ""
            gap = width(blank, line.parts[-1][1].face, line.parts[-1][1].size) if blank else 0.0
            if line.parts and line.width + gap + wide > room + 0.01:
                line = Line([], 0.0, [])
                lines.append(line)
                blank, gap = "", 0.0
            _put(line, word, blank)
            line.width += gap + wide
    return lines


def _put(line: Line, word: Word, blank: str) -> None:
    parts = line.parts
    if blank:
        parts[-1] = (parts[-1][0] + blank, parts[-1][1])
    for text, look, note in word:
        if parts and parts[-1][1] == look:
            parts[-1] = (parts[-1][0] + text, look)
        else:
            parts.append((text, look))
        if note is not None:
            line.notes.append(note)


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
        style = self.style
        y = self.height - style.leading + (style.leading - style.size) / 2 + style.size * 0.14
        text = self.canv.beginText()
        if self.label:
            size = style.label_size or style.size
            text.setFont(style.face, size, style.leading)
            text.setFillColor(style.label_color)
            text.setTextOrigin(style.label_at, y)
            text.textOut(self.label)
        look: Look | None = None
        for line in self.lines:
            x = style.left
            if style.align != "left":
                x += (self.room - line.width) * (0.5 if style.align == "center" else 1)
            text.setTextOrigin(x, y)
            linked = any(look.link for _, look in line.parts)
            for string, now in line.parts:
                if look is None or (now.face, now.size) != (look.face, look.size):
                    text.setFont(now.face, now.size, style.leading)
                if look is None or now.color != look.color:
                    text.setFillColor(now.color)
                if now.rise:
                    # reportlab's setRise moves the next line too; the operator itself does not.
                    text._code.append(f"{now.rise} Ts")
                text.textOut(string)
                if now.rise:
                    text._code.append("0 Ts")
                if linked:
                    wide = width(string, now.face, now.size)
                    if now.link:
                        self.canv.linkURL(now.link, (x, y - 3, x + wide, y + now.size), relative=1)
                    x += wide
                look = now
            y -= style.leading
        self.canv.drawText(text)


def prose(text: str, style: Style, label: str = "") -> Prose:
    """A paragraph of one look."""
    return Prose([Piece(text, Look(style.face, style.size, style.color))], style, label)


def put(canvas: Any, x: float, y: float, text: str, style: Style) -> None:
    """One line at a place of the page, aligned as ``style`` says."""
    wide = width(drawable(text), style.face, style.size)
    line = canvas.beginText()
    line.setFont(style.face, style.size, style.leading)
    line.setFillColor(style.color)
    line.setTextOrigin(x - wide * {"left": 0.0, "center": 0.5, "right": 1.0}[style.align], y)
    line.textOut(drawable(text))
    canvas.drawText(line)
