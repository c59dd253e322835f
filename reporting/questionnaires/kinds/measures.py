"""What a measure counts: how its cells are read, which values cannot be, and whether its rows add up.

Read from the words of the questionnaire in its original language: the unit and the name of the measure.
"""

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from reporting.questionnaires.kinds import values

# Shares, means and prices: adding them says nothing.
_NO_SUM_UNIT = re.compile(
    r"\bper\b|%|as stated|^(?:index|ratio|points|days|hours|months|years|pupils|date|yes or no)$|^$"
)
_NO_SUM_NAME = re.compile(r"\b(?:mean|average|median|share|rate|ratio|index|target|per|cost of)\b")
_MONEY = re.compile(r"\b(?:currency|dollars?|euros?)\b")
_MOVES = re.compile(r"\b(?:growth|change)\b")  # a change may be below 0 and above 100 per cent
_WHOLE_ROW = re.compile(r"^(?:all|total|overall|whole)\b")
_PART = re.compile(r"^of (?:these|them|which)\b")


def _words(measure: Mapping[str, Any]) -> tuple[str, str]:
    return measure.get("unit", "").casefold().strip(), measure.get("name", "").casefold()


def adds_up(measure: Mapping[str, Any]) -> bool:
    """Whether the rows of a table may be added for this measure: counts and amounts, no shares and means."""
    unit, name = _words(measure)
    return not (_NO_SUM_UNIT.search(unit) or _NO_SUM_NAME.search(name))


def summed(definition: Mapping[str, Any]) -> list[str]:
    """Keys of the measures of which a table has a total of its rows; where measures are the rows there is none."""
    if "totals" in definition:
        return list(definition["totals"])
    if "open" not in definition and "fixed" not in definition:
        return []
    if any(_WHOLE_ROW.search(row["label"].casefold()) for row in definition.get("fixed", [])):
        return []
    return [measure["key"] for measure in definition.get("measures", []) if adds_up(measure)]


def is_part(measure: Mapping[str, Any]) -> bool:
    """Whether it counts some of what the measure before it counts ("Of these, women")."""
    return bool(_PART.search(_words(measure)[1]))


def read_cell(value: Any, measure: Mapping[str, Any]) -> str:
    """A cell of this measure: a canonical decimal, a mark, for some units a day or "yes" and "no"; "" if empty.

    Raises values.Unreadable.
    """
    unit, name = _words(measure)
    if unit == "date":
        return values.marked(value) or values.day(value)
    if unit == "yes or no":
        return values.marked(value) or values.yes_or_no(value)
    read = values.cell(value)
    if not values.is_number(read):
        return read
    parsed = Decimal(read)
    if parsed < 0 and adds_up(measure) and not _MONEY.search(unit):
        raise values.Unreadable(_("A count cannot be below 0."))
    if parsed > 100 and unit.startswith("per cent") and not _MOVES.search(name):
        raise values.Unreadable(_("A percentage cannot be above 100."))
    return read
