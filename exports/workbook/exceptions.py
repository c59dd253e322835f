"""What stops a workbook."""

from typing import Any

from accounts.exceptions import Refused
from exports.workbook.sentences import say


class Unfit(Refused):
    """A file that is not read at all; ``code`` is one of sentences.FILE."""

    def __init__(self, code: str, **said: Any) -> None:
        super().__init__(say(code, said))
        self.code = code


class Moved(Exception):
    """Between the preview and Apply something changed: the person looks once more."""


class Undecided(Exception):
    """A clash has no choice yet."""
