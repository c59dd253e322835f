"""JSON: the document itself, in one spelling, and back again without loss."""

import dataclasses
import json
import typing
from datetime import datetime
from decimal import Decimal, InvalidOperation
from functools import cache
from typing import Any

from exports import document as shapes
from exports.document import Document

SCHEMA = "servanda.document"
NUMBER = 1

_SHAPES = {
    name: shape for name, shape in vars(shapes).items() if isinstance(shape, type) and dataclasses.is_dataclass(shape)
}


class DocumentInvalid(ValueError):
    """The file is no document of this schema; the text says where and why."""


def render(document: Document) -> bytes:
    """UTF-8, keys in order, no blanks; fields that say nothing are left out."""
    content = {"schema": SCHEMA, "number": NUMBER, "document": _out(document)}
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def load(data: bytes) -> Document:
    """The document of a file that ``render`` made, equal to the one that it was made of.

    Raises DocumentInvalid.
    """
    try:
        content = json.loads(data)
    except ValueError as error:
        raise DocumentInvalid(f"This is not JSON: {error}") from error
    if not isinstance(content, dict) or (content.get("schema"), content.get("number")) != (SCHEMA, NUMBER):
        raise DocumentInvalid(f"The file does not say that it is {SCHEMA}, number {NUMBER}.")
    document = _in(content.get("document"), "document")
    if not isinstance(document, Document):
        raise DocumentInvalid("The file holds no document.")
    return document


def _out(value: object) -> Any:
    if isinstance(value, Decimal):
        return {"number": str(value)}
    if isinstance(value, datetime):
        return {"moment": value.isoformat()}
    if isinstance(value, tuple):
        return [_out(item) for item in value]
    if not dataclasses.is_dataclass(value):
        return value
    content = {"is": type(value).__name__}
    for field in dataclasses.fields(value):
        item = getattr(value, field.name)
        if item != field.default or type(item) is not type(field.default):
            content[field.name] = _out(item)
    return content


def _in(value: Any, place: str) -> Any:
    if isinstance(value, list):
        return tuple(_in(item, f"{place}[{at}]") for at, item in enumerate(value))
    if not isinstance(value, dict):
        return value
    try:
        if value.keys() == {"number"}:
            return Decimal(value["number"])
        if value.keys() == {"moment"}:
            return datetime.fromisoformat(value["moment"])
        shape = _SHAPES[value["is"]]
        made = shape(**{name: _in(item, f"{place}.{name}") for name, item in value.items() if name != "is"})
    except (KeyError, TypeError, ValueError, InvalidOperation) as error:
        if isinstance(error, DocumentInvalid):
            raise
        raise DocumentInvalid(f"{place} cannot be read: {error}") from error
    for name, hint in _hints(shape).items():
        if not _fits(getattr(made, name), hint):
            raise DocumentInvalid(f"{place}.{name} is not what stands there in this schema.")
    if isinstance(made, shapes.Table) and any(len(row) != len(made.head) for row in made.rows):
        raise DocumentInvalid(f"{place}.rows are not all as long as the head of the table.")
    return made


@cache
def _hints(shape: type) -> dict[str, Any]:
    return typing.get_type_hints(shape)


def _fits(value: object, hint: Any) -> bool:
    inside = typing.get_args(hint)
    if typing.get_origin(hint) is tuple:
        return isinstance(value, tuple) and all(_fits(each, inside[0]) for each in value)
    if inside:
        return any(_fits(value, each) for each in inside)
    return type(value) is hint
