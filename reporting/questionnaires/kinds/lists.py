"""Kinds whose content is a list of entries, each with a key that it keeps for life."""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, ClassVar

from django.utils.translation import gettext as _

from reporting.questionnaires.kinds import values
from reporting.questionnaires.kinds.base import Block, Content, Definition, FieldError, Kind, Other, named_texts
from reporting.questionnaires.kinds.simple import Reader, read

_KEY = re.compile(r"\w{1,40}", re.ASCII)  # may stand in the name of a form field and in a path


class Entries(Kind):
    """A list under one name; form fields are ``PREFIX-KEY-NAME``, in the order of the list."""

    listed: ClassVar[str]
    fields: ClassVar[dict[str, Reader]]
    block: ClassVar[str]
    # Names of entries that hold the id of a row; "library" names where the entry was taken from and is not printed.
    ids: ClassVar[tuple[str, ...]] = ("library",)
    texts: ClassVar[tuple[str, ...]]  # the names of what is words

    def clean(
        self, content: Mapping[str, Any], definition: Definition, years: list[int]
    ) -> tuple[Content, list[FieldError]]:
        entries: list[dict[str, Any]] = []
        errors: list[FieldError] = []
        for key, entry in keyed(content.get(self.listed) or []).items():
            kept, unread = read(entry, self.fields, f"{self.listed}/{key}/")
            errors += unread
            if kept.keys() - {"library"}:
                entries.append({"key": key, **kept, **{name: int(kept[name]) for name in self.ids if name in kept}})
                reason = self.incomplete(kept)
                if reason and not unread:
                    errors.append(FieldError(f"{self.listed}/{key}/title", reason))
        return ({self.listed: entries} if entries else {}), errors

    def incomplete(self, entry: Mapping[str, str]) -> str | None:
        """A sentence where the entry lacks what a reader needs to find it; it is kept all the same."""
        return None if entry.get("title") else _("Give the title.")

    def is_answered(self, content: Mapping[str, Any], paragraphs: Sequence[str]) -> bool:
        return bool(content.get(self.listed))

    def from_post(self, data: Mapping[str, str], prefix: str) -> Content:
        return {self.listed: posted_entries(data, prefix, self.fields)}

    def to_post(self, content: Mapping[str, Any], prefix: str) -> dict[str, str]:
        return {
            f"{prefix}-{entry['key']}-{name}": str(entry.get(name, ""))
            for entry in content.get(self.listed, [])
            for name in self.fields
        }

    def blocks(self, content: Mapping[str, Any], definition: Definition, years: list[int]) -> list[Block]:
        printed = [name for name in self.fields if name != "library"]
        items = [{name: entry.get(name, "") for name in printed} for entry in content.get(self.listed, [])]
        return [{"type": self.block, "place": "annex", "items": items}] if items else []

    def with_texts(self, content: Mapping[str, Any], other: Other) -> Content:
        entries = [
            named_texts(entry, self.texts, f"{self.listed}/{entry['key']}/", other)
            for entry in content.get(self.listed, [])
        ]
        return {**content, self.listed: entries} if entries else dict(content)


def keyed(entries: Iterable[Mapping[str, Any]]) -> dict[str, Mapping[str, Any]]:
    """Entries by key, in order; one without a usable key, as from a workbook, gets its place.

    Of two with the same key the first stays.
    """
    taken: dict[str, Mapping[str, Any]] = {}
    for place, entry in enumerate(entries, start=1):
        key = str(entry.get("key") or "")
        taken.setdefault(key if _KEY.fullmatch(key) else f"e{place}", entry)
    return taken


def posted_entries(data: Mapping[str, str], prefix: str, names: Iterable[str]) -> list[dict[str, str]]:
    """Entries spelled by ``PREFIX-KEY-NAME`` fields, in the order in which their keys first stand in the form."""
    wanted = set(names)
    entries: dict[str, dict[str, str]] = {}
    for field, value in data.items():
        if not field.startswith(f"{prefix}-"):
            continue
        key, _dash, name = field[len(prefix) + 1 :].rpartition("-")
        if key and name in wanted:
            entries.setdefault(key, {"key": key})[name] = value
    return list(entries.values())


def _attachment(value: Any) -> str:
    return _id(value, _("Upload the file again; the reference to it was lost."))


def _library(value: Any) -> str:
    return _id(value, _("Cite this from the library again; the reference to it was lost."))


def _id(value: Any, lost: str) -> str:
    text = values.one_line(value)
    if text and not (text.isascii() and text.isdecimal() and len(text) < 19):
        raise values.Unreadable(lost)
    return text


class LegalReferences(Entries):
    """``{"references": [{"key", "title", "number", "date", "article", "link", "library"}]}``; block "references" with
    items. The last is the id of the item of the library that the entry was taken from."""

    name = "legal_references"
    listed = "references"
    block = "references"
    texts = ("title", "number", "date", "article")
    fields: ClassVar[dict[str, Reader]] = {
        "title": values.one_line,
        "number": values.one_line,
        "date": values.day_or_text,
        "article": values.one_line,
        "link": values.address,
        "library": _library,
    }


class Files(Entries):
    """``{"files": [{"key", "title", "link", "language", "attachment", "library"}]}``; the last two are the ids of an
    attachment and of the item of the library that it was taken from."""

    name = "files"
    listed = "files"
    block = "files"
    texts = ("title", "language")
    fields: ClassVar[dict[str, Reader]] = {
        "title": values.one_line,
        "link": values.address,
        "language": values.one_line,
        "attachment": _attachment,
        "library": _library,
    }
    ids = ("attachment", "library")

    def incomplete(self, entry: Mapping[str, str]) -> str | None:
        if not entry.get("title"):
            return _("Give the title.")
        return (
            None if entry.get("link") or entry.get("attachment") else _("Give the address of the file, or upload it.")
        )
