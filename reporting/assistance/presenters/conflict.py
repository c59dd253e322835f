"""Both texts of what two people changed at once, neither chosen beforehand."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from accounts.numbers import identifier
from reporting.assistance.choices import Kind, Priority
from reporting.assistance.exceptions import Stale
from reporting.assistance.forms import PlanForm, RequestForm
from reporting.assistance.presenters.signs import day, language
from reporting.assistance.services.merge import Decided

# Long texts and lists are kept both; of a date, a name or a choice one is taken.
LONG = {
    "need",
    "in_place",
    "missing",
    "why_now",
    "tried_before",
    "recommendations",
    "beneficiaries",
    "risks",
    "monitoring",
}
TAKEN = {"csrfmiddlewaretoken", "seen", "clash"}  # made anew for each page
CHOICE = "choice_"


@dataclass(frozen=True)
class Clash:
    """One value that both sides changed. ``name`` is the field's."""

    name: str
    label: str
    mine: str
    theirs: str
    keeps_both: bool


def conflict(posted: QueryDict, error: Stale, mine: Mapping[str, Any]) -> dict[str, Any]:
    """What the page of a conflict shows, and what it carries on: the form as it was typed, with its own version.

    ``mine`` holds what the writer typed, by name, in the shapes of ``error.theirs``.
    """
    carried = [
        (name, value)
        for name, values in posted.lists()
        for value in values
        if name not in TAKEN and not name.startswith(CHOICE)
    ]
    clashes = [
        Clash(name, _label(name), _shown(name, mine.get(name)), _shown(name, theirs), _keeps_both(name, theirs))
        for name, theirs in error.theirs.items()
    ]
    return {
        "reason": error.reason,
        "clashes": clashes,
        "carried": [*carried, ("seen", str(error.number))],
        # The same texts come back: a choice was missing.
        "undecided": posted.get("seen") == str(error.number),
    }


def decided(posted: QueryDict) -> Decided | None:
    """What was chosen on the page of a conflict; None where the form comes from another page."""
    number = identifier(posted.get("seen", ""))
    if number is None:
        return None
    return Decided(number, {name: posted.get(CHOICE + name, "") for name in posted.getlist("clash")})


def _keeps_both(name: str, theirs: Any) -> bool:
    return name in LONG or isinstance(theirs, list)


def _label(name: str) -> str:
    rows = {"results": _("Results"), "budget": _("Budget"), "milestones": _("Milestones")}
    if name in rows:
        return rows[name]
    form = RequestForm if name in RequestForm.base_fields else PlanForm
    return str(form.base_fields[name].label)


def _shown(name: str, value: Any) -> str:
    """A value as a person reads it; rows of a plan a line each."""
    if isinstance(value, list):
        return "\n".join(_shown(name, each) for each in value) or "–"
    if isinstance(value, dict):
        return " · ".join(str(each) for each in value.values() if each)
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if isinstance(value, datetime.date):
        return day(value)
    if name == "kinds" and value in Kind.values:
        return str(Kind(value).label)
    if name == "internal_priority" and value in Priority.values:
        return str(Priority(value).label)
    if name == "language":
        return language(value).name
    return str(value) if value not in (None, "") else "–"
