"""What changed between two texts, by words, and between two answers, by paragraphs."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from reporting.text.pieces import Piece, kept_in_order, texts
from reporting.text.sequences import Edit, edits, matches
from reporting.text.words import HAN

# Han characters one by one, words with their combining marks (vowelled Arabic is one word), blanks, other signs.
_TOKEN = re.compile(rf"[{HAN}]|(?:[^\W{HAN}][\u0300-\u036f\u0610-\u061a\u064b-\u065f\u0670]*)+|\s+|[^\w\s]")

Kind = Literal["same", "added", "removed"]


@dataclass(frozen=True)
class Change:
    """A stretch of text that both have, or only the new one, or only the old one."""

    kind: Kind
    text: str


@dataclass(frozen=True)
class ParagraphChange:
    """What became of one paragraph. ``words`` are its changes; ``moved`` may go with any paragraph of both texts."""

    key: str
    kind: Literal["same", "changed", "added", "removed"]
    moved: bool
    words: tuple[Change, ...]


def by_words(old: str, new: str) -> list[Change]:
    """Stretches in reading order; neighbours differ in kind, and what was removed stands before what was added.

    Same and removed joined are ``old``, same and added joined are ``new``.
    """
    before, after = _TOKEN.findall(old), _TOKEN.findall(new)
    changes: list[Change] = []
    place = 0
    for start, end, new_start, new_end in _readable(before, edits(before, after)):
        changes += [
            Change("same", "".join(before[place:start])),
            Change("removed", "".join(before[start:end])),
            Change("added", "".join(after[new_start:new_end])),
        ]
        place = end
    changes.append(Change("same", "".join(before[place:])))
    return [change for change in changes if change.text]


def by_paragraphs(old: Sequence[Piece], new: Sequence[Piece]) -> list[ParagraphChange]:
    """Every paragraph of both, in the new order; a removed one stands after the one that it followed."""
    was, now = texts(old), texts(new)
    in_place = kept_in_order(list(was), list(now))
    result = [
        _paragraph_change(key, was.get(key), text, key in was and key not in in_place) for key, text in now.items()
    ]
    order = [change.key for change in result]
    follows = ""
    for key, text in was.items():
        if key not in now:
            place = order.index(follows) + 1 if follows else 0
            order.insert(place, key)
            result.insert(place, _paragraph_change(key, text, None, False))
        follows = key
    return result


def _paragraph_change(key: str, old: str | None, new: str | None, moved: bool) -> ParagraphChange:
    if old is None:
        return ParagraphChange(key, "added", moved, (Change("added", new or ""),))
    if new is None:
        return ParagraphChange(key, "removed", moved, (Change("removed", old),))
    if old == new:
        return ParagraphChange(key, "same", moved, (Change("same", old),))
    return ParagraphChange(key, "changed", moved, tuple(by_words(old, new)))


def likeness(old: str, new: str, *, at_least: float = 0.0) -> float:
    """How alike two texts are by words, 0 to 1; 0 when that is certain to be below ``at_least``."""
    before = [token for token in _TOKEN.findall(old) if not token.isspace()]
    after = [token for token in _TOKEN.findall(new) if not token.isspace()]
    total = len(before) + len(after)
    if total == 0:
        return 1.0
    shared = (Counter(before) & Counter(after)).total()
    if 2 * shared / total < at_least:
        return 0.0
    return 2 * len(matches(before, after)) / total


def _readable(before: Sequence[str], found: list[Edit]) -> list[Edit]:
    """Edits with only blanks between them as one: three words replaced read better than three single words."""
    joined: list[Edit] = []
    for edit in found:
        if joined and all(token.isspace() for token in before[joined[-1][1] : edit[0]]):
            a, _, c, _ = joined.pop()
            edit = (a, edit[1], c, edit[3])
        joined.append(edit)
    return joined
