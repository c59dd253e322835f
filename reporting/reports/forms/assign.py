"""Lead, due date and allotment of all sections in one table, and the same for those ticked."""

import datetime
from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from accounts.choices import BodyKind
from accounts.forms import DayField
from accounts.models import Body
from accounts.numbers import identifier
from reporting.reports.models import ReportSection
from reporting.reports.services.section import Assignment

NEVER_LEAD = [BodyKind.CONSULTED, BodyKind.MISSION]
DAY = DayField(required=False)
WORDS = forms.IntegerField(required=False, min_value=0, max_value=100_000)


def possible_leads(state_party_id: int) -> list[Body]:
    rows = Body.objects.filter(state_party_id=state_party_id, is_active=True).exclude(kind__in=NEVER_LEAD)
    return list(rows.order_by("name"))


class AssignmentTable:
    """What the table says for each section: typed text kept as typed, errors beside their cell.

    The names of its inputs are ``lead-PK``, ``due-PK``, ``words-PK``; ``chosen`` ticks rows, and
    ``all-lead``, ``all-due`` and ``all-words`` set what they hold for the ticked rows.
    """

    def __init__(self, sections: Iterable[ReportSection], leads: list[Body], data: Any = None) -> None:
        self.sections = list(sections)
        self.leads = leads
        self.data = data
        self.errors: dict[int, list[str]] = {}
        self.chosen = {identifier(pk) for pk in data.getlist("chosen")} if data else set()
        self.bulk_error = ""
        self.assignments: list[Assignment] = []
        if data is not None:
            self.assignments = [found for row in self.sections if (found := self._read(row)) is not None]

    def is_valid(self) -> bool:
        return self.data is not None and not self.errors and not self.bulk_error

    @property
    def changed(self) -> list[Assignment]:
        now = {row.pk: (row.lead_id, row.due_on, row.allotment) for row in self.sections}
        return [
            each for each in self.assignments if now[each.section_id] != (each.lead_id, each.due_on, each.allotment)
        ]

    def typed(self, section: ReportSection) -> dict[str, str]:
        """The text of a row's inputs: as typed, or with what was set in bulk, else as it stands."""
        stands = {
            "lead": str(section.lead_id or ""),
            "due": section.due_on.isoformat() if section.due_on else "",
            "words": "" if section.allotment is None else str(section.allotment),
        }
        if self.data is None:
            return stands
        typed = {name: self.data.get(f"{name}-{section.pk}", text).strip() for name, text in stands.items()}
        if section.pk in self.chosen:
            for name in typed:
                bulk = self.data.get(f"all-{name}", "").strip()
                typed[name] = "" if bulk == "none" else bulk or typed[name]
        return typed

    def _read(self, section: ReportSection) -> Assignment | None:
        typed = self.typed(section)
        known = {str(body.pk): body.pk for body in self.leads}
        known[str(section.lead_id or "")] = section.lead_id  # type: ignore[assignment]
        known[""] = None  # type: ignore[assignment]
        if typed["lead"] not in known:
            self._wrong(section, _("Choose a body of the State that is active."))
        due, words = self._day(section, typed["due"]), self._words(section, typed["words"])
        if section.pk in self.errors:
            return None
        return Assignment(section.pk, known[typed["lead"]], due, words)

    def _day(self, section: ReportSection, text: str) -> datetime.date | None:
        try:
            return DAY.clean(text)
        except ValidationError:
            self._wrong(section, _("Give the due date as a day, such as 2027-03-31."))
        return None

    def _words(self, section: ReportSection, text: str) -> int | None:
        try:
            return WORDS.clean(text)
        except ValidationError:
            self._wrong(section, _("Give the words allotted as a whole number."))
        return None

    def _wrong(self, section: ReportSection, sentence: str) -> None:
        self.errors.setdefault(section.pk, []).append(sentence)
