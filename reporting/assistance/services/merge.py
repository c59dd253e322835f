"""Two people with the same page open: what only one of them changed is joined, the rest is put to a person."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

MINE, THEIRS, BOTH = CHOICES = ("mine", "theirs", "both")


def joined(
    base: Mapping[str, Any],
    standing: Mapping[str, Any],
    mine: Mapping[str, Any],
    *,
    same: Callable[[Any, Any], bool] = lambda one, other: one == other,
) -> tuple[dict[str, Any], dict[str, Any]]:
    """The values to write by name, and what stands now where both sides changed the same value.

    ``base`` is what ``mine`` was written from; of a name that it does not hold nobody knows who changed it.
    """
    values, both = dict(standing), {}
    for name, value in mine.items():
        now = standing.get(name)
        if same(value, now) or (name in base and same(value, base[name])):
            continue  # as it stands, or untouched by me
        values[name] = value
        if not (name in base and same(now, base[name])):
            both[name] = now
    return values, both


@dataclass(frozen=True)
class Decided:
    """What a person chose of two texts, by name; ``seen`` is the version whose texts were on the page."""

    seen: int
    choices: Mapping[str, str]


def settled(
    values: dict[str, Any], both: Mapping[str, Any], mine: Mapping[str, Any], *, number: int, decided: Decided | None
) -> bool:
    """Put what was chosen among ``values``. False where a choice is missing, or was made of other texts."""
    if decided is None or decided.seen != number or any(decided.choices.get(name) not in CHOICES for name in both):
        return not both
    for name, theirs in both.items():
        values[name] = _chosen(decided.choices[name], mine[name], theirs)
    return True


def _chosen(choice: str, mine: Any, theirs: Any) -> Any:
    """Both texts are one after the other, of a list each entry once."""
    if choice == MINE:
        return mine
    if choice == THEIRS:
        return theirs
    if isinstance(mine, list):
        theirs = theirs or []
        return [*theirs, *(each for each in mine if each not in theirs)]
    return "\n\n".join(text for text in (theirs, mine) if text)
