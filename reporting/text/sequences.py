"""Comparing two lists of words or paragraphs, in a time that no input can stretch.

Items that stand once in either list are the fixed points (the longest run of them in the same order); between them the
search goes on in the shorter stretches, and difflib settles what has no fixed point. On prose this reads as difflib
alone does and is quicker; difflib alone needs minutes for a text that says one thing a thousand times.
"""

from collections import Counter
from collections.abc import Sequence
from difflib import SequenceMatcher

from reporting.text.pieces import kept_in_order

Edit = tuple[int, int, int, int]

# Comparisons that one stretch, and all of them, may cost difflib. A stretch beyond counts as replaced whole.
_STRETCH, _ALL = 10_000, 300_000
_DEPTH = 60


def edits(before: Sequence[str], after: Sequence[str]) -> list[Edit]:
    """The stretches ``before[a:b]`` that became ``after[c:d]``, as (a, b, c, d), in order and apart from each other."""
    found: list[Edit] = []
    left = _ALL
    waiting = [(0, len(before), 0, len(after), 0)]
    while waiting:
        a, b, c, d, depth = waiting.pop()
        a, b, c, d = _trimmed(before, after, (a, b, c, d))
        if a == b or c == d:
            found.append((a, b, c, d))
            continue
        old, new = before[a:b], after[c:d]
        points = _fixed_points(old, new) if depth < _DEPTH else []
        if points:
            ends = [*((a + i, c + j) for i, j in points), (b, d)]
            starts = [(a, c), *((a + i + 1, c + j + 1) for i, j in points)]
            waiting += [(i, k, j, n, depth + 1) for (i, j), (k, n) in zip(starts, ends, strict=True)][::-1]
            continue
        cost = _cost(old, new)
        if cost > min(_STRETCH, left):
            found.append((a, b, c, d))
            continue
        left -= cost
        # Blanks are junk to difflib: they match beside a matching word and never found a match of their own.
        matcher = SequenceMatcher(str.isspace, old, new, autojunk=False)
        found += [(a + i, a + k, c + j, c + n) for kind, i, k, j, n in matcher.get_opcodes() if kind != "equal"]
    return _apart(found)


def matches(before: Sequence[str], after: Sequence[str]) -> list[tuple[int, int]]:
    """Pairs of places in ``before`` and ``after`` that hold the same, both rising."""
    pairs: list[tuple[int, int]] = []
    i = j = 0
    for a, b, c, d in [*edits(before, after), (len(before), len(before), len(after), len(after))]:
        pairs += zip(range(i, a), range(j, c), strict=True)
        i, j = b, d
    return pairs


def _trimmed(before: Sequence[str], after: Sequence[str], stretch: Edit) -> Edit:
    """The stretch without what is equal at its two ends."""
    a, b, c, d = stretch
    while a < b and c < d and before[a] == after[c]:
        a, c = a + 1, c + 1
    while a < b and c < d and before[b - 1] == after[d - 1]:
        b, d = b - 1, d - 1
    return a, b, c, d


def _fixed_points(old: Sequence[str], new: Sequence[str]) -> list[tuple[int, int]]:
    olds, news = _once(old), _once(new)
    kept = kept_in_order(list(olds), list(news))
    return [(place, news[item]) for item, place in olds.items() if item in kept]


def _once(items: Sequence[str]) -> dict[str, int]:
    """Places of what stands once, in order."""
    counts = Counter(items)
    return {item: place for place, item in enumerate(items) if counts[item] == 1 and not item.isspace()}


def _cost(old: Sequence[str], new: Sequence[str]) -> int:
    counts = Counter(item for item in new if not item.isspace())
    return sum(counts[item] for item in old)


def _apart(found: list[Edit]) -> list[Edit]:
    """The edits without empty ones, and those that adjoin as one."""
    result: list[Edit] = []
    for a, b, c, d in found:
        if a == b and c == d:
            continue
        if result and result[-1][1] == a and result[-1][3] == c:
            start, _, new_start, _ = result.pop()
            a, c = start, new_start
        result.append((a, b, c, d))
    return result
