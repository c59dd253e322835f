"""The list of instruments, with what binds the reader's State."""

import datetime
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.querysets import state_of
from reporting.instruments.choices import RATIFIED_KINDS, Family, InstrumentKind
from reporting.instruments.due import Due, last_due_of, next_due
from reporting.instruments.models import Instrument, Ratification
from reporting.instruments.presenters.words import Words, words

HEADINGS = {
    InstrumentKind.CORE_TREATY: _("Core human rights treaties"),
    InstrumentKind.OPTIONAL_PROTOCOL: _("Optional protocols"),
    InstrumentKind.ILO_CONVENTION: _("ILO Conventions"),
    InstrumentKind.ILO_PROTOCOL: _("ILO Protocols"),
    InstrumentKind.TREATY_OTHER: _("Other treaties"),
    InstrumentKind.DECLARATION: _("Declarations"),
    InstrumentKind.REPORTING_DOCUMENT: _("Documents shared by all reports"),
}


@dataclass(frozen=True)
class Standing:
    """Where the State stands with an instrument."""

    ratification: Ratification | None
    is_ratified_kind: bool
    is_in_force: bool
    reservations: int = 0
    due: Due | None = None
    is_past: bool = False


@dataclass(frozen=True)
class Line:
    instrument: Instrument
    name: Words
    standing: Standing | None  # None for readers without a State


@dataclass
class Group:
    label: str
    lines: list[Line] = field(default_factory=list)


def standing(
    instrument: Instrument, ratification: Any, *, last_due_on: datetime.date | None, on: datetime.date
) -> Standing:
    """``ratification`` has the number of standing reservations as ``standing_reservations``, or is None."""
    ratified = instrument.kind in RATIFIED_KINDS
    if ratification is None:
        return Standing(None, ratified, is_in_force=False)
    ratification.instrument = instrument
    denounced = ratification.denounced_on is not None and ratification.denounced_on <= on
    due = next_due(ratification, last_due_on=last_due_on)
    return Standing(
        ratification,
        ratified,
        is_in_force=ratification.in_force_on <= on and not denounced,
        reservations=ratification.standing_reservations,
        due=due,
        is_past=due is not None and due.on < on,
    )


def ratifications_of(user: User) -> dict[int, Any]:
    """The ratifications of the reader's State by instrument, each with its number of standing reservations."""
    counted = Count("reservations", filter=Q(reservations__withdrawn_on__isnull=True))
    rows = Ratification.objects.of(user).annotate(standing_reservations=counted)
    return {row.instrument_id: row for row in rows}


def groups(user: User, *, on: datetime.date) -> list[Group]:
    """All instruments by kind, each kind in the order of the catalogue."""
    state_id = state_of(user)
    ratifications = ratifications_of(user) if state_id else {}
    due = last_due_of(state_id) if state_id else {}
    found = {kind: Group(str(label)) for kind, label in HEADINGS.items()}
    for instrument in Instrument.objects.select_related("mechanism"):
        line = Line(
            instrument,
            words(instrument, "short_name"),
            standing(instrument, ratifications.get(instrument.pk), last_due_on=due.get(instrument.pk), on=on)
            if state_id
            else None,
        )
        found[InstrumentKind(instrument.kind)].lines.append(line)
    return [group for group in found.values() if group.lines]


def text_family(instrument: Instrument) -> str:
    """The family of texts by which the crosswalk filters; needs ``mechanism`` on the instrument."""
    if instrument.kind == InstrumentKind.CORE_TREATY:
        return "core"
    if instrument.kind == InstrumentKind.OPTIONAL_PROTOCOL:
        return "protocols"
    family = instrument.mechanism.family if instrument.mechanism else ""
    if family == Family.ILO:
        return "ilo"
    return "crime" if family == Family.UNTOC_REVIEW else "other"
