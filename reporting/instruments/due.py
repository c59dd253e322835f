"""When the next report under an instrument is due, and who says so."""

import datetime
from calendar import monthrange
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any, NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import StateParty
from reporting.instruments.models import Ratification

# Registered by the room that knows reports: the due dates of the last reports of a State, by instrument.
_last_due: list[Callable[[int], Mapping[int, datetime.date]]] = []


class Due(NamedTuple):
    on: datetime.date
    source: str  # a sentence
    is_set: bool  # by the coordinator, against or without the rule


def last_due(
    function: Callable[[int], Mapping[int, datetime.date]],
) -> Callable[[int], Mapping[int, datetime.date]]:
    """Register, in ``AppConfig.ready``, a function of a State's id: {instrument's id: last due date}."""
    if function not in _last_due:
        _last_due.append(function)
    return function


def last_due_of(state_party: StateParty | int) -> dict[int, datetime.date]:
    state_id = state_party if isinstance(state_party, int) else state_party.pk
    found: dict[int, datetime.date] = {}
    for function in _last_due:
        found |= function(state_id)
    return found


def next_due(ratification: Ratification, *, last_due_on: datetime.date | None = None) -> Due | None:
    """The date that was set, else what the rule gives: after the last report, or after entry into force for the State.

    None where the State files nothing, or the instrument has no term; needs ``instrument`` on the ratification.
    """
    instrument = ratification.instrument
    if ratification.next_due_on:
        return Due(ratification.next_due_on, ratification.next_due_source, is_set=True)
    if not instrument.has_reporting or ratification.denounced_on:
        return None
    if last_due_on and instrument.periodic_years:
        return Due(add_years(last_due_on, instrument.periodic_years), _periodic(instrument), is_set=False)
    if last_due_on is None and instrument.initial_due_years is not None:
        on = add_years(ratification.in_force_on, instrument.initial_due_years)
        return Due(on, _initial(instrument), is_set=False)
    return None


def _initial(instrument: Any) -> str:
    years = instrument.initial_due_years
    return ngettext(
        "%(article)s: the first report is due %(years)s year after entry into force for the State.",
        "%(article)s: the first report is due %(years)s years after entry into force for the State.",
        _counted(years),
    ) % {"article": _article(instrument), "years": plain(years)}


def _periodic(instrument: Any) -> str:
    years = instrument.periodic_years
    return ngettext(
        "%(article)s: %(years)s year after the last report was due.",
        "%(article)s: %(years)s years after the last report was due.",
        _counted(years),
    ) % {"article": _article(instrument), "years": plain(years)}


def _article(instrument: Any) -> str:
    article = instrument.reporting_article
    if not article:
        return str(instrument.code)
    if not article[0].isdigit():
        return str(article)
    return _("%(instrument)s, article %(article)s") % {"instrument": instrument.code, "article": article}


def _counted(years: Any) -> int:
    return 1 if Decimal(years) == 1 else 2


def plain(years: Any) -> str:
    """ "1", "4" or "2.5"."""
    return f"{Decimal(years).normalize():f}"


def add_years(day: datetime.date, years: Any) -> datetime.date:
    """The same day so many years later (halves count in months); the last day of a shorter month."""
    months = day.year * 12 + day.month - 1 + int(Decimal(years) * 12)
    year, month = divmod(months, 12)
    return datetime.date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
