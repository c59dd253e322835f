"""What a table looks like: its definition, rows, columns, and what is computed from its cells."""

import datetime
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils import formats

from reporting.questionnaires.kinds import values
from reporting.questionnaires.kinds.base import Definition
from reporting.questionnaires.kinds.measures import adds_up, is_part, summed

ANNEX, IN_TEXT = "annex", "text"


# --- the definition -----------------------------------------------------------------------


def table_definition(raw: Mapping[str, Any]) -> dict[str, Any]:
    """``Question.definition`` of a table from the keys of a questionnaire file.

    {"measures": [{"key": "m1", "name", "unit", "nature", "definition"}], "years": 5, "breakdowns": ["sex"],
    "place": "annex"}, and one of "fixed": [{"key": "f1", "label"}], "open": "port"; or neither: measures are the rows.
    """
    definition: dict[str, Any] = {
        "measures": [
            {"key": f"m{place}", **{name: measure.get(name, "") for name in ("name", "unit", "nature", "definition")}}
            for place, measure in enumerate(raw["measures"], start=1)
        ],
        "years": raw.get("years", 1),
        "breakdowns": list(raw.get("breakdowns", [])),
        "place": raw.get("place", ANNEX),
    }
    rows = raw.get("rows") or {}
    if "fixed" in rows:
        definition["fixed"] = [
            {"key": f"f{place}", "label": label} for place, label in enumerate(rows["fixed"], start=1)
        ]
    if "open" in rows:
        definition["open"] = rows["open"]
    return definition


def translated_definition(definition: Definition, translated: Mapping[str, Any]) -> dict[str, Any]:
    """The definition in the words of ``Question.translations[language]``: measures and rows in the same order."""
    result = dict(definition)
    if "measures" in definition:
        # Told by the original words.
        result["totals"], result["adds"] = summed(definition), adds_up(definition["measures"][0])
        result["measures"] = [{**each, "is_part": is_part(each)} for each in definition["measures"]]
    measures = translated.get("measures") or []
    if measures and "measures" in definition:
        result["measures"] = [
            {**measure, **{name: text for name, text in other.items() if text}}
            for measure, other in _pairs(result["measures"], measures)
        ]
    rows = translated.get("rows") or []
    if "fixed" in definition:
        result["fixed"] = [
            {**row, "label": label or row["label"]} for row, label in _pairs(definition["fixed"], rows, "")
        ]
    if "open" in definition and rows:
        result["open"] = rows[0] if isinstance(rows, list) else rows
    if translated.get("unit"):
        result["unit"] = translated["unit"]
    return result


def _pairs(originals: list[Any], others: list[Any], missing: Any = None) -> Iterator[tuple[Any, Any]]:
    for place, original in enumerate(originals):
        yield original, others[place] if place < len(others) else ({} if missing is None else missing)


def years_until(definition: Definition, last_full_year: int) -> list[int]:
    """The year columns of a table in a report whose last full year is given, oldest first."""
    return list(range(last_full_year - int(definition.get("years", 1)) + 1, last_full_year + 1))


# --- rows, columns and what is computed ------------------------------------------------------


@dataclass(frozen=True)
class Row:
    key: str
    label: str
    measures: tuple[Mapping[str, str], ...]  # those that this row holds


def is_open(definition: Definition) -> bool:
    """Whether the drafter adds the rows."""
    return "open" in definition


def measures_of(definition: Definition) -> list[Mapping[str, str]]:
    return list(definition.get("measures", []))


def rows_of(definition: Definition, content: Mapping[str, Any] | None = None) -> list[Row]:
    """The rows in order: fixed ones, those that the drafter added, or one for each measure."""
    measures = tuple(measures_of(definition))
    if is_open(definition):
        return [Row(row["key"], row["label"], measures) for row in (content or {}).get("rows", [])]
    if "fixed" in definition:
        return [Row(row["key"], row["label"], measures) for row in definition["fixed"]]
    return [Row(measure["key"], measure["name"], (measure,)) for measure in measures]


def cell_key(row: str, measure: str, year: int) -> str:
    return f"{row}/{measure}/{year}"


def cell_keys(content: Mapping[str, Any], definition: Definition, years: list[int]) -> list[str]:
    """The keys of all cells of the main table, row by row."""
    return [
        cell_key(row.key, measure["key"], year)
        for row in rows_of(definition, content)
        for measure in row.measures
        for year in years
    ]


def place_of(content: Mapping[str, Any], definition: Definition) -> str:
    """ "annex" or "text": where the table stands in the report."""
    return content.get("place") or definition.get("place") or ANNEX


def change(first: str, last: str) -> str:
    """The last value less the first as a canonical decimal; "" unless both are numbers."""
    if not (values.is_number(first) and values.is_number(last)):
        return ""
    return values.canonical(Decimal(last) - Decimal(first))


def totals(content: Mapping[str, Any], definition: Definition, years: list[int]) -> dict[str, str]:
    """Sums over two rows or more by "MEASURE/YEAR", of measures that add up; only where every row has a number."""
    rows = rows_of(definition, content)
    found = {}
    for key in summed(definition) if len(rows) > 1 else []:
        for year in years:
            column = [str(content.get("cells", {}).get(cell_key(row.key, key, year), "")) for row in rows]
            if all(map(values.is_number, column)):
                found[f"{key}/{year}"] = values.canonical(sum(map(Decimal, column), Decimal(0)))
    return found


def printed(value: str) -> str:
    """A cell as a document says it in the active language: a mark or a day in words, a number by itself."""
    if value in values.MARKS:
        return str(values.MARKS[value])
    if value in values.SAID:
        return str(values.SAID[value])
    try:
        return (
            formats.date_format(datetime.date.fromisoformat(value), "DATE_FORMAT") if value.count("-") == 2 else value
        )
    except ValueError:
        return value
