"""Where one is in a report: the section, its neighbours, and the outline at the start side."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.db.models import Prefetch
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from accounts import permissions
from accounts.models import User
from reporting.reports.choices import ContributionStatus, SectionStatus
from reporting.reports.models import Answer, Contribution, Report, ReportSection
from reporting.reports.permissions import SEE_PART_OF_SECTION, visible_answer_ids

SIGNS = {
    SectionStatus.NOT_STARTED: "empty",
    SectionStatus.DRAFTING: "half",
    SectionStatus.IN_REVIEW: "arrow",
    SectionStatus.RETURNED: "return",
    SectionStatus.CLEARED: "disc",
}


@dataclass
class Place:
    """One section as a person comes to it; ``rows`` are all sections of the report, in order.

    ``answer_ids`` are those that the person may read; None means all.
    """

    user: User
    report: Report
    section: ReportSection
    rows: list[ReportSection]
    visible: list[ReportSection]
    answer_ids: set[int] | None

    @property
    def first_paragraph(self) -> int:
        """The number of the section's first paragraph in the assembled report."""
        return 1 + sum(row.paragraphs for row in self.rows if row.position < self.section.position)

    def url(self, name: str = "report_section", *args: Any) -> str:
        return _address(name, self.report.slug, self.section.slug, *args)


@lru_cache(maxsize=4096)
def _address(name: str, *args: Any) -> str:
    """A section with many comments has hundreds of addresses, the same each time."""
    return reverse(name, args=args)


def place(user: User, report_slug: str, slug: str) -> Place | None:
    """The section at an address, in the person's own State; None where there is none. Six statements."""
    asked = Contribution.objects.select_related("body", "status_by").order_by("body__name")
    only_ids = Answer.objects.order_by().only("pk")
    rows = list(
        ReportSection.objects.of(user)
        .filter(report__slug=report_slug)
        .select_related(
            "report__cycle__instrument",
            "report__cycle__mechanism",
            "report__cycle__coordinating_body",
            "report__state_party",
            "section__part",
            "lead",
            "status_by",
        )
        .prefetch_related(Prefetch("contributions", queryset=asked), Prefetch("contributions__answers", only_ids))
        .order_by("position")
    )
    section = next((row for row in rows if row.slug == slug), None)
    if section is None:
        return None
    report = section.report
    for row in rows:
        row.report = report
        for contribution in row.contributions.all():
            contribution.section = row
    # What is in hand need not be read again: the State, and the bodies in the report.
    user.state_party = report.state_party
    report.body_ids = {row.lead_id for row in rows if row.lead_id is not None} | {
        each.body_id for row in rows for each in row.contributions.all() if each.status != ContributionStatus.WITHDRAWN
    }
    who = permissions.person(user)
    who.prefetch(rows)
    who.prefetch([each for row in rows for each in row.contributions.all()])
    visible = [row for row in rows if permissions.allows(user, SEE_PART_OF_SECTION, row)]
    answer_ids = visible_answer_ids(user, section)
    return Place(user, report, section, rows, visible, answer_ids)


def sign(row: ReportSection) -> str:
    """The sign of a section's state; a dashed ring where no body leads it yet."""
    if row.lead_id is None and row.status == SectionStatus.NOT_STARTED:
        return "dashed"
    return SIGNS[SectionStatus(row.status)]


def outline(here: Place, *, show_all: bool) -> dict[str, Any]:
    """{"parts": [{"title", "sections": [...]}], "total", "mine", "show_all"}; yours, or all that one may read."""
    language = get_language() or "en"
    mine = {row.pk for row in here.visible if _is_mine(here.user, row)} | {here.section.pk}
    parts: dict[int, dict[str, Any]] = {}
    for row in here.visible:
        if row.is_set_aside or not (show_all or row.pk in mine):
            continue
        part = row.section.part
        group = parts.setdefault(part.pk, {"title": part.wording("title", language)[0], "sections": []})
        group["sections"].append(
            {
                "code": row.code,
                "title": row.section.wording("title", language)[0],
                "url": reverse("report_section", args=[here.report.slug, row.slug]),
                "sign": sign(row),
                "status": status_word(row),
                "words": row.words,
                "current": row.pk == here.section.pk,
            }
        )
    return {"parts": list(parts.values()), "total": len(here.visible), "mine": len(mine), "show_all": show_all}


def status_word(row: ReportSection) -> str:
    return _("Unassigned") if sign(row) == "dashed" else str(row.get_status_display())


def _is_mine(user: User, row: ReportSection) -> bool:
    bodies = permissions.person(user).bodies()
    asked = {each.body_id for each in row.contributions.all() if each.status != "withdrawn"}
    return bool(bodies & ({row.lead_id} | asked))


def neighbours(here: Place) -> dict[str, Any]:
    """The sections before and after in the person's own list, or among all that one may read."""
    rows = [row for row in here.visible if not row.is_set_aside and _is_mine(here.user, row)]
    if here.section not in rows:
        rows = [row for row in here.visible if not row.is_set_aside]
    if here.section not in rows:
        return {}
    index = rows.index(here.section)
    around = {
        "previous": rows[index - 1] if index else None,
        "next": rows[index + 1] if index + 1 < len(rows) else None,
    }
    return {
        name: {"code": row.code, "url": reverse("report_section", args=[here.report.slug, row.slug])}
        for name, row in around.items()
        if row is not None
    }
