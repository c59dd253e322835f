"""How people point at a provision: "16", "16(5)", "37(b)-(d)", "I.3" (an annex), "A" (a heading)."""

import re
from typing import NamedTuple

_REFERENCE = re.compile(r"(?P<article>[IVX]+\.\d+|\d+|[A-Z])(?P<paragraph>(?:\(\w+\))+(?:-(?:\(\w+\))+)?)?")


class Reference(NamedTuple):
    article: str
    paragraph: str  # "" for the article as a whole

    def __str__(self) -> str:
        return f"{self.article}{self.paragraph}"


def parse(text: str) -> Reference | None:
    """The article and what of it, or None where the text is no reference."""
    found = _REFERENCE.fullmatch(text.strip())
    return Reference(found["article"], found["paragraph"] or "") if found else None


def natural(text: str) -> tuple[tuple[int, str], ...]:
    """A key that sorts "2" before "10", "I.2" before "I.10" and "III" after "II"."""
    pieces = re.findall(r"\d+|[^\d]+", text)
    return tuple((int(piece), "") if piece.isdecimal() else (-1, piece) for piece in pieces)


def is_within(article: str, ranges: str) -> bool:
    """Whether an article stands in ranges such as "1-6", "1-4,11-24", "I.1-I.8" or "A-B"."""
    key = natural(article)
    for piece in ranges.replace(" ", "").split(","):
        first, _dash, last = piece.partition("-")
        low, high = natural(first), natural(last or first)
        if [text for _number, text in low] == [text for _number, text in key] and low <= key <= high:
            return True
        if len(key) == len(low) == 1 and not article.isdecimal() and not first.isdecimal() and low <= key <= high:
            return True
    return False


def overlap(one: str, other: str) -> bool:
    """Whether two paragraphs of the same article share something: "" holds all, "(1)-(4)" holds "(2)"."""
    if not one or not other:
        return True
    (one_low, one_high), (other_low, other_high) = _bounds(one), _bounds(other)
    if one_low.startswith(other_low) or other_low.startswith(one_low):
        return True
    if len(natural(one_low)) != len(natural(other_low)):
        return False
    return natural(one_low) <= natural(other_high) and natural(other_low) <= natural(one_high)


def _bounds(paragraph: str) -> tuple[str, str]:
    first, _dash, last = paragraph.partition("-")
    return first, last or first
