"""Which way text runs: levels of the bidirectional algorithm, and the order of the pieces of a line."""

from collections.abc import Sequence
from functools import lru_cache
from typing import Any
from unicodedata import bidirectional

from bidi import algorithm

# Joined into one before the algorithm runs: it walks over every character several times.
_STRONG = {"L", "R", "AL"}
_SIGNS = "-+\u2212\u00b1"
_OPENING = {
    "(": ")",
    "[": "]",
    "{": "}",
    "\u2329": "\u232a",
    "\u3008": "\u3009",
    "\u300a": "\u300b",
    "\u00ab": "\u00bb",
}
_CLOSING = set(_OPENING.values())
_NEUTRAL = {"B", "S", "WS", "ON"}


def is_rtl(text: str) -> bool:
    """Whether any letter of the text runs from right to left."""
    return any(character > "\u0590" and bidirectional(character) in ("R", "AL") for character in text)


def base_level(text: str, *, rtl: bool) -> int:
    """The direction of a paragraph: that of the document, unless all its letters run the other way.

    Text without a letter (a figure in a cell) runs from left to right.
    """
    right = left = False
    for character in text:
        kind = bidirectional(character)
        right = right or kind in ("R", "AL")
        left = left or kind == "L"
    if rtl:
        return int(right)
    return int(right and not left)


@lru_cache(maxsize=4_000)
def levels(text: str, base: int) -> tuple[int, ...]:
    """The level of each character; odd ones run from right to left."""
    kinds = _kinds(text)
    joined: list[int] = []  # the first character of each entry
    for at, kind in enumerate(kinds):
        if not at or kind not in _STRONG or kinds[at - 1] != kind:
            joined.append(at)
    storage: dict[str, Any] = {
        "base_level": base,
        "base_dir": "LR"[base],
        "chars": [
            {"ch": text[at], "level": base, "type": kinds[at], "orig": kinds[at], "entry": entry}
            for entry, at in enumerate(joined)
        ],
        "runs": algorithm.deque(),
    }
    algorithm.explicit_embed_and_overrides(storage)
    algorithm.resolve_weak_types(storage)
    _resolve_brackets(storage["chars"], base)
    algorithm.resolve_neutral_types(storage, False)
    algorithm.resolve_implicit_levels(storage, False)
    by_entry = [base] * len(joined)
    for each in storage["chars"]:
        by_entry[each["entry"]] = each["level"]
    ends = [*joined[1:], len(text)]
    return tuple(level for level, begin, end in zip(by_entry, joined, ends, strict=True) for _ in range(begin, end))


def _kinds(text: str) -> list[str]:
    kinds = [bidirectional(character) or "L" for character in text]
    for at, character in enumerate(text):
        if kinds[at] == "NSM" and at:
            kinds[at] = kinds[at - 1]
        elif (
            character in _SIGNS
            and kinds[at + 1 : at + 2] == ["EN"]
            and (not at or kinds[at - 1] in ("WS", "ON") or text[at - 1] in "([")
        ):
            kinds[at] = "EN"  # a sign belongs to its number and stands before it
    return kinds


def _resolve_brackets(chars: list[dict[str, Any]], base: int) -> None:
    """Both brackets of a pair run the same way (rule N0, which python-bidi leaves out)."""
    stack: list[int] = []
    pairs = []
    for at, each in enumerate(chars):
        if each["type"] not in _NEUTRAL:
            continue
        if each["ch"] in _OPENING:
            stack.append(at)
        elif each["ch"] in _CLOSING:
            for place in range(len(stack) - 1, -1, -1):
                if _OPENING[chars[stack[place]]["ch"]] == each["ch"]:
                    pairs.append((stack[place], at))
                    del stack[place:]
                    break
    embedding = "LR"[base]
    other = "RL"[base]
    for begin, end in sorted(pairs):
        inside = {_as_strong(each["type"]) for each in chars[begin + 1 : end]}
        if embedding in inside:
            chosen = embedding
        elif other in inside:
            before = next((s for each in reversed(chars[:begin]) if (s := _as_strong(each["type"]))), embedding)
            chosen = other if before == other else embedding
        else:
            continue
        chars[begin]["type"] = chars[end]["type"] = chosen


def _as_strong(kind: str) -> str:
    return "R" if kind in ("R", "EN", "AN") else "L" if kind == "L" else ""


def visual(found: Sequence[int]) -> list[int]:
    """The places of the pieces of a line from left to right, by their levels (rule L2)."""
    places = list(range(len(found)))
    highest = max(found, default=0)
    lowest_odd = min((level for level in found if level % 2), default=highest + 1)
    for level in range(highest, lowest_odd - 1, -1):
        at = 0
        while at < len(places):
            end = at
            while end < len(places) and found[places[end]] >= level:
                end += 1
            if end > at:
                places[at:end] = reversed(places[at:end])
            at = end + 1
    return places
