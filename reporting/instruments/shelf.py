"""What rooms above show on the page of an instrument: a list of links under a heading."""

from collections.abc import Callable
from typing import Any, NamedTuple


class Link(NamedTuple):
    label: str
    url: str
    note: str = ""


class Shelf(NamedTuple):
    heading: str
    links: list[Link]


_shelves: list[Callable[[Any, Any], Shelf]] = []


def shelf(function: Callable[[Any, Any], Shelf]) -> Callable[[Any, Any], Shelf]:
    """Register, in ``AppConfig.ready``, a function of the reader and an instrument."""
    if function not in _shelves:
        _shelves.append(function)
    return function


def shelves_for(user: Any, instrument: Any) -> list[Shelf]:
    """The shelves that hold something."""
    filled = [function(user, instrument) for function in _shelves]
    return [found for found in filled if found.links]
