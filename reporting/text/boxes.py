"""An answer in one text box: paragraphs with blank lines between them, and back again.

What comes back is matched to the paragraphs that were there, so that comments and history stay attached.
"""

import re
from collections.abc import Callable, Sequence

from reporting.text.differences import likeness
from reporting.text.pieces import Piece
from reporting.text.sequences import matches

_BLANK_LINES = re.compile(r"\n[^\S\n]*(?:\n[^\S\n]*)+")
_DEFINITION = re.compile(r"\[\^([^\]\s]+)\]:")
_ALIKE = 0.5
# Among many rewritten paragraphs only those about as far down are compared, and beyond all measure none, so that a
# long box stays quick. The numbers are pairs, steps down, pairs.
_FEW, _NEAR, _TOO_MANY = 900, 12, 250_000


def join(pieces: Sequence[Piece]) -> str:
    """The text of one box: a blank line between paragraphs. Empty paragraphs leave nothing."""
    return "\n\n".join(piece.text.strip("\n") for piece in pieces if piece.text.strip())


def split(text: str, old: Sequence[Piece], new_key: Callable[[], str]) -> list[Piece]:
    """The paragraphs of a box, each under the key of the paragraph of ``old`` that it was, or a new one.

    Identical paragraphs keep their keys, also when they moved; of the others, in order, those that are at least half
    alike. A list with single line ends stays in its paragraph; the definition of a footnote joins the paragraph that
    refers to it; blank lines inside an old paragraph do not cut it while it is unchanged.
    """
    parts = _parts(text, old)
    matched = _identical(parts, old)
    for place, index in _alike(parts, old, matched):
        matched[place] = index
    return [
        # The old text itself where only blank lines differ: an unchanged paragraph gets no new version.
        Piece(old[matched[place]].key, old[matched[place]].text)
        if place in matched and _tight(old[matched[place]].text) == _tight(part)
        else Piece(old[matched[place]].key if place in matched else new_key(), part)
        for place, part in enumerate(parts)
    ]


def _tight(text: str) -> str:
    return _BLANK_LINES.sub("\n", text).strip()


def _cut(text: str) -> list[str]:
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return [part.strip("\n").rstrip() for part in _BLANK_LINES.split(lines) if part.strip()]


def _parts(text: str, old: Sequence[Piece]) -> list[str]:
    """The box cut at blank lines, with old paragraphs that hold such lines, and footnotes, put together again."""
    together = [cut for piece in old if len(cut := _cut(piece.text)) > 1]
    together.sort(key=len, reverse=True)
    cuts = _cut(text)
    parts: list[str] = []
    place = 0
    while place < len(cuts):
        whole = next((cut for cut in together if cuts[place : place + len(cut)] == cut), None)
        if whole:
            parts.append("\n\n".join(whole))
            place += len(whole)
            continue
        definition = _DEFINITION.match(cuts[place])
        referring = _referring(parts, definition.group(1)) if definition else None
        if referring is None:
            parts.append(cuts[place])
        else:
            parts[referring] += "\n" + cuts[place]
        place += 1
    return parts


def _referring(parts: Sequence[str], label: str) -> int | None:
    """The nearest part above with the mark of this footnote and without its definition."""
    for index in range(len(parts) - 1, -1, -1):
        if f"[^{label}]" in parts[index] and f"[^{label}]:" not in parts[index]:
            return index
    return None


def _identical(parts: Sequence[str], old: Sequence[Piece]) -> dict[int, int]:
    """Index of the old paragraph by index of the equal part: first those in order, then those that moved."""
    olds, news = [_tight(piece.text) for piece in old], [_tight(part) for part in parts]
    matched = {place: index for index, place in matches(olds, news)}
    left: dict[str, list[int]] = {}
    for index in sorted(set(range(len(old))) - set(matched.values()), reverse=True):
        left.setdefault(olds[index], []).append(index)
    for place, text in enumerate(news):
        if place not in matched and left.get(text):
            matched[place] = left[text].pop()
    return matched


def _alike(parts: Sequence[str], old: Sequence[Piece], matched: dict[int, int]) -> list[tuple[int, int]]:
    """Pairs (part, old paragraph) of the rest, uncrossed among themselves, with the greatest likeness altogether."""
    news = [place for place in range(len(parts)) if place not in matched]
    olds = sorted(set(range(len(old))) - set(matched.values()))
    if len(news) * len(olds) > _TOO_MANY:
        return []
    few = len(news) * len(olds) <= _FEW
    best = [[0.0] * (len(olds) + 1) for _ in range(len(news) + 1)]
    for i, place in enumerate(news, start=1):
        for j, index in enumerate(olds, start=1):
            alike = 0.0
            if few or abs(i * len(olds) - j * len(news)) <= _NEAR * max(len(olds), len(news)):
                alike = likeness(old[index].text, parts[place], at_least=_ALIKE)
            paired = best[i - 1][j - 1] + alike if alike >= _ALIKE else 0.0
            best[i][j] = max(best[i - 1][j], best[i][j - 1], paired)
    pairs: list[tuple[int, int]] = []
    i, j = len(news), len(olds)
    while i and j:
        if best[i][j] == best[i - 1][j]:
            i -= 1
        elif best[i][j] == best[i][j - 1]:
            j -= 1
        else:
            i, j = i - 1, j - 1
            pairs.append((news[i], olds[j]))
    return pairs[::-1]
