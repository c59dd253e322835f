"""A paragraph as the merging, comparing and matching of texts see it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Piece:
    """One paragraph: the identifier that it keeps for life, and its marked-up text."""

    key: str
    text: str


def texts(pieces: Iterable[Piece]) -> dict[str, str]:
    """Texts by key, in order. Raises ValueError when a key is empty or stands twice."""
    by_key: dict[str, str] = {}
    for piece in pieces:
        if not piece.key:
            raise ValueError("a paragraph has no key")
        if piece.key in by_key:
            raise ValueError(f"paragraph {piece.key} stands twice")
        by_key[piece.key] = piece.text
    return by_key


def kept_in_order(old: Sequence[str], new: Sequence[str]) -> set[str]:
    """The keys of both lists that did not move: the longest run of them in the same order.

    All other keys of both lists are the ones that were moved. Keys are unique within a list.
    """
    place = {key: index for index, key in enumerate(old)}
    common = [key for key in new if key in place]
    tails: list[int] = []  # index in common of the smallest last key of a run, by length of the run
    before: list[int] = []
    for index, key in enumerate(common):
        low, high = 0, len(tails)
        while low < high:
            middle = (low + high) // 2
            if place[common[tails[middle]]] < place[key]:
                low = middle + 1
            else:
                high = middle
        before.append(tails[low - 1] if low else -1)
        tails[low : low + 1] = [index]
    kept: set[str] = set()
    index = tails[-1] if tails else -1
    while index >= 0:
        kept.add(common[index])
        index = before[index]
    return kept
