"""From characters to glyphs: which face draws them, how wide they are, what each glyph stands for."""

from collections.abc import Iterable
from contextvars import ContextVar
from dataclasses import dataclass
from functools import cache

import uharfbuzz as hb
from fontTools import unicodedata

from exports import fonts

_MANY = 60_000  # words kept; a report of 21,200 has fewer
_DRAWN = {"Latn", "Grek", "Cyrl", "Arab", "Hani", "Hira", "Kana", "Bopo", "Deva", "Zyyy", "Zinh", "Zzzz"}
_QUOTES = "\u2018\u2019\u201c\u201d\u2013\u2014\u2026\u00b7\u2022"


@dataclass(frozen=True)
class Setting:
    """What the whole file has in common: its language, the way it runs, and the families it asks in turn."""

    language: str = "en"
    rtl: bool = False
    families: tuple[str, ...] = fonts.FAMILIES


# One file is drawn at a time in a process; the setting is that of the one being drawn.
SETTING: ContextVar[Setting] = ContextVar("setting", default=Setting())  # noqa: B039 frozen


def setting(language: str, direction: str) -> Setting:
    return Setting(language, direction == "rtl", fonts.order(language))


# Number, text, advance, offset to the right and upwards, in thousandths.
Glyph = tuple[int, str, float, float, float]


class Face:
    """A face as the shaper knows it, with the words that it has shaped."""

    def __init__(self, source: fonts.Source) -> None:
        self.source, self.name = source, source.name
        self.face = hb.Face(hb.Blob.from_file_path(str(source.path)))
        self.font = hb.Font(self.face)
        if source.axes:
            self.font.set_variations(dict(source.axes))
        self.unit = 1000 / self.face.upem
        self.nothing = self.font.get_glyph_from_name(".null") or 0  # has neither outline nor width
        self.shaped: dict[tuple[str, bool, str, str, str], Shaped] = {}
        self.words: dict[str, Shaped | None] = {}
        self.advances: dict[int, int] = {}

    def covers(self, character: str) -> bool:
        return self.font.get_nominal_glyph(ord(character)) is not None

    def advance(self, glyph: int) -> int:
        """The width of a glyph as the file says it, in thousandths."""
        found = self.advances.get(glyph)
        if found is None:
            found = self.advances[glyph] = round(self.font.get_glyph_h_advance(glyph) * self.unit)
        return found

    def shape(
        self, text: str, *, rtl: bool = False, script: str = "Latn", before: str = "", after: str = ""
    ) -> "Shaped":
        """The glyphs of a stretch of one script and one direction.

        ``before`` and ``after`` are the letters beside it in the same word, which it joins though they look otherwise.
        """
        key = (text, rtl, script, before, after)
        found = self.shaped.get(key)
        if found is None:
            if len(self.shaped) > _MANY:
                self.shaped.clear()
            found = self.shaped[key] = self._shape(*key)
        return found

    def _shape(self, text: str, rtl: bool, script: str, before: str, after: str) -> "Shaped":
        buffer = hb.Buffer()
        buffer.add_str(before + text + after, len(before), len(text))
        buffer.direction = "rtl" if rtl else "ltr"
        buffer.script = script
        buffer.cluster_level = hb.BufferClusterLevel.MONOTONE_CHARACTERS
        buffer.flags = hb.BufferFlags.REMOVE_DEFAULT_IGNORABLES
        # Arabic: a glyph for each letter, none moved over another, so that search and copying find whole words.
        hb.shape(self.font, buffer, {"liga": not rtl, "kern": not rtl})
        infos, positions = buffer.glyph_infos, buffer.glyph_positions or []
        unit = self.unit
        texts = _texts(text, [info.cluster - len(before) for info in infos], rtl=rtl)
        glyphs: list[Glyph] = []
        marks: list[Glyph] = []
        for info, words, at in zip(infos, texts, positions, strict=True):
            glyph = (info.codepoint, words, at.x_advance * unit, at.x_offset * unit, at.y_offset * unit)
            if not rtl:
                glyphs.append(glyph)
            elif words and unicodedata.combining(words[0]) and not at.x_advance:
                # Drawn over its letter, but read beside it: the text stands on an invisible glyph.
                glyphs.append((info.codepoint, "", *glyph[2:]))
                marks.append((self.nothing, words, 0.0, 0.0, 0.0))
            else:
                glyphs += marks
                marks = []
                glyphs += self._parted(glyph) if len(words) > 1 else [glyph]
        glyphs += marks
        return Shaped(self, text, tuple(glyphs), rtl)

    def _parted(self, glyph: Glyph) -> list[Glyph]:
        """A glyph for several letters that run from right to left: the last stands on it, blanks carry the others.

        Readers turn what they find on the page round letter by letter, and would turn round what one glyph stands for.
        """
        number, words, advance, dx, dy = glyph
        blank = self.font.get_nominal_glyph(32)
        share = advance / len(words)
        first: Glyph = (number, words[-1], share, dx, dy)
        return [first, *((blank, letter, share, 0.0, 0.0) for letter in reversed(words[:-1]))]

    def word(self, text: str) -> "Shaped | None":
        """A word that runs from left to right in Latin, Greek or Cyrillic; None where the face lacks a letter."""
        if text in self.words:
            return self.words[text]
        if len(self.words) > _MANY:
            self.words.clear()
        shaped = self.shape(text, script=_script_of(text))
        found = self.words[text] = None if any(glyph[0] == 0 for glyph in shaped.glyphs) else shaped
        return found


class Shaped:
    """Glyphs from left to right: number, text, advance and offset of each; ``width`` at size 1."""

    __slots__ = ("face", "glyphs", "rtl", "text", "width")

    def __init__(self, face: Face, text: str, glyphs: tuple[Glyph, ...], rtl: bool):
        self.face, self.text, self.glyphs, self.rtl = face, text, glyphs, rtl
        self.width = sum(glyph[2] for glyph in glyphs) * face.source.scale / 1000


def _texts(text: str, clusters: list[int], *, rtl: bool) -> list[str]:
    """What each glyph stands for. The letters of a cluster are dealt out to its glyphs in the order of reading.

    Which glyph of a cluster draws which letter does not matter to a reader of the file, the order of the letters does.
    """
    if not clusters:
        return []
    begins = sorted(set(clusters))
    ends = dict(zip(begins, [*begins[1:], len(text)], strict=True))
    places: dict[int, list[int]] = {}
    order = range(len(clusters) - 1, -1, -1) if rtl else range(len(clusters))
    for at in order:
        places.setdefault(clusters[at], []).append(at)
    found = [""] * len(clusters)
    for cluster, glyphs in places.items():
        letters = text[0 if cluster == begins[0] else cluster : ends[cluster]]
        for place, at in enumerate(glyphs):
            found[at] = letters[place:] if place == len(glyphs) - 1 else letters[place : place + 1]
    return found


@cache
def face(family: str, look: str) -> Face:
    return _face(fonts.source(family, look))


@cache
def _face(source: fonts.Source) -> Face:
    return Face(source)  # one for all looks that a family does not have


@cache
def script(character: str) -> str:
    """The script of a character; empty where it belongs to all, or to the one before it."""
    code = unicodedata.script(character)
    return "" if code in ("Zyyy", "Zinh", "Zzzz") else str(code)


def _script_of(text: str) -> str:
    return next((code for character in text if (code := script(character))), "Latn")


def scripts(text: str) -> list[str]:
    """The script of each character; those that belong to all take that of the character before them."""
    found, last = [], _script_of(text)
    for character in text:
        last = script(character) or last
        found.append(last)
    return found


@cache
def _family(character: str, families: tuple[str, ...]) -> str:
    """The first family that has the character; the first of all where none has it."""
    return next((family for family in families if face(family, fonts.REGULAR).covers(character)), families[0])


def families(text: str) -> list[str]:
    """The family of each character. Blanks, marks and what belongs to all scripts stay with what goes before."""
    asked = SETTING.get().families
    found: list[str] = []
    for at, character in enumerate(text):
        family = _family(character, asked)
        before = found[-1] if found else asked[0]
        if family != before and not script(character):
            is_joiner = unicodedata.category(character) == "Cf"
            if is_joiner or face(before, fonts.REGULAR).covers(character):
                family = before
        if asked[0] == fonts.HAN and character in _QUOTES:
            beside = text[at - 1 : at] + text[at + 1 : at + 2]
            if any(script(each) in ("Latn", "Cyrl", "Grek") for each in beside):
                family = fonts.LATIN
        found.append(family)
    return found


def unable(strings: Iterable[str]) -> str:
    """The English name of the first script that no face draws, or nothing."""
    characters: set[str] = set()
    for string in strings:
        if not string.isascii():
            characters.update(string)
    unknown = {unicodedata.script(character) for character in characters if character > "\u024f"} - _DRAWN
    for code in sorted(unknown):
        return str(unicodedata.script_name(code)).replace("_", " ")
    return ""
