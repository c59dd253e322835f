"""The list of a report's sections, with its filters."""

from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from accounts.permissions import Person
from reporting.reports.choices import SectionStatus
from reporting.reports.models import Report, ReportSection
from reporting.reports.presenters.report import answered, task
from reporting.reports.presenters.words import is_late


class SectionList:
    """Sections that the person may read, those that the filters leave, and what can be chosen."""

    def __init__(self, report: Report, rows: list[ReportSection], who: Person, chosen: Any) -> None:
        for row in rows:
            row.report = report
        self.rows = rows
        self.status, self.part = chosen.get("status", ""), chosen.get("part", "")
        self.body, self.mine = chosen.get("body", ""), chosen.get("mine") == "1"
        self._own = who.bodies()
        self.chosen = [row for row in rows if self._fits(row)]

    def _fits(self, row: ReportSection) -> bool:
        return (
            self._fits_status(row)
            and (not self.part or row.section.part.code == self.part)
            and (not self.body or (row.lead.slug if row.lead else "none") == self.body)
            and (not self.mine or row.lead_id in self._own)
        )

    def _fits_status(self, row: ReportSection) -> bool:
        if self.status == "late":
            return is_late(row)
        if self.status == "set_aside":
            return row.is_set_aside
        return not self.status or (row.status == self.status and not row.is_set_aside)

    @property
    def is_filtered(self) -> bool:
        return bool(self.status or self.part or self.body or self.mine)

    @property
    def statuses(self) -> list[tuple[str, str]]:
        found = [(str(value), str(label)) for value, label in SectionStatus.choices]
        return [*found, ("late", _("Late")), ("set_aside", _("Nothing asked"))]

    @property
    def parts(self) -> list[tuple[str, str]]:
        language = get_language()
        parts = {row.section.part.code: row.section.part for row in self.rows}
        return [(code, part.wording("title", language)[0]) for code, part in parts.items()]

    @property
    def bodies(self) -> list[tuple[str, str]]:
        found = {row.lead.slug: str(row.lead) for row in self.rows if row.lead}
        rows = sorted(found.items(), key=lambda pair: pair[1])
        return [*rows, ("none", _("Unassigned"))] if any(row.lead is None for row in self.rows) else rows

    @property
    def may_choose_mine(self) -> bool:
        return any(row.lead_id in self._own for row in self.rows)

    def task(self, row: ReportSection) -> dict[str, Any]:
        lead = str(row.lead) if row.lead else _("nobody leads it")
        return task(row, about=[lead, answered(row)])
