"""Tables: measures by rows and years, with sources, notes, and small tables by one dimension at a time."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import Any

from django.utils.translation import gettext as _

from reporting.questionnaires.kinds import values
from reporting.questionnaires.kinds.base import Block, Content, Definition, FieldError, Kind, Other, named_texts
from reporting.questionnaires.kinds.layout import (
    ANNEX,
    IN_TEXT,
    cell_key,
    cell_keys,
    is_open,
    measures_of,
    place_of,
    rows_of,
)
from reporting.questionnaires.kinds.lists import keyed, posted_entries
from reporting.questionnaires.kinds.measures import read_cell
from reporting.questionnaires.kinds.printing import SOURCE_FIELDS, breakdown_block, main_block
from reporting.questionnaires.kinds.simple import read


class Table(Kind):
    """Content: {"rows" (open tables), "cells", "notes", "sources", "breakdowns", "place"}, each only where not empty.

    "cells": {"ROW/MEASURE/YEAR": value}, "notes": {the same key: text}, "sources": {ROW: {"source", "reference_date",
    "method"}}, "breakdowns": {DIMENSION: {"rows": [{"key", "label"}], "cells": {"ROW/YEAR": value}, "notes",
    "sources"}}.
    A value is a canonical decimal or one of ``values.MARKS``; a day, "yes" or "no" where that is the unit.
    """

    name = "table"

    def clean(
        self, content: Mapping[str, Any], definition: Definition, years: list[int]
    ) -> tuple[Content, list[FieldError]]:
        errors: list[FieldError] = []
        cleaned: Content = {}
        if is_open(definition):
            cleaned["rows"] = _clean_rows(content, "rows", errors)
        keys = {
            cell_key(row.key, measure["key"], year): measure
            for row in rows_of(definition, cleaned)
            for measure in row.measures
            for year in years
        }
        cleaned["cells"] = _clean_cells(content, keys, "cells/", errors)
        cleaned["notes"] = _clean_notes(content, set(keys), "notes/", errors)
        row_keys = {row.key for row in rows_of(definition, cleaned)}
        cleaned["sources"] = _clean_sources(content, row_keys, "sources/", errors)
        cleaned["breakdowns"] = _clean_breakdowns(content, definition, years, errors)
        place = content.get("place")
        cleaned["place"] = place if place in (ANNEX, IN_TEXT) and place != definition.get("place", ANNEX) else ""
        return {name: value for name, value in cleaned.items() if value}, errors

    def is_answered(self, content: Mapping[str, Any], paragraphs: Sequence[str]) -> bool:
        """Whether at least one cell is filled or marked."""
        by_dimension = content.get("breakdowns", {}).values()
        return bool(content.get("cells")) or any(table.get("cells") for table in by_dimension)

    def missing(self, content: Mapping[str, Any], definition: Definition, years: list[int]) -> int:
        """Empty cells of the main table and of the breakdowns that have rows; an open table wants one row at least."""
        cells = content.get("cells", {})
        keys = cell_keys(content, definition, years)
        if is_open(definition) and not content.get("rows"):
            return len(measures_of(definition)) * len(years)
        empty = sum(1 for key in keys if key not in cells)
        for table in content.get("breakdowns", {}).values():
            empty += len(table.get("rows", [])) * len(years) - len(table.get("cells", {}))
        return empty

    def from_post(self, data: Mapping[str, str], prefix: str) -> Content:
        """Fields: PREFIX-place, -row-KEY-label, -cell-KEY, -note-KEY, -source-ROW-NAME; -by-DIMENSION before these.

        A new note: PREFIX-newnote-line (ROW/MEASURE; of a breakdown ROW), -year, -text.
        What buttons ask for: PREFIX-up, -down, -remove with the key of a row, -by-DIMENSION-drop of a whole breakdown.
        """
        content: Content = _posted_table(data, prefix)
        for name in data:
            if name.startswith(f"{prefix}-by-"):
                dimension = name[len(prefix) + 4 :].partition("-")[0]
                if f"{prefix}-by-{dimension}-drop" in data:
                    continue
                if dimension not in content.setdefault("breakdowns", {}):
                    content["breakdowns"][dimension] = _posted_table(data, f"{prefix}-by-{dimension}")
        if f"{prefix}-place" in data:
            content["place"] = data[f"{prefix}-place"]
        return content

    def to_post(self, content: Mapping[str, Any], prefix: str) -> dict[str, str]:
        fields = _table_fields(content, prefix)
        for dimension, table in content.get("breakdowns", {}).items():
            fields |= _table_fields(table, f"{prefix}-by-{dimension}")
        if content.get("place"):
            fields[f"{prefix}-place"] = content["place"]
        return fields

    def blocks(self, content: Mapping[str, Any], definition: Definition, years: list[int]) -> list[Block]:
        """The main table and one more for each breakdown; none while no cell is filled.

        {"type": "table", "place", "dimension" ("" for the main one), "caption" (left "": it is the question's),
        "columns", "rows", "totals" (as rows), "notes", "source_lines"}.
        Columns: {"kind": "label" | "measure" | "year" | "change", "year"}.
        Rows: {"label", "measure", "unit", "nature", "cells": [{"value", "note"}], "change"}; values are raw, and
        ``printed`` says them in words; note is its number or None. Notes: [{"number", "text"}].
        """
        if not self.is_answered(content, ()):
            return []
        blocks = [main_block(content, definition, years)] if content.get("cells") else []
        for dimension in definition.get("breakdowns", []):
            table = content.get("breakdowns", {}).get(dimension, {})
            if table.get("cells"):
                blocks.append(breakdown_block(dimension, table, definition, years, place_of(content, definition)))
        return blocks

    def with_texts(self, content: Mapping[str, Any], other: Other) -> Content:
        result = _texts_of_table(content, "", other)
        if "notes" in result:
            result["notes"] = named_texts(result["notes"], tuple(result["notes"]), "notes/", other)
        if "breakdowns" in result:
            result["breakdowns"] = {
                dimension: _texts_of_table(table, f"breakdowns/{dimension}/", other)
                for dimension, table in result["breakdowns"].items()
            }
        return result


def _texts_of_table(table: Mapping[str, Any], path: str, other: Other) -> Content:
    """Names of rows and what stands under the table, row by row."""
    result = dict(table)
    if "rows" in result:
        result["rows"] = [named_texts(row, ("label",), f"{path}rows/{row['key']}/", other) for row in result["rows"]]
    if "sources" in result:
        result["sources"] = {
            key: named_texts(source, tuple(SOURCE_FIELDS), f"{path}sources/{key}/", other)
            for key, source in result["sources"].items()
        }
    return result


# --- cleaning ----------------------------------------------------------------------------------


def _clean_rows(content: Mapping[str, Any], path: str, errors: list[FieldError]) -> list[dict[str, str]]:
    """Rows that a person added; one without a label goes, unless a value stands in it."""
    filled = {key.partition("/")[0] for key, value in (content.get("cells") or {}).items() if _is_filled(value)}
    rows = []
    for key, row in keyed(content.get("rows") or []).items():
        kept, unread = read(row, {"label": values.one_line}, f"{path}/{key}/")
        errors += unread
        if not kept and key in filled and not unread:
            errors.append(FieldError(f"{path}/{key}/label", _("Name this row.")))
        if kept or key in filled:
            rows.append({"key": key, "label": kept.get("label", "")})
    return rows


def _is_filled(value: Any) -> bool:
    """Whether a value can be read in one of the ways that a cell may be."""
    for read_as in (values.cell, values.day, values.yes_or_no):
        with suppress(values.Unreadable):
            return bool(read_as(value))
    return False


def _clean_cells(
    content: Mapping[str, Any], measures: Mapping[str, Mapping[str, Any]], path: str, errors: list[FieldError]
) -> dict[str, str]:
    """The cells that can be read; ``measures`` says by key which cells there are, and what each counts."""
    cells = {}
    for key, raw in (content.get("cells") or {}).items():
        try:
            value = read_cell(raw, measures.get(key, {}))
        except values.Unreadable as unreadable:
            errors.append(FieldError(f"{path}{key}", str(unreadable)))
            continue
        if value and key not in measures:
            errors.append(FieldError(f"{path}{key}", _("This table has no such row, measure or year.")))
        elif value:
            cells[key] = value
    return cells


def _clean_notes(content: Mapping[str, Any], keys: set[str], path: str, errors: list[FieldError]) -> dict[str, str]:
    notes = content.get("notes") or {}
    kept, unread = read(notes, {key: values.many_lines for key in notes if key in keys}, path)
    errors += unread
    return kept


def _clean_sources(
    content: Mapping[str, Any], row_keys: set[str], path: str, errors: list[FieldError]
) -> dict[str, dict[str, str]]:
    sources = {}
    for key, source in (content.get("sources") or {}).items():
        if key in row_keys:
            kept, unread = read(source, SOURCE_FIELDS, f"{path}{key}/")
            errors += unread
            if kept:
                sources[key] = kept
    return sources


def _clean_breakdowns(
    content: Mapping[str, Any], definition: Definition, years: list[int], errors: list[FieldError]
) -> dict[str, Any]:
    cleaned = {}
    for dimension, raw in (content.get("breakdowns") or {}).items():
        path = f"breakdowns/{dimension}"
        if dimension not in definition.get("breakdowns", []):
            if raw.get("cells"):
                errors.append(FieldError(path, _("This table is not broken down by that.")))
            continue
        rows = _clean_rows(raw, f"{path}/rows", errors)
        first = measures_of(definition)[0]
        keys = {f"{row['key']}/{year}": first for row in rows for year in years}
        table: dict[str, Any] = {
            "rows": rows,
            "cells": _clean_cells(raw, keys, f"{path}/cells/", errors),
            "notes": _clean_notes(raw, set(keys), f"{path}/notes/", errors),
            "sources": _clean_sources(raw, {row["key"] for row in rows}, f"{path}/sources/", errors),
        }
        kept = {name: value for name, value in table.items() if value}
        if kept:
            cleaned[dimension] = kept
    return cleaned


# --- form fields ---------------------------------------------------------------------------------


def _posted_values(data: Mapping[str, str], prefix: str) -> dict[str, str]:
    return {name[len(prefix) :]: value for name, value in data.items() if name.startswith(prefix)}


def _posted_table(data: Mapping[str, str], prefix: str) -> dict[str, Any]:
    sources = posted_entries(data, f"{prefix}-source", SOURCE_FIELDS)
    gone = data.get(f"{prefix}-remove", "")
    rows = [row for row in posted_entries(data, f"{prefix}-row", ["label"]) if row["key"] != gone]
    for name, step in (("up", -1), ("down", 1)):
        place = next((place for place, row in enumerate(rows) if row["key"] == data.get(f"{prefix}-{name}")), -1)
        if place >= 0 and 0 <= place + step < len(rows):
            rows.insert(place + step, rows.pop(place))
    cells, notes = _posted_values(data, f"{prefix}-cell-"), _posted_values(data, f"{prefix}-note-")
    new = data.get(f"{prefix}-newnote-text", "").strip()
    if new:  # of a cell that has one already it stands under that
        key = f"{data.get(f'{prefix}-newnote-line', '')}/{data.get(f'{prefix}-newnote-year', '')}"
        notes[key] = f"{notes.get(key, '')}\n{new}".strip()
    return {
        "rows": rows,
        "cells": {key: value for key, value in cells.items() if not gone or key.partition("/")[0] != gone},
        "notes": {key: text for key, text in notes.items() if not gone or key.partition("/")[0] != gone},
        "sources": {key: entry for entry in sources if (key := entry.pop("key")) != gone},
    }


def _table_fields(table: Mapping[str, Any], prefix: str) -> dict[str, str]:
    fields = {f"{prefix}-row-{row['key']}-label": row["label"] for row in table.get("rows", [])}
    fields |= {f"{prefix}-cell-{key}": value for key, value in table.get("cells", {}).items()}
    fields |= {f"{prefix}-note-{key}": text for key, text in table.get("notes", {}).items()}
    for key, source in table.get("sources", {}).items():
        fields |= {f"{prefix}-source-{key}-{name}": source.get(name, "") for name in SOURCE_FIELDS}
    return fields
