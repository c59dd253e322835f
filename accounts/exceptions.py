"""Errors that speak to the reader."""

from enum import Enum


class Denial(Enum):
    """Why the door stayed shut, which decides how it is answered."""

    NO_RIGHT = 403  # one may see it, or it is a report or section of one's own State
    HIDDEN = 404  # one may not know that it exists
    STATE = 409  # one has the right, but not now


class Refused(Exception):
    """An act that may not happen, with a reason fit to show."""

    def __init__(self, reason: str, denial: Denial = Denial.STATE) -> None:
        super().__init__(reason)
        self.reason = str(reason)
        self.denial = denial


class NotReady(Refused):
    """A move whose requirements are not met; ``missing`` lists sentences, each with an address or ""."""

    def __init__(self, reason: str, missing: list[tuple[str, str]]) -> None:
        super().__init__(reason)
        self.missing = missing
