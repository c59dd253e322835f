"""Single form fields of an answer: what a page changed of it, and what could not be read.

A field is named as in ``Kind.to_post``, without the prefix: "cell-m1/m1/2024", "source-f1-method".
"""

from collections.abc import Iterable, Mapping
from typing import Any

from reporting.questionnaires.kinds.base import Content, Definition, FieldError, Kind
from reporting.questionnaires.kinds.layout import printed

_PREFIX = "q"
_INNER = {"cells": "cell", "notes": "note", "rows": "row", "sources": "source"}


def field_of(path: str) -> str:
    """The field at a path of the content: "cells/m1/m1/2024" is "cell-m1/m1/2024"."""
    head, _slash, rest = path.partition("/")
    if not rest:
        return path
    if head == "breakdowns":
        dimension, _slash, rest = rest.partition("/")
        return f"by-{dimension}-{field_of(rest)}" if rest else f"by-{dimension}"
    if head in {"cells", "notes"}:
        return f"{_INNER[head]}-{rest}"
    start = f"{_INNER[head]}-" if head in _INNER else ""
    return f"{start}{rest.replace('/', '-')}"


def shown(kind: Kind, content: Mapping[str, Any]) -> dict[str, str]:
    """The fields of a content as the page shows them: marks in words."""
    fields = kind.to_post(content, _PREFIX)
    return {name[len(_PREFIX) + 1 :]: printed(text) if "cell-" in name else str(text) for name, text in fields.items()}


def with_fields(
    kind: Kind, base: Mapping[str, Any], changed: Mapping[str, str], definition: Definition, years: list[int]
) -> tuple[Content, dict[str, str]]:
    """The content with some fields changed, and by field a sentence for each that could not be read.

    What could not be read stays as it was.
    """
    before = kind.to_post(base, _PREFIX)
    typed = {**before, **{f"{_PREFIX}-{name}": text for name, text in changed.items()}}
    given = kind.from_post(typed, _PREFIX)
    content, found = kind.clean(given, definition, years)
    errors = {field_of(each.path): each.sentence for each in left(content, base, given, found)}
    unread = {f"{_PREFIX}-{name}" for name in errors.keys() & changed.keys()}
    if unread:
        # In its place: rows stand in the order of their fields.
        as_was = {name: before[name] if name in unread else text for name, text in typed.items() if name in before}
        typed = {**as_was, **{name: text for name, text in typed.items() if name not in {*before, *unread}}}
        given = kind.from_post(typed, _PREFIX)
        content, found = kind.clean(given, definition, years)
        left(content, base, given, found)
    return content, errors


def left(
    cleaned: Content, stored: Mapping[str, Any], typed: Mapping[str, Any], errors: Iterable[FieldError]
) -> list[FieldError]:
    """The errors without those of cells that nobody touched; these go back into ``cleaned`` as they are stored.

    A figure that was kept before a rule came must neither be lost nor stand in the way of a save.
    """
    rest = []
    for each in errors:
        cells, key = _cell_of(stored, each.path)
        was, now = str(cells.get(key, "")), str(_cell_of(typed, each.path)[0].get(key, ""))
        if was and printed(now) == printed(was):
            _place(cleaned, each.path)[key] = was
        else:
            rest.append(each)
    return rest


def _cell_of(content: Mapping[str, Any], path: str) -> tuple[Mapping[str, Any], str]:
    head, _slash, rest = path.partition("/")
    if head == "breakdowns":
        dimension, _slash, rest = rest.partition("/")
        return _cell_of(content.get("breakdowns", {}).get(dimension, {}), rest)
    return (content.get("cells") or {}, rest) if head == "cells" else ({}, "")


def _place(content: Content, path: str) -> dict[str, Any]:
    head, _slash, rest = path.partition("/")
    if head == "breakdowns":
        return _place(content.setdefault("breakdowns", {}).setdefault(rest.partition("/")[0], {}), "cells/")
    found: dict[str, Any] = content.setdefault("cells", {})
    return found
