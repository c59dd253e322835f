"""What the services of this room refuse besides."""

from typing import Any

from accounts.exceptions import Refused


class Stale(Refused):
    """Somebody else saved meanwhile; ``theirs`` holds what stands now, by field, where both sides differ."""

    def __init__(self, reason: str, *, number: int, theirs: dict[str, Any]) -> None:
        super().__init__(reason)
        self.number = number
        self.theirs = theirs
