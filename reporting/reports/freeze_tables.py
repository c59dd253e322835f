"""Tables as they are printed: captions, heads and cells in words, ready to lay out and to count."""

import datetime
from collections.abc import Mapping, Sequence
from typing import Any

from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from reporting.questionnaires.kinds.layout import printed
from reporting.questionnaires.kinds.values import is_number
from reporting.text.words import count


def printed_table(block: Mapping[str, Any], caption: str) -> dict[str, Any]:
    """A block of ``Table.blocks`` as the document prints it.

    {"type": "table", "place", "caption", "head": [text], "rows": [[{"value", "is_number", "mark"}]], "notes": [text],
    "source"}. The last column is the change from the first year to the last, the last rows are totals, where there are
    any: computed, as on the page.
    """
    has_measures = any(column["kind"] == "measure" for column in block["columns"])
    years = [str(column["year"]) for column in block["columns"] if column["kind"] == "year"]
    total = _("Total of the rows")
    every = [*block["rows"], *({**row, "label": total} for row in block["totals"])]
    has_change = any(row["change"] for row in every)
    rows = []
    for row in every:
        label = [_capital(row["label"]), row["measure"]] if has_measures else [_capital(row["label"])]
        # "Inspections (inspections)" says nothing twice.
        if row["unit"] and row["unit"].casefold() != label[-1].casefold():
            label[-1] = f"{label[-1]} ({row['unit']})"
        cells = [{"value": text, "is_number": False, "mark": ""} for text in label]
        cells += [_cell(cell) for cell in row["cells"]]
        if has_change:
            cells.append(_cell({"value": row["change"], "note": None}))
        rows.append(cells)
    return {
        "type": "table",
        "place": block["place"],
        "caption": caption,
        "head": [""] * (2 if has_measures else 1)
        + years
        + ([pgettext("between two figures", "Change")] if has_change else []),
        "rows": rows,
        "notes": [f"{mark(note['number'])}. {note['text']}" for note in block["notes"]],
        "source": " ".join(sentence(_capital(line)) for line in block["source_lines"]),
    }


def _cell(cell: Mapping[str, Any]) -> dict[str, Any]:
    value = cell["value"]
    text = printed(value)
    return {"value": text, "is_number": is_number(value), "mark": mark(cell["note"]) if cell["note"] else ""}


def sentence(line: str) -> str:
    """``line`` with one stop at its end."""
    return line if line.endswith((".", "。", "؟", "?", "!")) else f"{line}."


def said_day(text: str) -> str:
    """A day written as 2027-02-26 as people say it, anything else as it stands."""
    try:
        day = datetime.date.fromisoformat(text) if len(text) == 10 else None
    except ValueError:
        day = None
    return formats.date_format(day, "DATE_FORMAT") if day else text


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def mark(number: int) -> str:
    """The mark of a note: a, b, … z, aa, ab, …"""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("a") + rest) + letters
    return letters


def caption_of(question: str, dimension: str) -> str:
    """What stands over a table: what the question names, and by what it is broken down."""
    name = question.strip().rstrip(".؟?。 ")
    return _("%(table)s, by %(dimension)s") % {"table": name, "dimension": dimension} if dimension else name


def table_words(table: Mapping[str, Any]) -> int:
    """Words of a printed table: caption, head, cells, notes and source; a number counts one."""
    said: list[str] = [table["caption"], table["source"], *table["head"], *table["notes"]]
    cells: Sequence[Mapping[str, Any]] = [cell for row in table["rows"] for cell in row]
    texts = sum(count(cell["value"]) for cell in cells if not cell["is_number"])
    return sum(map(count, said)) + texts + sum(1 for cell in cells if cell["is_number"])
