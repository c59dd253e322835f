"""What rooms above add to the crosswalk: which provisions a State has answered, and asked cooperation for.

A room registers a function in ``AppConfig.ready``. It takes the reader and returns pairs of an instrument's id and an
article ("16"), of the reader's own State only; without any registered, nothing is marked.
"""

from collections.abc import Callable, Iterable

from accounts.models import User

Pairs = Iterable[tuple[int, str]]
_answered: list[Callable[[User], Pairs]] = []
_requested: list[Callable[[User], Pairs]] = []


def answered(function: Callable[[User], Pairs]) -> Callable[[User], Pairs]:
    """Register a function that finds the provisions answered by the reader's State."""
    if function not in _answered:
        _answered.append(function)
    return function


def requested(function: Callable[[User], Pairs]) -> Callable[[User], Pairs]:
    """Register a function that finds the provisions for which the reader's State asks technical cooperation."""
    if function not in _requested:
        _requested.append(function)
    return function


def answered_by(user: User) -> set[tuple[int, str]]:
    return {pair for function in _answered for pair in function(user)}


def requested_by(user: User) -> set[tuple[int, str]]:
    return {pair for function in _requested for pair in function(user)}
