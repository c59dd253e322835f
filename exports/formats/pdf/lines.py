"""Lines of a paragraph: where they break, and what stands on each from left to right.

Nothing here reads mark-up, so nothing that a person typed can be read as such.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from exports import fonts
from exports.formats.pdf import directions, shaping
from exports.formats.pdf.shaping import SETTING, Shaped
from exports.formats.pdf.tags import Node

if TYPE_CHECKING:
    from exports.formats.pdf.text import Prose

# Text that needs neither bidirectional levels nor another face than the leading one, nor breaks between letters.
_PLAIN = re.compile("[\n\t -\u024f\u0370-\u0482\u048a-\u052f\u1e00-\u200a\u2010-\u205e\u20a0-\u20bf\u2116]*")
_INVISIBLE = re.compile(
    "[\u00ad\u200b\u2060-\u2064\u2066-\u2069\u202a-\u202e\ufe00-\ufe0f\ufeff\x00-\x08\x0b-\x1f\x7f]"
)
_TOKEN = re.compile(r"\n|[ \t\u2000-\u200a\u3000]+|[^ \t\n\u2000-\u200a\u3000]+")
_BLANK = " \t\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2008\u2009\u200a\u3000"
_CHUNK = re.compile(r"[^/\-.?&=_,;]*[/\-.?&=_,;]*")
# Characters that the faces lack, and what a reader takes for the same.
_REPLACED = str.maketrans(
    {
        "\u2011": "-",
        "\u2010": "-",
        "\t": " ",
        "\u202f": "\u00a0",
        "\u2007": "\u00a0",
        "☐": "[ ]",
        "☑": "[x]",
        "☒": "[x]",
    }
)
_WIDE = re.compile(
    "[\u2e80-\u2fdf\u3000-\u9fff\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60\uffe0-\uffe6\U00020000-\U0003ffff]"
)
_NOT_FIRST = set("、。，．：；？！）》」』】〕〗〉”’…—·‧々〻ー％‰℃,.;:?!)]}%»")
_NOT_LAST = set("（《「『【〔〖〈“‘([{«￥＄$")


class Look(NamedTuple):
    """Face, size, colour, rise and address of a stretch of text; ``node`` where it is an element of its own.

    ``mark`` is "under" or "through": the line that goes with the text.
    """

    face: str
    size: float
    color: Any = None
    rise: float = 0
    link: str = ""
    node: Node | None = None
    mark: str = ""


@dataclass(frozen=True)
class Piece:
    """Text of one look; ``note`` is what stands at the foot of the page on which this piece is drawn."""

    text: str
    look: Look
    note: "Prose | None" = None


Bit = tuple[Shaped, Look, int]


class Unit(NamedTuple):
    """What is never broken: its bits in the order of reading, the blanks before it, and the notes it calls for."""

    bits: list[Bit]
    width: float
    blank: Bit | None
    notes: list["Prose"]


class Line:
    """One broken line: bits from left to right, its width, and the notes that it calls for."""

    __slots__ = ("bits", "is_mixed", "notes", "tail", "width")

    def __init__(self) -> None:
        self.bits: list[Bit] = []
        self.width = 0.0
        self.notes: list[Prose] = []
        self.is_mixed = False  # some of it runs from right to left
        self.tail: Bit | None = None  # the blank at which it was broken, which takes no room

    @property
    def text(self) -> str:
        """The text in the order of reading."""
        return "".join(bit[0].text for bit in self.bits)

    def runs(self) -> list[tuple[float, list[Bit]]]:
        """Where each run of one direction begins, and its bits from left to right; the runs in the order of reading.

        Readers of a file turn a run that goes from right to left round by themselves, but not the order of the runs.
        """
        if not self.is_mixed:
            return [(0.0, self.bits)]
        bits = self.bits
        at: dict[int, float] = {}
        x = 0.0
        for place in directions.visual([bit[2] for bit in bits]):
            at[place] = x
            x += bits[place][0].width * bits[place][1].size
        found = []
        begin = 0
        for end in range(1, len(bits) + 1):
            level = bits[begin][2]
            if end == len(bits) or bits[end][2] != level or bits[end][1].node is not bits[begin][1].node:
                run = bits[begin:end]
                found.append((at[end - 1 if level % 2 else begin], run[::-1] if level % 2 else run))
                begin = end
        return found


def line_of(bits: list[Bit]) -> Line:
    """Bits in the order of reading as one line."""
    line = Line()
    line.bits, line.is_mixed = bits, any(bit[2] for bit in bits)
    line.width = sum(bit[0].width * bit[1].size for bit in bits)
    return line


def drawable(text: str) -> str:
    """The characters that are drawn for ``text``."""
    return text if text.isascii() and text.isprintable() else _INVISIBLE.sub("", text).translate(_REPLACED)


def width(text: str, look: str, size: float) -> float:
    """Width in points of a text on one line."""
    return sum(bit[0].width for bit in bits_of(drawable(text).replace("\n", " "), Look(look, 1.0))) * size


def is_plain(text: str) -> bool:
    """Whether the leading face draws all of it from left to right, word by word."""
    if text.isascii():
        return True
    if SETTING.get().families[0] != fonts.LATIN:
        return False
    return _PLAIN.fullmatch(text) is not None


def bits_of(text: str, look: Look, base: int | None = None) -> list[Bit]:
    """A text on one line, in the order of reading; ``base`` is its direction where its letters do not say it."""
    lead = shaping.face(SETTING.get().families[0], look.face)
    if not base and is_plain(text) and (shaped := lead.word(text)) is not None:
        return [(shaped, look, 0)]
    found: list[Bit] = []
    for unit in _mixed([Piece(text, look)], base):
        if unit is not None:
            found += [*([unit.blank] if unit.blank else []), *unit.bits]
    return found


# --- units --------------------------------------------------------------------------------------------------------


def _units(pieces: Sequence[Piece]) -> Iterator[Unit | None]:
    """What is never broken, in the order of reading; None ends the line."""
    cleaned = [Piece(drawable(piece.text), piece.look, piece.note) for piece in pieces]
    if all(is_plain(piece.text) for piece in cleaned):
        yield from _plain(cleaned)
    else:
        yield from _mixed(cleaned)


def _plain(pieces: Sequence[Piece]) -> Iterator[Unit | None]:
    family = SETTING.get().families[0]
    bits: list[Bit] = []
    wide = 0.0
    notes: list[Prose] = []
    blank: Bit | None = None
    for text, look, note in ((piece.text, piece.look, piece.note) for piece in pieces):
        lead = shaping.face(family, look.face)
        known = lead.words
        for token in _TOKEN.findall(text):
            if token[0] in "\n \t\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2008\u2009\u200a":
                if bits:
                    yield Unit(bits, wide, blank, notes)
                    bits, wide, notes = [], 0.0, []
                blank = None
                if token == "\n":
                    yield None
                else:
                    space = lead.word(" ")
                    blank = (space, look, 0) if space else None
                continue
            shaped = known.get(token) or lead.word(token)
            if shaped is None:
                for bit in _shape(token, [0] * len(token), look):
                    bits.append(bit)
                    wide += bit[0].width * look.size
            else:
                bits.append((shaped, look, 0))
                wide += shaped.width * look.size
            if note is not None:
                notes.append(note)
    if bits:
        yield Unit(bits, wide, blank, notes)


def _shape(text: str, found: Sequence[int], look: Look, before: str = "", after: str = "") -> list[Bit]:
    """Bits of one face, level and script; ``before`` and ``after`` belong to the same word and look otherwise."""
    result: list[Bit] = []
    families, scripts = shaping.families(text), shaping.scripts(text)
    begin = 0
    for at in range(1, len(text) + 1):
        if (
            at < len(text)
            and families[at] == families[begin]
            and found[at] == found[begin]
            and scripts[at] == scripts[begin]
        ):
            continue
        level = found[begin]
        shaped = shaping.face(families[begin], look.face).shape(
            text[begin:at],
            rtl=bool(level % 2),
            script=scripts[begin],
            before=before if not begin and level % 2 else "",
            after=after if at == len(text) and level % 2 else "",
        )
        result.append((shaped, look, level))
        begin = at
    return result


def _mixed(pieces: Sequence[Piece], base: int | None = None) -> Iterator[Unit | None]:
    """As ``_plain`` for text in several directions, or scripts that break between letters."""
    text = "".join(piece.text for piece in pieces)
    owner = [piece for piece in pieces for _ in piece.text]
    begin = 0
    for line in text.split("\n"):
        if begin:
            yield None
        if line:
            yield from _mixed_line(line, owner[begin : begin + len(line)], base)
        begin += len(line) + 1


def _mixed_line(text: str, owner: Sequence[Piece], base: int | None) -> Iterator[Unit]:
    if base is None:
        base = directions.base_level(text, rtl=SETTING.get().rtl)
    if base or directions.is_rtl(text):
        found: Sequence[int] = directions.levels(text, base)
    else:
        found = [0] * len(text)
    blank: Bit | None = None
    at = 0
    while at < len(text):
        end = at + 1
        if text[at] in _BLANK:
            while end < len(text) and text[end] in _BLANK:
                end += 1
            blank = _shape(" ", found[at : at + 1], owner[at].look)[0]
            at = end
            continue
        while end < len(text) and text[end] not in _BLANK and not _breaks(text, end, owner):
            end += 1
        bits: list[Bit] = []
        notes: list[Prose] = []
        for begin, stop, piece in _stretches(owner, at, end):
            bits += _shape(text[begin:stop], found[begin:stop], piece.look, text[at:begin], text[stop:end])
            if piece.note is not None:
                notes.append(piece.note)
        yield Unit(bits, sum(bit[0].width * bit[1].size for bit in bits), blank, notes)
        blank = None
        at = end


def _stretches(owner: Sequence[Piece], begin: int, end: int) -> Iterator[tuple[int, int, Piece]]:
    at = begin
    for place in range(begin + 1, end + 1):
        if place == end or owner[place] is not owner[at]:
            yield at, place, owner[at]
            at = place


def _breaks(text: str, at: int, owner: Sequence[Piece]) -> bool:
    """Whether a line may end before this character, with no blank there."""
    before, after = text[at - 1], text[at]
    if not (_WIDE.match(before) or _WIDE.match(after)) or owner[at].look.rise:
        return False
    return after not in _NOT_FIRST and before not in _NOT_LAST


# --- lines --------------------------------------------------------------------------------------------------------


def break_lines(pieces: Sequence[Piece], room: float) -> list[Line]:
    """The lines of a paragraph that is ``room`` points wide; at least one."""
    line = Line()
    lines = [line]
    for whole in _units(pieces):
        if whole is None:
            line = Line()
            lines.append(line)
            continue
        for unit in (whole,) if whole.width <= room else _cut(whole, room):
            bits, wide, blank, notes = unit
            if line.bits:
                gap = blank[0].width * blank[1].size if blank else 0.0
                if line.width + gap + wide > room + 0.01:
                    line.tail = blank
                    line = Line()
                    lines.append(line)
                elif blank:
                    line.bits.append(blank)
                    line.width += gap
            line.bits += bits
            line.width += wide
            if notes:
                line.notes += notes
    for line in lines:
        line.is_mixed = any(bit[2] for bit in line.bits)
    return lines


def _cut(unit: Unit, room: float) -> Iterator[Unit]:
    """A unit wider than a line as units that fit, cut after signs such as a slash where that is possible."""
    part: list[Bit] = []
    used, blank = 0.0, unit.blank
    for shaped, look, level in unit.bits:
        for text in _chunks(shaped, look, room):
            bit = (shaped.face.shape(text, rtl=shaped.rtl, script=shaping.scripts(text)[0]), look, level)
            wide = bit[0].width * look.size
            if part and used + wide > room:
                yield Unit(part, used, blank, [])
                part, used, blank = [], 0.0, None
            part.append(bit)
            used += wide
    yield Unit(part, used, blank, unit.notes)


def _chunks(shaped: Shaped, look: Look, room: float) -> Iterable[str]:
    if shaped.width * look.size <= room and len(shaped.text) < 12:
        yield shaped.text
        return
    for chunk in _CHUNK.findall(shaped.text):
        if not chunk:
            continue
        if shaped.face.shape(chunk, rtl=shaped.rtl, script=shaping.scripts(chunk)[0]).width * look.size <= room:
            yield chunk
        else:
            yield from chunk
