"""What a page sends when it saves by itself, in JSON.

    {"id": UUID of this save, "for": id of the account, "why": "editorial" or absent,
     "answers": {"12": {"v": 3, "text": {KEY: TEXT or null}, "after": {KEY: KEY}, "was": {KEY: TEXT},
                        "declined": {KEY: TEXT}}
                 or   {"v": 3, "box": TEXT, "was": TEXT}
                 or   {"v": 3, "fields": {FIELD: TEXT}}}}

All but "id", "answers" and "v" may be absent. The reply says the same way what the page has to change
(presenters/changes).
"""

import json
import uuid
from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from reporting.reports.choices import Why
from reporting.reports.services.changes import TextEdit
from reporting.reports.services.typed import MAX_PARAGRAPH
from reporting.text.changes import Box, Changes

MOST_FIELDS = 5000  # of one table; more than any page has


class Unreadable(ValueError):
    """The page sent what no page sends."""


class ChangesForm:
    """The changes of one save; paragraphs that cannot be kept are left out and told in ``errors``, by key."""

    def __init__(self, body: bytes | str) -> None:
        """Raises Unreadable."""
        try:
            data = json.loads(body)
            self.attempt = uuid.UUID(data["id"])
            self.account = int(data["for"]) if "for" in data else None
            self.answers = {int(pk): _object(each) for pk, each in _object(data["answers"]).items()}
        except (ValueError, KeyError, TypeError, RecursionError) as error:
            raise Unreadable from error
        self.why = Why.EDITORIAL if data.get("why") == Why.EDITORIAL else Why.DRAFT
        self.errors: dict[str, str] = {}
        self.edits = [self._edit(pk, each) for pk, each in self.answers.items()]

    def _edit(self, pk: int, said: Mapping[str, Any]) -> TextEdit:
        version = said.get("v")
        if not isinstance(version, int) or version < 0:
            raise Unreadable
        changes: Changes | Box
        if "fields" in said:
            fields = _object(said["fields"])
            if len(fields) > MOST_FIELDS or not all(isinstance(text, str) for text in fields.values()):
                raise Unreadable
            return TextEdit(pk, version, Changes(), fields=fields)
        if "box" in said:
            was = said.get("was")
            if not isinstance(said["box"], str) or not isinstance(was, str | None):
                raise Unreadable
            return TextEdit(pk, version, Box(said["box"], was))
        text = _texts(said.get("text"), or_none=True)
        for key, each in list(text.items()):
            if each is not None and len(each) > MAX_PARAGRAPH:
                self.errors[key] = _("Split this paragraph in two: it is longer than can be kept.")
                del text[key]
        after, was = _texts(said.get("after")), _texts(said.get("was"))
        changes = Changes(text, {key: each for key, each in after.items() if key not in self.errors}, was)
        return TextEdit(pk, version, changes, _texts(said.get("declined")))


def _object(value: Any) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise Unreadable
    return value


def _texts(value: Any, *, or_none: bool = False) -> dict[str, Any]:
    """A mapping of identifiers of paragraphs to texts, or to identifiers."""
    found = _object({} if value is None else value)
    result = {}
    for key, each in found.items():
        if not (isinstance(each, str) or (or_none and each is None)):
            raise Unreadable
        try:
            result[str(uuid.UUID(key))] = each
        except ValueError as error:
            raise Unreadable from error
    return result
