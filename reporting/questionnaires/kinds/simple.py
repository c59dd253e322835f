"""Kinds whose content is a few named values."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from typing import Any, ClassVar

from django.utils.translation import gettext as _

from reporting.questionnaires.kinds import values
from reporting.questionnaires.kinds.base import Block, Content, Definition, FieldError, Kind, Other, named_texts

Reader = Callable[[Any], str]


def read(
    content: Mapping[str, Any], fields: Mapping[str, Reader], path: str = ""
) -> tuple[dict[str, str], list[FieldError]]:
    """Named values, each through its reader; empty ones are left out."""
    kept: dict[str, str] = {}
    errors: list[FieldError] = []
    for name, reader in fields.items():
        try:
            value = reader(content.get(name))
        except values.Unreadable as unreadable:
            errors.append(FieldError(f"{path}{name}", str(unreadable)))
        else:
            if value:
                kept[name] = value
    return kept, errors


class Narrative(Kind):
    """Paragraphs; the content is ``{}``."""

    name = "narrative"
    has_text = True

    def clean(
        self, content: Mapping[str, Any], definition: Definition, years: list[int]
    ) -> tuple[Content, list[FieldError]]:
        return {}, []

    def is_answered(self, content: Mapping[str, Any], paragraphs: Sequence[str]) -> bool:
        return any(text.strip() for text in paragraphs)

    def missing(self, content: Mapping[str, Any], definition: Definition, years: list[int]) -> int:
        return 0

    def from_post(self, data: Mapping[str, str], prefix: str) -> Content:
        return {}

    def to_post(self, content: Mapping[str, Any], prefix: str) -> dict[str, str]:
        return {}


class _Fields(Kind):
    """Content of named values, one form field each: ``PREFIX-NAME``."""

    fields: ClassVar[dict[str, Reader]]
    answers: ClassVar[str]  # the name of the value that is the answer
    texts: ClassVar[tuple[str, ...]] = ()  # the names of the values that are words

    def clean(
        self, content: Mapping[str, Any], definition: Definition, years: list[int]
    ) -> tuple[Content, list[FieldError]]:
        kept, errors = read(content, self.fields)
        return dict(kept), errors

    def is_answered(self, content: Mapping[str, Any], paragraphs: Sequence[str]) -> bool:
        return bool(content.get(self.answers))

    def from_post(self, data: Mapping[str, str], prefix: str) -> Content:
        return {name: data[f"{prefix}-{name}"] for name in self.fields if f"{prefix}-{name}" in data}

    def to_post(self, content: Mapping[str, Any], prefix: str) -> dict[str, str]:
        return {f"{prefix}-{name}": str(content.get(name, "")) for name in self.fields}

    def with_texts(self, content: Mapping[str, Any], other: Other) -> Content:
        return named_texts(content, self.texts, "", other)


CHOICES = ("yes", "partly", "no")


def _choice(value: Any) -> str:
    text = values.one_line(value).lower()
    if text and text not in CHOICES:
        raise values.Unreadable(_("Choose yes, partly or no."))
    return text


class Choice(_Fields):
    """``{"choice": "yes" | "partly" | "no"}``: an internal checklist; only the explanation (paragraphs) is printed."""

    name = "choice"
    has_text = True
    fields: ClassVar[dict[str, Reader]] = {"choice": _choice}
    answers = "choice"


class Number(_Fields):
    """``{"value", "note"}``; prints a block ``{"type": "figure", "value", "unit", "year", "source", "note"}``."""

    name = "number"
    fields: ClassVar[dict[str, Reader]] = {"value": values.number, "note": values.many_lines}
    answers = "value"
    texts = ("note",)

    def blocks(self, content: Mapping[str, Any], definition: Definition, years: list[int]) -> list[Block]:
        return _figure(content, definition)


class Indicator(_Fields):
    """``{"value", "unit", "year", "source"}``: a figure, or for a structural one a fact in words; block as Number."""

    name = "indicator"
    fields: ClassVar[dict[str, Reader]] = {
        "value": values.one_line,
        "unit": values.one_line,
        "year": values.year,
        "source": values.many_lines,
    }
    answers = "value"
    texts = ("value", "unit", "source")

    def clean(
        self, content: Mapping[str, Any], definition: Definition, years: list[int]
    ) -> tuple[Content, list[FieldError]]:
        kept, errors = read(content, self.fields)
        if years and int(kept.get("year", "0")) > years[-1] + 1:  # the figure of a year that has not ended may be there
            said = _("%(year)s lies after the time of the report, which ends with %(last)s.")
            errors.append(FieldError("year", said % {"year": kept.pop("year"), "last": years[-1]}))
        if "value" in kept:
            with suppress(values.Unreadable):  # words stay words
                kept["value"] = values.number(kept["value"]) or kept["value"]
        return dict(kept), errors

    def blocks(self, content: Mapping[str, Any], definition: Definition, years: list[int]) -> list[Block]:
        return _figure(content, definition)


def _figure(content: Mapping[str, Any], definition: Definition) -> list[Block]:
    if not content.get("value"):
        return []
    unit = content.get("unit") or definition.get("unit", "")
    others = {name: content.get(name, "") for name in ("year", "source", "note")}
    return [{"type": "figure", "place": "annex", "value": content["value"], "unit": unit, **others}]


class Date(_Fields):
    """``{"date": "2026-03-31", "note"}``; prints a block ``{"type": "date", "date", "note"}``."""

    name = "date"
    fields: ClassVar[dict[str, Reader]] = {"date": values.day, "note": values.many_lines}
    answers = "date"
    texts = ("note",)

    def blocks(self, content: Mapping[str, Any], definition: Definition, years: list[int]) -> list[Block]:
        if not content.get("date"):
            return []
        return [{"type": "date", "place": "annex", "date": content["date"], "note": content.get("note", "")}]
