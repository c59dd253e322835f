"""What is computed from the cells of a table, in words of the active language, and what a reader may wonder at."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from typing import Any

from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from reporting.questionnaires.choices import DIMENSIONS
from reporting.questionnaires.kinds import values
from reporting.questionnaires.kinds.base import Definition
from reporting.questionnaires.kinds.layout import cell_key, cell_keys, change, is_open, measures_of, rows_of, totals
from reporting.questionnaires.kinds.measures import adds_up, is_part, summed


def computed(content: Mapping[str, Any], definition: Definition, years: list[int]) -> dict[str, str]:
    """Texts by the name of their place on the page.

    "change-ROW-MEASURE", "total-MEASURE-YEAR", "total-MEASURE-change", "empty", "unsourced", "advice"; "" where there
    is nothing to say.
    """
    found = {}
    cells = content.get("cells", {})
    for row in rows_of(definition, content):
        for measure in row.measures:
            ends = [str(cells.get(cell_key(row.key, measure["key"], year), "")) for year in (years[0], years[-1])]
            found[f"change-{row.key}-{measure['key']}"] = signed(change(*ends)) if len(years) > 1 else ""
    sums = totals(content, definition, years)
    for key in summed(definition):
        column = [sums.get(f"{key}/{year}", "") for year in years]
        for year, value in zip(years, column, strict=True):
            found[f"total-{key}-{year}"] = formats.number_format(value) if value else ""
        found[f"total-{key}-change"] = signed(change(column[0], column[-1])) if len(years) > 1 else ""
    empty = sum(1 for key in cell_keys(content, definition, years) if not cells.get(key))
    bare = unsourced(content)
    said = ngettext("%(count)d cell empty.", "%(count)d cells empty.", empty)
    found["empty"] = said % {"count": empty} if empty else ""
    said = ngettext("%(count)d row without a source.", "%(count)d rows without a source.", bare)
    found["unsourced"] = said % {"count": bare} if bare else ""
    found["advice"] = " ".join(each.sentence for each in advice(content, definition, years))
    return found


def signed(value: str) -> str:
    """A canonical decimal as a change: "+1,200", "−3", "0"."""
    if not value:
        return ""
    shown = formats.number_format(value.removeprefix("-"))
    return f"−{shown}" if value.startswith("-") else f"+{shown}" if value != "0" else "0"


def unsourced(content: Mapping[str, Any]) -> int:
    """How many rows of a table and its breakdowns hold a figure and name no source."""
    total = 0
    for table in [content, *content.get("breakdowns", {}).values()]:
        cells = table.get("cells", {}).items()
        filled = {key.partition("/")[0] for key, value in cells if values.is_number(str(value))}
        sources = table.get("sources", {})
        total += sum(1 for row in filled if not sources.get(row, {}).get("source"))
    return total


# --- what does not fit together: told, and stands in nobody's way ----------------------------


@dataclass(frozen=True)
class Advice:
    """Two figures that do not fit together: the field of one of them, and a sentence."""

    path: str
    sentence: str


def advice(content: Mapping[str, Any], definition: Definition, years: list[int]) -> list[Advice]:
    return [*_parts(content, definition, years), *_breakdowns(content, definition, years)]


def _parts(content: Mapping[str, Any], definition: Definition, years: list[int]) -> Iterator[Advice]:
    """A measure that counts some of what the one before it counts, and is larger."""
    cells = content.get("cells", {})
    measures = measures_of(definition)
    by_measure = "fixed" not in definition and not is_open(definition)
    for row in [None] if by_measure else rows_of(definition, content):
        for whole, part in pairwise(measures):
            if not (part.get("is_part") or is_part(part)):
                continue
            for year in years:
                keys = [cell_key(row.key if row else each["key"], each["key"], year) for each in (whole, part)]
                all_of, some = (_number(cells.get(key)) for key in keys)
                if all_of is not None and some is not None and some > all_of:
                    said = {"row": row.label if row else part["name"], "year": year, "whole": whole["name"]}
                    yield Advice(
                        f"cells/{keys[1]}", _("%(row)s, %(year)s: the part is larger than “%(whole)s”.") % said
                    )


def _breakdowns(content: Mapping[str, Any], definition: Definition, years: list[int]) -> Iterator[Advice]:
    """Rows of a breakdown that add up to more than the main table has, or, where all are numbers, to less."""
    for dimension in definition.get("breakdowns", []):
        table = content.get("breakdowns", {}).get(dimension, {})
        rows, cells = table.get("rows", []), table.get("cells", {})
        wrong = []
        for year in years:
            whole = _whole(content, definition, years, year)
            column = [_number(cells.get(f"{row['key']}/{year}")) for row in rows]
            known = [each for each in column if each is not None]
            total = sum(known, Decimal(0))
            if whole is not None and known and (total > whole or (len(known) == len(column) and total < whole)):
                wrong.append((year, total, whole))
        for year, total, whole in wrong:
            said = {
                "dimension": str(DIMENSIONS.get(dimension, dimension.replace("_", " "))),
                "year": year,
                "total": formats.number_format(total),
                "whole": formats.number_format(whole),
            }
            yield Advice(
                f"breakdowns/{dimension}/cells/{rows[0]['key']}/{year}",
                _("By %(dimension)s, %(year)s: the rows add up to %(total)s, the table above has %(whole)s.") % said,
            )


def _whole(content: Mapping[str, Any], definition: Definition, years: list[int], year: int) -> Decimal | None:
    """What the main table has of the measure that is broken down, which is the first; None where it is not known."""
    first = measures_of(definition)[0]["key"]
    if "fixed" in definition or is_open(definition):
        if first not in summed(definition):
            return None
        rows = rows_of(definition, content)
        if len(rows) == 1:
            return _number(content.get("cells", {}).get(cell_key(rows[0].key, first, year)))
        return _number(totals(content, definition, years).get(f"{first}/{year}"))
    if not definition.get("adds", adds_up(measures_of(definition)[0])):
        return None
    return _number(content.get("cells", {}).get(cell_key(first, first, year)))


def _number(value: Any) -> Decimal | None:
    return Decimal(value) if values.is_number(str(value or "")) else None
