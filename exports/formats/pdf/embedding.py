"""Glyphs of one file: their codes in its text, and the fonts that are put into it when all is drawn.

A code stands for a glyph together with the text it was drawn for, so the text that is taken out of the file is the
text of the document whatever the shaper made of it.
"""

import hashlib
import logging
from typing import Any

import pikepdf
import uharfbuzz as hb
from pikepdf import Array, Dictionary, Name

from exports import fonts
from exports.formats.pdf.shaping import Face, Shaped

_log = logging.getLogger(__name__)
_LAYOUT = {
    "GSUB",
    "GPOS",
    "GDEF",
    "BASE",
    "STAT",
    "vhea",
    "vmtx",
    "VORG",
    "JSTF",
    "MATH",
    "cmap",
    "name",
    "OS/2",
    "post",
}


class Used:
    """What one file uses of one face."""

    def __init__(self, face: Face, name: str) -> None:
        self.face, self.name = face, name
        self.codes: dict[tuple[int, str], int] = {}

    def code(self, glyph: int, text: str) -> int:
        return self.codes.setdefault((glyph, text), len(self.codes) + 1)


class Ink:
    """All faces of one file. ``shown`` gives what is written into a page for a shaped word."""

    def __init__(self) -> None:
        self.used: dict[str, Used] = {}
        self.written: dict[Shaped, list[tuple[float, str]]] = {}
        self.lacking: set[str] = set()

    def of(self, face: Face) -> Used:
        found = self.used.get(face.name)
        if found is None:
            found = self.used[face.name] = Used(face, f"V{len(self.used)}")
        return found

    def shown(self, shaped: Shaped) -> list[tuple[float, str]]:
        """The strings of a TJ operator, in stretches of one height over the line (in thousandths)."""
        found = self.written.get(shaped)
        if found is None:
            found = self.written[shaped] = self._write(shaped)
        return found

    def _write(self, shaped: Shaped) -> list[tuple[float, str]]:
        face, used = shaped.face, self.of(shaped.face)
        found: list[tuple[float, str]] = []
        parts: list[str] = []
        rise, is_open = 0.0, False
        for glyph, text, advance, dx, dy in shaped.glyphs:
            if not glyph:
                self._lacks(text)
            if dy != rise:
                if parts:
                    found.append((rise, "".join(parts) + (">" if is_open else "")))
                parts, rise, is_open = [], dy, False
            shift = round(dx)
            if shift:
                parts.append(f"{'>' if is_open else ''}{-shift}")
                is_open = False
            parts.append(f"{'' if is_open else '<'}{used.code(glyph, text):04X}")
            is_open = True
            back = face.advance(glyph) + shift - round(advance)
            if back:
                parts.append(f">{back}")
                is_open = False
        if parts:
            found.append((rise, "".join(parts) + (">" if is_open else "")))
        return found

    def _lacks(self, text: str) -> None:
        if text not in self.lacking:
            self.lacking.add(text)
            codes = " ".join(f"U+{ord(character):04X}" for character in text)
            _log.error("No face of the PDF files has %s (%s): a box is drawn in its place.", codes, text)

    def embed(self, file: pikepdf.Pdf) -> dict[str, Any]:
        """The fonts, by the names they have on the pages."""
        return {f"/{used.name}": _embedded(file, used) for used in self.used.values()}


def _embedded(file: pikepdf.Pdf, used: Used) -> Any:
    face = used.face
    glyphs = sorted({glyph for glyph, _ in used.codes})
    asked = hb.SubsetInput()
    asked.glyph_set.update(glyphs)
    asked.flags = hb.SubsetFlags.NOTDEF_OUTLINE
    asked.drop_table_tag_set.update(int.from_bytes(tag.encode(), "big") for tag in _LAYOUT)
    fonts.pin(asked, face.face, face.source.axes)
    plan = hb.SubsetPlan(face.face, asked)
    data = bytes(plan.execute().blob.data)
    numbers = dict(plan.old_to_new_glyph_mapping)
    places = b"\0\0" + b"".join(numbers[glyph].to_bytes(2, "big") for glyph, _ in used.codes)
    tag = "".join(chr(65 + byte % 26) for byte in hashlib.sha256(repr(glyphs).encode()).digest()[:6])
    name = Name(f"/{tag}+{face.name}")
    extents = face.font.get_font_extents("ltr")
    head = face.face.upem
    unit = 1000 / head
    descriptor = Dictionary(
        Type=Name.FontDescriptor,
        FontName=name,
        Flags=4,
        FontBBox=Array([-500, round(extents.descender * unit), 2000, round(extents.ascender * unit)]),
        ItalicAngle=-12 if "Italic" in face.name else 0,
        Ascent=round(extents.ascender * unit),
        Descent=round(extents.descender * unit),
        CapHeight=714,
        StemV=140 if "Bold" in face.name else 80,
        FontFile2=file.make_indirect(pikepdf.Stream(file, data, Length1=len(data))),
    )
    below = Dictionary(
        Type=Name.Font,
        Subtype=Name.CIDFontType2,
        BaseFont=name,
        CIDSystemInfo=Dictionary(Registry=b"Adobe", Ordering=b"Identity", Supplement=0),
        FontDescriptor=file.make_indirect(descriptor),
        DW=0,
        W=Array([1, Array([face.advance(glyph) for glyph, _ in used.codes])]),
        CIDToGIDMap=file.make_indirect(pikepdf.Stream(file, places)),
    )
    return file.make_indirect(
        Dictionary(
            Type=Name.Font,
            Subtype=Name.Type0,
            BaseFont=name,
            Encoding=Name("/Identity-H"),
            DescendantFonts=Array([file.make_indirect(below)]),
            ToUnicode=file.make_indirect(pikepdf.Stream(file, _to_unicode(used))),
        )
    )


def _to_unicode(used: Used) -> bytes:
    lines = [f"<{code:04X}> <{text.encode('utf-16-be').hex().upper()}>" for (_, text), code in used.codes.items()]
    parts = [
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap",
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def",
        "/CMapName /Adobe-Identity-UCS def /CMapType 2 def",
        "1 begincodespacerange <0000> <FFFF> endcodespacerange",
    ]
    for begin in range(0, len(lines), 100):
        some = lines[begin : begin + 100]
        parts += [f"{len(some)} beginbfchar", *some, "endbfchar"]
    parts.append("endcmap CMapName currentdict /CMap defineresource pop end end")
    return "\n".join(parts).encode()
