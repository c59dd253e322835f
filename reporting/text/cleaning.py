"""What happens to every text before it is stored."""

import re
import unicodedata

_LINE_ENDS = re.compile("\r\n|[\r\v\f\x85\u2028\u2029]")
# Controls but tab and line feed, lone surrogates, the byte order mark and non-characters: no XML, PDF or workbook
# may hold them. The two overrides go as well: with them a line reads otherwise on screen than it is stored.
_UNWANTED = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufeff\ufffe\uffff\ufdd0-\ufdef\u202d\u202e]")
_DIRECTIONS = re.compile("[\u202a-\u202c\u2066-\u2069]")
_POP_EMBEDDING, _POP_ISOLATE = "\u202c", "\u2069"
_EMBEDDINGS, _ISOLATES = "\u202a\u202b", "\u2066\u2067\u2068"


def clean(source: str) -> str:
    """The text as it is stored: NFC, lines ended by line feeds, no trailing blanks or outer blank lines.

    Control characters and direction overrides go; marks of direction that are opened and not closed within their line,
    or closed and not opened, go. Cleaning twice changes nothing more. Nothing is shortened.
    """
    text = _LINE_ENDS.sub("\n", source)
    text = _UNWANTED.sub("", text)
    lines = [_balanced(line) for line in text.split("\n")]
    text = unicodedata.normalize("NFC", "\n".join(lines))
    return "\n".join(line.rstrip() for line in text.split("\n")).strip("\n")


def _balanced(line: str) -> str:
    """``line`` without directions that have no partner in it (Unicode annex 9: they end with the line)."""
    if _DIRECTIONS.search(line) is None:
        return line
    opened: list[tuple[int, str]] = []
    paired: set[int] = set()
    for found in _DIRECTIONS.finditer(line):
        place, mark = found.start(), found.group()
        if mark in _EMBEDDINGS or mark in _ISOLATES:
            opened.append((place, mark))
        elif mark == _POP_EMBEDDING:
            if opened and opened[-1][1] in _EMBEDDINGS:
                paired |= {opened.pop()[0], place}
        elif any(mark in _ISOLATES for _, mark in opened):
            while opened[-1][1] in _EMBEDDINGS:  # an isolate closes the embeddings inside it
                opened.pop()
            paired |= {opened.pop()[0], place}
    return "".join(letter for place, letter in enumerate(line) if place in paired or _DIRECTIONS.match(letter) is None)
