"""What the partial of each kind of question draws: names, values and errors of its form fields.

The names are those that the kind's ``from_post`` reads. ``content`` is stored content, or what
was typed in the same shape; ``errors`` are sentences by path ("cells/m1/m1/2024").
"""

import uuid
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from django.utils.translation import gettext as _

from accounts import files
from reporting.questionnaires.choices import DIMENSIONS
from reporting.questionnaires.kinds import KINDS
from reporting.questionnaires.kinds.computed import computed
from reporting.questionnaires.kinds.layout import (
    cell_key,
    cell_keys,
    is_open,
    measures_of,
    place_of,
    printed,
    rows_of,
)
from reporting.questionnaires.kinds.lists import Entries, Files
from reporting.questionnaires.kinds.naming import label_of, listed, named
from reporting.questionnaires.kinds.values import MARKS
from reporting.reports.freeze_tables import mark

Errors = Mapping[str, str]
Waiting = Mapping[str, Mapping[str, str]]  # by the key of the entry: {"key", "name"} of an upload


def fields_of(
    kind: str,
    content: Mapping[str, Any],
    errors: Errors,
    prefix: str,
    definition: Mapping[str, Any],
    years: list[int],
    waiting: Waiting = MappingProxyType({}),
) -> dict[str, Any]:
    """The context of templates/reports/kinds/_KIND.html. ``waiting`` are files that arrived before the save."""
    if "measures" in definition:
        return _table(content, errors, prefix, definition, years)
    model = KINDS[kind]
    if isinstance(model, Entries):
        return _entries(model, content, errors, prefix, waiting)
    names = [name.removeprefix(f"{prefix}-") for name in model.to_post({}, prefix)]
    return {name: field(f"{prefix}-{name}", content.get(name, ""), errors.get(name, "")) for name in names}


def field(name: str, value: Any, error: str = "", label: str = "") -> dict[str, Any]:
    return {"name": name, "id": f"id_{name.replace('/', '-')}", "value": value or "", "error": error, "label": label}


def _entries(
    model: Entries, content: Mapping[str, Any], errors: Errors, prefix: str, waiting: Waiting
) -> dict[str, Any]:
    """Rows of a list, and an empty one at its end; what came back empty is that row."""
    listed = content.get(model.listed, [])
    filled = [entry for entry in listed if entry["key"] in waiting or _says(model, entry, errors)]
    listed = [*filled, {"key": uuid.uuid4().hex[:8]}]
    rows = []
    for place, entry in enumerate(listed, start=1):
        key = entry["key"]
        row: dict[str, Any] = {
            name: field(f"{prefix}-{key}-{name}", entry.get(name, ""), errors.get(f"{model.listed}/{key}/{name}", ""))
            for name in model.fields
        }
        if isinstance(model, Files):
            row["file"] = _file(f"{prefix}-{key}-file", errors.get(f"files/{key}/file", ""), waiting.get(key))
        rows.append({**row, "place": place, "key": key, "is_new": place == len(listed)})
    return {"rows": rows, "accepted": files.accepted()} if isinstance(model, Files) else {"rows": rows}


def _file(name: str, error: str, waiting: Mapping[str, str] | None) -> dict[str, Any]:
    found = field(name, "", error)
    described = f"{found['id']}-help" + (f" {found['id']}-error" if error else "")
    return {**found, "described": described, "waiting": waiting}


def _says(model: Entries, entry: Mapping[str, Any], errors: Errors) -> bool:
    filled = any(entry.get(name) for name in model.fields if name != "library")
    return filled or any(path.startswith(f"{model.listed}/{entry['key']}/") for path in errors)


# --- tables ------------------------------------------------------------------------------


def _table(
    content: Mapping[str, Any], errors: Errors, prefix: str, definition: Mapping[str, Any], years: list[int]
) -> dict[str, Any]:
    with_new: Mapping[str, Any] = content
    new_key = uuid.uuid4().hex[:8]
    if is_open(definition):
        with_new = {**content, "rows": [*content.get("rows", []), {"key": new_key, "label": ""}]}
    measures = measures_of(definition)
    several = len(measures) > 1 and (is_open(definition) or "fixed" in definition)
    notes = [key for key in cell_keys(content, definition, years) if content.get("notes", {}).get(key)]
    marks = {key: mark(number) for number, key in enumerate(notes, start=1)}  # as the document numbers them
    lines = [
        _line(
            row,
            measure,
            first=place == 0,
            content=content,
            errors=errors,
            prefix=prefix,
            years=years,
            new=new_key,
            marks=marks,
        )
        for row in rows_of(definition, with_new)
        for place, measure in enumerate(row.measures)
    ]
    found = computed(content, definition, years)
    for line in lines:
        line["change"] = found.get(f"change-{line['key']}-{line['measure_key']}", "")
    return {
        "prefix": prefix,
        "years": years,
        "notes": [
            field(
                f"{prefix}-note-{key}", text, errors.get(f"notes/{key}", ""), named(("notes", key), content, definition)
            )
            for key, text in content.get("notes", {}).items()
        ],
        "new_note": _new_note(prefix),
        "lines": lines,
        "is_open": is_open(definition),
        "row_label": definition.get("open", ""),
        "several": several,
        "measures": len(measures),
        "has_change": len(years) > 1,
        "totals": [
            {
                "measure": measure["name"],
                "cells": [(f"total-{measure['key']}-{end}", found[f"total-{measure['key']}-{end}"]) for end in years],
                "change": (f"total-{measure['key']}-change", found[f"total-{measure['key']}-change"]),
            }
            for measure in measures
            if f"total-{measure['key']}-change" in found
        ],
        "computed": found,
        "marks": list(MARKS.values()),
        "place": field(f"{prefix}-place", place_of(content, definition)),
        "breakdowns": [
            _breakdown(dimension, content, errors, prefix, years, definition)
            for dimension in definition.get("breakdowns", [])
        ],
    }


def _line(
    row: Any,
    measure: Mapping[str, str],
    *,
    first: bool,
    content: Mapping[str, Any],
    errors: Errors,
    prefix: str,
    years: list[int],
    new: str,
    marks: Mapping[str, str],
) -> dict[str, Any]:
    cells = content.get("cells", {})
    keys = [cell_key(row.key, measure["key"], year) for year in years]
    source = content.get("sources", {}).get(row.key, {})
    label = label_of(row.label, measure["name"])
    return {
        "key": row.key,
        "label": row.label,
        "label_field": field(f"{prefix}-row-{row.key}-label", row.label, errors.get(f"rows/{row.key}/label", "")),
        "measure": measure["name"],
        "measure_key": measure["key"],
        "unit": measure.get("unit", ""),
        "definition": measure.get("definition", ""),
        "is_first": first,
        "is_new": row.key == new,
        "cells": [
            {
                **_cell(f"{prefix}-cell-{key}", cells.get(key, ""), errors.get(f"cells/{key}", ""), label, year),
                "noted": marks.get(key, ""),
                "note_id": f"id_{prefix}-note-{key.replace('/', '-')}",
            }
            for key, year in zip(keys, years, strict=True)
        ],
        "sources": [
            field(
                f"{prefix}-source-{row.key}-{name}",
                source.get(name, ""),
                errors.get(f"sources/{row.key}/{name}", ""),
                text,
            )
            for name, text in source_fields()
        ],
        "source": ", ".join(str(value) for value in source.values() if value),
    }


def _new_note(prefix: str) -> dict[str, dict[str, Any]]:
    return {name: field(f"{prefix}-newnote-{name}", "") for name in ("line", "year", "text")}


def source_fields() -> list[tuple[str, str]]:
    return [("source", _("Source")), ("reference_date", _("Reference date")), ("method", _("Method"))]


def _cell(name: str, value: Any, error: str, label: str, year: int) -> dict[str, Any]:
    said = listed(label, year)
    text = printed(str(value)) if value else ""
    return {**field(name, text, error, said), "is_word": len(text) > 9}


def _breakdown(
    dimension: str,
    content: Mapping[str, Any],
    errors: Errors,
    prefix: str,
    years: list[int],
    definition: Mapping[str, Any],
) -> dict[str, Any]:
    """A small table by one dimension, with an empty row at its end."""
    measure = measures_of(definition)[0]["name"]
    table = content.get("breakdowns", {}).get(dimension, {})
    name = f"{prefix}-by-{dimension}"
    path = f"breakdowns/{dimension}"
    new = uuid.uuid4().hex[:8]
    ordered = [f"{row['key']}/{year}" for row in table.get("rows", []) for year in years]
    noted = [key for key in ordered if table.get("notes", {}).get(key)]
    marks = {key: mark(number) for number, key in enumerate(noted, start=1)}
    rows = [
        {
            "key": row["key"],
            "is_new": row["key"] == new,
            "label_field": field(
                f"{name}-row-{row['key']}-label",
                row.get("label", ""),
                errors.get(f"{path}/rows/{row['key']}/label", ""),
            ),
            "cells": [
                {
                    **_cell(
                        f"{name}-cell-{row['key']}/{year}",
                        table.get("cells", {}).get(f"{row['key']}/{year}", ""),
                        errors.get(f"{path}/cells/{row['key']}/{year}", ""),
                        listed(row.get("label") or _("New row"), measure),
                        year,
                    ),
                    "noted": marks.get(f"{row['key']}/{year}", ""),
                    "note_id": f"id_{name}-note-{row['key']}-{year}",
                }
                for year in years
            ],
            "sources": [
                field(
                    f"{name}-source-{row['key']}-{each}",
                    table.get("sources", {}).get(row["key"], {}).get(each, ""),
                    errors.get(f"{path}/sources/{row['key']}/{each}", ""),
                    text,
                )
                for each, text in source_fields()
            ],
        }
        for row in [*table.get("rows", []), {"key": new, "label": ""}]
    ]
    label = str(DIMENSIONS.get(dimension, dimension.replace("_", " ")))
    return {
        "name": name,
        "label": label,
        "rows": rows,
        "years": years,
        "is_filled": len(rows) > 1,
        "notes": [
            field(
                f"{name}-note-{key}",
                table["notes"][key],
                errors.get(f"{path}/notes/{key}", ""),
                named(("breakdowns", dimension, "notes", key), content, definition),
            )
            for key in noted
        ],
        "new_note": _new_note(name),
    }
