"""The whole table, and the rooms whose addresses it must hold, each of them."""

from collections.abc import Iterator
from importlib import import_module
from typing import Any

from tests.routes import table_sections

ROWS = [*table_sections.ROWS]
# Modules of addresses: every named one of theirs is in the table.
COVERED = ["reporting.reports.urls_section"]


def names(patterns: list[Any], namespace: str = "") -> Iterator[str]:
    """The names of all addresses below ``patterns``, with their namespace."""
    for each in patterns:
        if hasattr(each, "url_patterns"):
            inner = f"{each.namespace}:" if each.namespace else ""
            yield from names(each.url_patterns, namespace + inner)
        elif each.name:
            yield namespace + each.name


def covered() -> set[str]:
    return {name for module in COVERED for name in names(import_module(module).urlpatterns)}
