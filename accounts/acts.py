"""What the workflow of every room is made of: acts, rights, moves and their tables.

An act is something that a person may do to a subject. It lists the ways to hold the right
(an object permission or a rule by membership) and what must be so for it to happen now. A
move is an act that takes a subject from one state to another. Both are data: buttons,
services, docs/workflow.md and the tests read the same rows. Nothing here asks the database.
"""

from collections.abc import Callable, Iterator, Mapping, Set
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

    from accounts.permissions import Person

    Sentence = str | _StrPromise

# Looks at the subject; returns the reason why it cannot be done now, or None.
Condition = Callable[[Any], "Sentence | None"]
# Looks at a person and a subject; says whether this way of holding the right applies.
Test = Callable[["Person", Any], bool]


@dataclass(frozen=True)
class Right:
    """One way to hold an act: who, and what must be so besides for those who hold it this way."""

    holds: Test
    only_while: tuple[Condition, ...] = ()


def held(permission: str, *, on: Callable[[Any], Any] | None = None, only_while: tuple[Condition, ...] = ()) -> Right:
    """The right of those who were granted ``permission`` on the subject, or on what ``on`` finds from it."""

    def holds(person: "Person", subject: Any) -> bool:
        return person.holds(permission, on(subject) if on else subject)

    return Right(holds, only_while)


@dataclass(frozen=True)
class Act:
    """Something that a person may do to a subject.

    ``denial`` is the sentence for those who hold none of ``rights``; ``sees`` names the act of
    reading the subject, where whoever may not read it must not learn that it exists (404, not 403).
    """

    name: str
    rights: tuple[Right, ...]
    denial: "Sentence"
    only_while: tuple[Condition, ...] = ()
    sees: "Act | None" = None
    # Reading acts: to those without the right the subject does not exist.
    hidden: bool = False


@dataclass(frozen=True)
class Attempt:
    """A move as somebody tries it: who, the reason given, and what else the form said."""

    by: "Person"
    reason: str = ""
    facts: Mapping[str, Any] = field(default_factory=dict)


# Looks at subject and attempt; returns the sentence that says what is missing, or None.
Requirement = Callable[[Any, Attempt], "Sentence | None"]


def asked_in_form(requirement: Requirement) -> Requirement:
    """Mark a requirement that the form itself fulfils: a button is not disabled for want of it."""
    requirement.asked_in_form = True  # type: ignore[attr-defined]
    return requirement


@dataclass(frozen=True)
class Move:
    """One row of a workflow table."""

    name: str
    sources: Set[Any]
    target: str
    needs: Act
    label: "Sentence"
    requires: tuple[Requirement, ...] = ()

    def __post_init__(self) -> None:
        object.__setattr__(self, "sources", frozenset(str(source) for source in self.sources))
        object.__setattr__(self, "target", str(self.target))
        object.__setattr__(self, "requires", tuple(self.requires))

    @property
    def asks_reason(self) -> bool:
        """Whether the form of this move has a box for the reason."""
        return any(getattr(requirement, "asks_reason", False) for requirement in self.requires)


class Moves(Mapping[str, Move]):
    """A workflow table: moves by name, and conditions that all of them share."""

    def __init__(self, *moves: Move, also: tuple[Condition, ...] = ()) -> None:
        self._moves = {move.name: move for move in moves}
        if len(self._moves) != len(moves):
            raise ValueError("Two moves of one table have the same name.")
        self.also = also

    def __getitem__(self, name: str) -> Move:
        return self._moves[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._moves)

    def __len__(self) -> int:
        return len(self._moves)

    def from_state(self, status: str) -> list[Move]:
        """The moves that the table allows from ``status``, in the table's order."""
        return [move for move in self._moves.values() if status in move.sources]


def table(*moves: Move, also: tuple[Condition, ...] | list[Condition] = ()) -> Moves:
    return Moves(*moves, also=tuple(also))
