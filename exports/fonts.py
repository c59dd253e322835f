"""The faces of our PDF files: which package holds them, and which face draws which character.

Fonts come as packages; none lies in the repository. Variable fonts are cut to one weight where they are embedded, which
takes milliseconds, so nothing is prepared at set-up and nothing is kept in the data folder.
"""

from dataclasses import dataclass
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

import fontpkg

REGULAR, BOLD, ITALIC, BOLD_ITALIC = LOOKS = ("regular", "bold", "italic", "bold-italic")
LATIN, ARABIC, HAN, DEVANAGARI = FAMILIES = ("latin", "arabic", "han", "devanagari")
# The family that leads in a document of the language; every other is asked for what it lacks.
_LEADS = {"ar": ARABIC, "fa": ARABIC, "prs": ARABIC, "ur": ARABIC, "zh": HAN, "hi": DEVANAGARI, "ne": DEVANAGARI}
_HAN_FILE = "fonts/ofl/notosanssc/NotoSansSC[wght].ttf"


@dataclass(frozen=True)
class Source:
    """Where a face comes from: the name it has in a PDF, its file, its place on the axes of a variable font."""

    name: str
    path: Path
    axes: tuple[tuple[str, float], ...] = ()
    scale: float = 1.0  # its letters are drawn so much larger, to look as large as those of the other families


@cache
def source(family: str, look: str) -> Source:
    """The file of a family in a look; only Latin, Greek and Cyrillic have italics."""
    is_bold = look in (BOLD, BOLD_ITALIC)
    weight = 700 if is_bold else 400
    style = "Bold" if is_bold else "Regular"
    if family == LATIN:
        italic = look in (ITALIC, BOLD_ITALIC)
        name = {REGULAR: "Regular", BOLD: "Bold", ITALIC: "Italic", BOLD_ITALIC: "BoldItalic"}[look]
        path = Path(fontpkg.path("Noto Sans", style="italic" if italic else "normal"))
        return Source(f"ServandaSans-{name}", path, (("wght", weight), ("wdth", 100)))
    if family == ARABIC:
        folder = resources.files("fontpkg_ibm_plex_sans_arabic")
        path = Path(str(folder / "files" / f"IBMPlexSansArabic-{style}.ttf"))
        return Source(f"IBMPlexSansArabic-{style}", path, scale=1.12)
    if family == HAN:
        path = Path(str(resources.files("justmytype_intl_cjk") / _HAN_FILE))
        return Source(f"NotoSansSC-{style}", path, (("wght", weight),))
    path = Path(str(resources.files("fontpkg_noto_sans_devanagari") / "files" / "NotoSansDevanagari[wdth,wght].ttf"))
    return Source(f"NotoSansDevanagari-{style}", path, (("wght", weight), ("wdth", 100)))


def order(language: str) -> tuple[str, ...]:
    """The families in the order in which a document of the language asks them."""
    lead = _LEADS.get(language.lower().split("-")[0].split("_")[0], LATIN)
    return (lead, *(family for family in FAMILIES if family != lead))


def static(look: str) -> bytes:
    """A whole face of one weight, for libraries that cannot read variable fonts."""
    import uharfbuzz as hb

    wanted = source(LATIN, look)
    face = hb.Face(hb.Blob.from_file_path(str(wanted.path)))
    asked = hb.SubsetInput()
    asked.keep_everything()
    pin(asked, face, wanted.axes)
    return bytes(hb.subset(face, asked).blob.data)


def pin(asked: Any, face: Any, axes: tuple[tuple[str, float], ...]) -> None:
    """Ask for one place on the axes of a variable font."""
    for tag, value in axes:
        asked.pin_axis_location(face, tag, value)
