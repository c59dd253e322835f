"""Three-way merge of texts, paragraphs and values: nobody overwrites anybody.

``base`` is what one's own work started from, ``theirs`` what others have stored since, ``mine`` what is being saved.
What both sides changed comes back as a clash; until a person chooses, the result holds ``theirs``.
"""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from reporting.text.pieces import Piece, kept_in_order, texts
from reporting.text.sequences import Edit, edits
from reporting.text.words import HAN

__all__ = ["Clash", "LeafClash", "Merge", "Piece", "merge_leaves", "merge_paragraphs", "merge_words"]

# Coarser than for differences: two edits of one number, as of 3.5 into 3.7 and 4.5, must meet.
_WORD = re.compile(rf"[{HAN}]|[^\s{HAN}]+|\s+")


@dataclass(frozen=True)
class Clash:
    """A paragraph that both sides changed; None where it did not exist or was removed."""

    key: str
    base: str | None
    theirs: str | None
    mine: str | None


@dataclass(frozen=True)
class Merge:
    """Merged paragraphs, the clashes among them, and the keys that others changed, added, moved or removed."""

    pieces: tuple[Piece, ...]
    clashes: tuple[Clash, ...]
    changed_by_them: tuple[str, ...]


@dataclass(frozen=True)
class LeafClash:
    """A value that both sides changed, by its path of names and keys; None where it was absent or removed."""

    path: tuple[str, ...]
    base: Any
    theirs: Any
    mine: Any


# --- words --------------------------------------------------------------------------------------------------------


def merge_words(base: str, mine: str, theirs: str) -> str | None:
    """Both sides' edits of one paragraph, or None where they touch: no unchanged word stands between them."""
    if mine == theirs or theirs == base:
        return mine
    if mine == base:
        return theirs
    words = _WORD.findall(base)
    my_words, their_words = _WORD.findall(mine), _WORD.findall(theirs)
    planned = [(edit, my_words[edit[2] : edit[3]]) for edit in _leftmost(words, my_words)]
    for edit in _leftmost(words, their_words):
        new = their_words[edit[2] : edit[3]]
        if (edit[:2], new) not in [(other[:2], text) for other, text in planned]:
            planned.append((edit, new))
    planned.sort(key=lambda change: change[0][:2])
    merged: list[str] = []
    place = 0
    for index, (edit, new) in enumerate(planned):
        if index and _touch(words, planned[index - 1][0], edit):
            return None
        merged += words[place : edit[0]] + new
        place = edit[1]
    return "".join(merged + words[place:])


def _leftmost(before: Sequence[str], after: Sequence[str]) -> list[Edit]:
    """Edits, each addition or removal as far left as it can be read, so that the same one by two people is the same."""
    result: list[Edit] = []
    for edit in edits(before, after):
        a, b, c, d = edit
        floor = result[-1][1] if result else 0
        while a > floor and ((a == b and before[a - 1] == after[d - 1]) or (c == d and before[a - 1] == before[b - 1])):
            a, b, c, d = a - 1, b - 1, c - 1, d - 1
        result.append((a, b, c, d))
    return result


def _touch(words: Sequence[str], first: Edit, second: Edit) -> bool:
    return all(word.isspace() for word in words[first[1] : second[0]])


# --- paragraphs ---------------------------------------------------------------------------------------------------


def merge_paragraphs(base: Sequence[Piece], theirs: Sequence[Piece], mine: Sequence[Piece]) -> Merge:
    """Edits, moves, additions and removals of both sides.

    A paragraph that both changed is merged by words, or clashes and stays theirs; one that a side removed and the
    other changed clashes and stays, changed. Of additions at one place theirs come first, and the same text once.
    Where both moved one paragraph it stands where they put it. Raises ValueError when a key stands twice in a list.
    """
    was, their, my = texts(base), texts(theirs), texts(mine)
    clashes: list[Clash] = []
    merged: dict[str, str] = {}
    for key in {**was, **their, **my}:
        text, clash = _merge_text(was.get(key), their.get(key), my.get(key))
        if clash:
            clashes.append(Clash(key, was.get(key), their.get(key), my.get(key)))
        if text is not None:
            merged[key] = text
    for key in _said_twice(was, their, my):
        del merged[key]
    order = merge_order(list(was), list(their), list(my), merged)
    return Merge(tuple(Piece(key, merged[key]) for key in order), tuple(clashes), _changed(was, their))


def _merge_text(base: str | None, theirs: str | None, mine: str | None) -> tuple[str | None, bool]:
    """The text to keep (None: no paragraph), and whether the two sides clash."""
    if theirs == mine or mine == base:
        return theirs, False
    if theirs == base:
        return mine, False
    if theirs is None or mine is None:
        return theirs if theirs is not None else mine, True
    both = merge_words(base, mine, theirs) if base is not None else None
    return (theirs, True) if both is None else (both, False)


def _said_twice(base: Mapping[str, str], theirs: Mapping[str, str], mine: Mapping[str, str]) -> set[str]:
    """Keys of my additions that they made too, under another key, with the same text at the same place."""
    made: dict[tuple[str, str], int] = {}
    for key, place in _places_of_additions(base, theirs).items():
        if key not in mine:
            made[place, theirs[key]] = made.get((place, theirs[key]), 0) + 1
    twice = set()
    for key, place in _places_of_additions(base, mine).items():
        if key not in theirs and made.get((place, mine[key]), 0):
            made[place, mine[key]] -= 1
            twice.add(key)
    return twice


def _places_of_additions(base: Mapping[str, str], side: Mapping[str, str]) -> dict[str, str]:
    """For each added key the base key that it comes after, "" at the start."""
    places = {}
    after = ""
    for key in side:
        if key in base:
            after = key
        else:
            places[key] = after
    return places


def _changed(base: Mapping[str, str], side: Mapping[str, str]) -> tuple[str, ...]:
    """Keys changed, added or moved, in the order of ``side``, then those removed."""
    in_place = kept_in_order(list(base), list(side))
    touched = [key for key in side if key not in in_place or side[key] != base[key]]
    return (*touched, *(key for key in base if key not in side))


def merge_order(base: Sequence[str], theirs: Sequence[str], mine: Sequence[str], kept: Collection[str]) -> list[str]:
    """The keys of ``kept`` (any container) in one order that has the moves and additions of both sides.

    Keys that neither side moved are the frame. A moved key stands after the frame key that it followed on the side
    that moved it; an added one directly after its neighbour, wherever that went.
    """
    before, known = set(base), set(theirs)
    their_moves = known & before - kept_in_order(base, theirs)
    my_moves = set(mine) & before - kept_in_order(base, mine) - their_moves
    frame = [key for key in base if key in kept and key not in their_moves and key not in my_moves]

    slots: dict[str, list[str]] = {"": [], **{key: [] for key in frame}}
    for side, moves in ((theirs, their_moves), (mine, my_moves)):
        after = ""
        for key in side:
            if key in moves and key in kept:
                slots[after].append(key)
            elif key in slots:
                after = key

    followers: dict[str, list[str]] = {}
    for side, added in ((theirs, known - before), (mine, set(mine) - before - known)):
        after = ""
        for key in side:
            if key in added and key in kept:
                followers.setdefault(after, []).append(key)
            if key in kept:
                after = key

    order: list[str] = []
    waiting = [key for after in ("", *frame) for key in (after, *slots[after])][::-1]
    while waiting:
        key = waiting.pop()
        if key:
            order.append(key)
        waiting += reversed(followers.get(key, []))
    return order


# --- values -------------------------------------------------------------------------------------------------------

_ABSENT: Any = object()


def merge_leaves(
    base: Mapping[str, Any], theirs: Mapping[str, Any], mine: Mapping[str, Any]
) -> tuple[dict[str, Any], list[LeafClash]]:
    """JSON objects merged value by value; lists of objects that have a "key" are merged by key and order.

    Any other list is one value. A value that both changed differently clashes and stays theirs; one that a side removed
    and the other changed clashes and stays, changed. An object is removed value by value, but for one in a list, which
    goes as a whole. The arguments are not altered, parts of them may be shared.
    """
    clashes: list[LeafClash] = []
    return _merge_objects(base, theirs, mine, (), clashes), clashes


def _merge_objects(
    base: Mapping[str, Any],
    theirs: Mapping[str, Any],
    mine: Mapping[str, Any],
    path: tuple[str, ...],
    clashes: list[LeafClash],
    *,
    in_list: bool = False,
) -> dict[str, Any]:
    merged = {}
    for name in {**theirs, **mine, **base}:
        sides = (base.get(name, _ABSENT), theirs.get(name, _ABSENT), mine.get(name, _ABSENT))
        value = _merge_value(*sides, (*path, name), clashes, in_list=in_list)
        if value is not _ABSENT:
            merged[name] = value
    return merged


def _merge_value(
    base: Any, theirs: Any, mine: Any, path: tuple[str, ...], clashes: list[LeafClash], *, in_list: bool = False
) -> Any:
    if _same(theirs, mine) or _same(mine, base):
        return theirs
    if _same(theirs, base):
        return mine
    is_gone = (theirs is _ABSENT and isinstance(mine, Mapping)) or (mine is _ABSENT and isinstance(theirs, Mapping))
    if is_gone and isinstance(base, Mapping) and not in_list:
        # Who emptied every cell of a table emptied each of them.
        sides = ({} if theirs is _ABSENT else theirs, {} if mine is _ABSENT else mine)
        return _merge_objects(base, *sides, path=path, clashes=clashes) or _ABSENT
    if isinstance(theirs, Mapping) and isinstance(mine, Mapping):
        return _merge_objects(base if isinstance(base, Mapping) else {}, theirs, mine, path, clashes)
    if theirs is not _ABSENT and mine is not _ABSENT:
        lists = (_by_key(base if isinstance(base, list) else []), _by_key(theirs), _by_key(mine))
        if None not in lists:
            return _merge_lists(*lists, path, clashes)  # type: ignore[arg-type]
    clashes.append(LeafClash(path, *(None if value is _ABSENT else value for value in (base, theirs, mine))))
    return mine if theirs is _ABSENT else theirs


def _merge_lists(
    base: dict[str, Any],
    theirs: dict[str, Any],
    mine: dict[str, Any],
    path: tuple[str, ...],
    clashes: list[LeafClash],
) -> list[Any]:
    items = _merge_objects(base, theirs, mine, path, clashes, in_list=True)
    return [items[key] for key in merge_order(list(base), list(theirs), list(mine), items)]


def _by_key(value: Any) -> dict[str, Any] | None:
    """The items of a list by their "key", or None when it is not such a list, or a key stands twice."""
    if not isinstance(value, list) or not all(isinstance(item, Mapping) for item in value):
        return None
    by_key = {item.get("key"): item for item in value}
    if len(by_key) < len(value) or not all(isinstance(key, str) and key for key in by_key):
        return None
    return by_key


def _same(one: Any, other: Any) -> bool:
    """Equality that tells true from 1, as JSON does, and absent from null."""
    if isinstance(one, bool) or isinstance(other, bool):
        return one is other
    if isinstance(one, Mapping) and isinstance(other, Mapping):
        return one.keys() == other.keys() and all(_same(one[name], other[name]) for name in one)
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(_same, one, other))
    return bool(one == other)
