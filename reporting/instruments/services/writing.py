"""Rows made to say what the files say: few statements, none where nothing changed, corrections kept."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django.db import models

Values = dict[str, Any]


def bring_up_to_date(
    model: type[models.Model],
    wanted: Mapping[Any, Values],
    existing: Iterable[Any],
    *,
    key: Callable[[Any], Any],
    keep: Callable[[Any], Iterable[str]] | None = None,
    remove: bool = False,
) -> tuple[dict[Any, Any], int]:
    """Create and change rows of ``model`` so that they have the ``wanted`` values.

    ``key`` finds the key of a row; ``keep`` names the fields of a row that stay as they are; with ``remove``, rows that
    are not wanted go. Returns the rows by key, and how many changed.
    """
    rows = {key(row): row for row in existing}
    new, changed, fields = [], [], set()
    for wanted_key, values in wanted.items():
        row = rows.get(wanted_key)
        if row is None:
            rows[wanted_key] = row = model(**values)
            new.append(row)
            continue
        kept = set(keep(row)) if keep else set()
        differing = [name for name, value in values.items() if name not in kept and _differs(getattr(row, name), value)]
        for name in differing:
            setattr(row, name, values[name])
        if differing:
            changed.append(row)
            fields.update(differing)
    manager = model._default_manager
    if new:
        manager.bulk_create(new, batch_size=400)
    if changed:
        manager.bulk_update(changed, sorted(fields), batch_size=200)
    surplus = [row.pk for row_key, row in rows.items() if row_key not in wanted] if remove else []
    if surplus:
        manager.filter(pk__in=surplus).delete()
        rows = {row_key: row for row_key, row in rows.items() if row_key in wanted}
    return rows, len(new) + len(changed) + len(surplus)


def _differs(stored: Any, value: Any) -> bool:
    """Whether a value is another one; Decimal 1 is 1, and a lazy text is its text."""
    return bool(stored != value)


def corrected(row: Any) -> list[str]:
    """The fields that a catalogue editor corrected; the words that search finds follow them."""
    return row.corrected
