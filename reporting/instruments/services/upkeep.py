"""Corrections by a catalogue editor; the next load of the catalogue keeps them."""

from typing import Any

from django.db import transaction

from accounts import history, permissions
from accounts.models import User
from reporting.instruments.models import Instrument, Provision, Theme
from reporting.instruments.permissions import EDIT_CATALOGUE
from reporting.text.folding import fold


@transaction.atomic
def correct(row: Any, *, fields: list[str], by: User) -> None:
    """Save ``row`` with the changed ``fields`` and mark them, so that no load takes them back.

    Raises Refused when ``by`` is not a catalogue editor.
    """
    permissions.require(by, EDIT_CATALOGUE, row)
    if not fields:
        return
    if hasattr(row, "corrected"):
        row.corrected = sorted({*row.corrected, *fields})
    if hasattr(row, "folded"):
        row.folded = fold(" ".join(searched(row)))
    row.save()
    history.record(
        f"{row._meta.model_name}.correct", by=by, subject=row, chain=history.INSTALLATION, fields=", ".join(fields)
    )


def searched(row: Instrument | Provision | Theme) -> list[str]:
    """The words by which a row is found, in the languages that it has."""
    if isinstance(row, Provision):
        return [f"{row.instrument.code} {row.article}{row.paragraph}", row.label]
    translated = [text for words in row.translations.values() for text in words.values()]
    if isinstance(row, Theme):
        return [row.title, row.remark, *translated]
    return [row.code, row.short_name, row.title, row.also_known_as, *translated]
