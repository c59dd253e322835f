"""Every text of a document, whatever it stands in."""

from collections.abc import Iterator
from dataclasses import fields, is_dataclass

from exports.document import Document


def strings(part: object) -> Iterator[str]:
    """The texts of a document or of a part of it, its labels with it; sheets for Excel are left out."""
    if isinstance(part, str):
        yield part
    elif isinstance(part, tuple):
        for item in part:
            yield from strings(item)
    elif isinstance(part, Document):
        for field in fields(part):
            yield from strings(getattr(part, field.name)) if field.name != "listings" else ()
    elif is_dataclass(part) and not isinstance(part, type):
        for field in fields(part):
            yield from strings(getattr(part, field.name))
