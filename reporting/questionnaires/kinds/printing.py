"""A table as a document prints it: plain data."""

from collections.abc import Mapping
from typing import Any

from reporting.questionnaires.kinds import values
from reporting.questionnaires.kinds.base import Block, Definition
from reporting.questionnaires.kinds.layout import cell_key, change, is_open, measures_of, place_of, rows_of, totals
from reporting.questionnaires.kinds.simple import Reader

SOURCE_FIELDS: dict[str, Reader] = {
    "source": values.one_line,
    "reference_date": values.one_line,
    "method": values.many_lines,
}


def main_block(content: Mapping[str, Any], definition: Definition, years: list[int]) -> Block:
    rows = rows_of(definition, content)
    cells, texts = content.get("cells", {}), content.get("notes", {})
    numbers: dict[str, int] = {}
    printed_rows = []
    for row in rows:
        for measure in row.measures:
            keys = [cell_key(row.key, measure["key"], year) for year in years]
            for key in keys:
                if key in texts:
                    numbers[key] = len(numbers) + 1
            printed_rows.append(
                _row(row.label, measure, [cells.get(key, "") for key in keys], [numbers.get(key) for key in keys])
            )
    has_measures = "fixed" in definition or is_open(definition)
    return {
        "type": "table",
        "place": place_of(content, definition),
        "dimension": "",
        "caption": "",
        "columns": _columns(years, has_measures=has_measures),
        "rows": printed_rows,
        "totals": _totals(content, definition, years),
        "notes": [{"number": number, "text": texts[key]} for key, number in numbers.items()],
        "source_lines": _source_lines(content, [(row.key, row.label) for row in rows]),
    }


def breakdown_block(
    dimension: str, table: Mapping[str, Any], definition: Definition, years: list[int], place: str
) -> Block:
    first = measures_of(definition)[0]
    rows, cells, texts = table.get("rows", []), table.get("cells", {}), table.get("notes", {})
    keys = {row["key"]: [f"{row['key']}/{year}" for year in years] for row in rows}
    noted = [key for row in rows for key in keys[row["key"]] if key in texts]
    numbers = {key: number for number, key in enumerate(noted, start=1)}
    return {
        "type": "table",
        "place": place,
        "dimension": dimension,
        "caption": "",
        "columns": _columns(years, has_measures=False),
        "rows": [
            _row(
                row["label"],
                first,
                [cells.get(key, "") for key in keys[row["key"]]],
                [numbers.get(key) for key in keys[row["key"]]],
            )
            for row in rows
        ],
        "totals": [],
        "notes": [{"number": number, "text": texts[key]} for key, number in numbers.items()],
        "source_lines": _source_lines(table, [(row["key"], row["label"]) for row in rows]),
    }


def _columns(years: list[int], *, has_measures: bool) -> list[dict[str, Any]]:
    columns: list[dict[str, Any]] = [{"kind": "label"}]
    if has_measures:
        columns.append({"kind": "measure"})
    columns += [{"kind": "year", "year": year} for year in years]
    return columns if len(years) < 2 else [*columns, {"kind": "change"}]


def _row(label: str, measure: Mapping[str, str], cells: list[str], notes: list[int | None]) -> dict[str, Any]:
    return {
        "label": label,
        "measure": measure["name"],
        "unit": measure.get("unit", ""),
        "nature": measure.get("nature", ""),
        "cells": [{"value": value, "note": note} for value, note in zip(cells, notes, strict=True)],
        "change": change(cells[0], cells[-1]) if cells else "",
    }


def _totals(content: Mapping[str, Any], definition: Definition, years: list[int]) -> list[dict[str, Any]]:
    """A row without a label for each measure that has a sum in some year."""
    sums = totals(content, definition, years)
    found = []
    for measure in measures_of(definition):
        cells = [sums.get(f"{measure['key']}/{year}", "") for year in years]
        if any(cells):
            found.append(_row("", measure, cells, [None] * len(years)))
    return found


def _source_lines(table: Mapping[str, Any], rows: list[tuple[str, str]]) -> list[str]:
    """One line for each distinct source; the rows are named where there is more than one."""
    by_source: dict[str, list[str]] = {}
    for key, label in rows:
        source = table.get("sources", {}).get(key)
        if source:
            said = "; ".join(source[name] for name in SOURCE_FIELDS if source.get(name))
            by_source.setdefault(said, []).append(label)
    if len(by_source) == 1:
        return list(by_source)
    return [f"{', '.join(labels)}: {said}" for said, labels in by_source.items()]
