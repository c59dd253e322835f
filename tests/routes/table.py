"""The whole table, and the names that it must hold."""

from collections.abc import Iterator
from typing import Any

from tests.routes import (
    table_accounts,
    table_assistance,
    table_library,
    table_process,
    table_reference,
    table_reports,
    table_sections,
    table_translations,
)

ROWS = [
    *table_accounts.ROWS,
    *table_reference.ROWS,
    *table_reports.ROWS,
    *table_sections.ROWS,
    *table_process.ROWS,
    *table_translations.ROWS,
    *table_library.ROWS,
    *table_assistance.ROWS,
]


def names(patterns: list[Any], namespace: str = "") -> Iterator[str]:
    """The names of all addresses below ``patterns``, with their namespace."""
    for each in patterns:
        if hasattr(each, "url_patterns"):
            inner = f"{each.namespace}:" if each.namespace else ""
            yield from names(each.url_patterns, namespace + inner)
        elif each.name:
            yield namespace + each.name
