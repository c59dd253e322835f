"""What a value of a table is called, in words of the active language: row, measure and year."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from reporting.questionnaires.choices import DIMENSIONS
from reporting.questionnaires.kinds.base import Definition
from reporting.questionnaires.kinds.layout import rows_of


def listed(row: str, year: object) -> str:
    """Both with the comma of the language: a row and its measure, or these and a year."""
    return _("%(row)s, %(year)s") % {"row": row, "year": year}


def label_of(row: str, measure: str) -> str:
    """A row and its measure; once where the measures are the rows."""
    return measure if row in ("", measure) else listed(row, measure)


def named(path: Sequence[str], content: Mapping[str, Any], definition: Definition) -> str:
    """The name of a cell, a note or a source at a path of the content; "" for anything else."""
    head, *rest = path
    if head == "breakdowns" and len(rest) == 3 and rest[1] in {"cells", "notes"}:
        key, _slash, year = rest[2].partition("/")
        table = content.get("breakdowns", {}).get(rest[0], {})
        row = next((each["label"] for each in table.get("rows", []) if each["key"] == key), key)
        dimension = str(DIMENSIONS.get(rest[0], rest[0]))
        cell = _("By %(dimension)s: %(cell)s") % {"dimension": dimension, "cell": listed(row, year)}
        return cell if rest[1] == "cells" else _("Note to this cell: {cell}").format(cell=cell)
    if head in {"cells", "notes"} and len(rest) == 1:
        for row in rows_of(definition, content):
            for measure in row.measures:
                start = f"{row.key}/{measure['key']}/"
                if rest[0].startswith(start):
                    cell = listed(label_of(row.label, measure["name"]), rest[0][len(start) :])
                    return cell if head == "cells" else _("Note to this cell: {cell}").format(cell=cell)
    if head == "sources" and rest:
        row_label = next((row.label for row in rows_of(definition, content) if row.key == rest[0]), rest[0])
        return _("Source: %(row)s") % {"row": row_label}
    return ""
