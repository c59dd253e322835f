"""The published schema of the JSON of a document (JSON Schema, draft 2020-12), read off its shapes. No Django.

A field may be added under the same number, with a value that it has where nothing is said; whatever else
changes the meaning of a file takes the next number.
"""

import dataclasses
import types
import typing
from datetime import datetime
from decimal import Decimal
from typing import Any

from exports.document import shapes
from exports.formats.json import NUMBER, SCHEMA

DRAFT = "https://json-schema.org/draft/2020-12/schema"

_PLAIN = {
    str: {"type": "string"},
    int: {"type": "integer"},
    bool: {"type": "boolean"},
    types.NoneType: {"type": "null"},
}
_VALUES = {
    Decimal: {
        "description": "A number as it was written, without loss.",
        "type": "object",
        "properties": {"number": {"type": "string", "pattern": r"^-?[0-9]+(\.[0-9]+)?(E[+-]?[0-9]+)?$"}},
        "required": ["number"],
        "additionalProperties": False,
    },
    datetime: {
        "description": "A moment, with its distance from universal time.",
        "type": "object",
        "properties": {"moment": {"type": "string", "format": "date-time"}},
        "required": ["moment"],
        "additionalProperties": False,
    },
}


def document_schema() -> dict[str, Any]:
    """What every file of ``exports.formats.json.render`` obeys."""
    found: dict[str, Any] = {}
    root = _of(shapes.Document, found)
    return {
        "$schema": DRAFT,
        "$id": f"urn:{SCHEMA.replace('.', ':')}:{NUMBER}",
        "title": f"{SCHEMA} {NUMBER}",
        "description": "A report, a section of one, or the letter of a request, as it is printed in every format.",
        "type": "object",
        "properties": {"schema": {"const": SCHEMA}, "number": {"const": NUMBER}, "document": root},
        "required": ["schema", "number", "document"],
        "additionalProperties": False,
        "$defs": dict(sorted(found.items())),
    }


def _of(hint: Any, found: dict[str, Any]) -> dict[str, Any]:
    """The schema of one type; shapes are put into ``found`` and referred to."""
    if hint in _PLAIN:
        return dict(_PLAIN[hint])
    if hint in _VALUES:
        found.setdefault(hint.__name__, _VALUES[hint])
        return {"$ref": f"#/$defs/{hint.__name__}"}
    if dataclasses.is_dataclass(hint):
        name = typing.cast(type, hint).__name__
        if name not in found:
            found[name] = {}  # stands before it is filled: a shape may hold itself
            found[name] = _shape(hint, found)
        return {"$ref": f"#/$defs/{name}"}
    inside = typing.get_args(hint)
    if typing.get_origin(hint) is tuple:
        return {"type": "array", "items": _of(inside[0], found)}
    return {"anyOf": [_of(each, found) for each in inside]}


def _shape(shape: Any, found: dict[str, Any]) -> dict[str, Any]:
    hints = typing.get_type_hints(shape)
    fields = dataclasses.fields(shape)
    properties = {"is": {"const": shape.__name__}} | {each.name: _of(hints[each.name], found) for each in fields}
    needed = [each.name for each in fields if {each.default, each.default_factory} == {dataclasses.MISSING}]
    return {
        "description": " ".join((shape.__doc__ or "").split()).replace("``", ""),
        "type": "object",
        "properties": properties,
        "required": ["is", *needed],
        "additionalProperties": False,
    }
