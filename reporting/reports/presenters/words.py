"""Dates, distances and counts as the pages of reports say them."""

import datetime
from typing import Any

from django.urls import NoReverseMatch, reverse
from django.utils import formats, timezone
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from reporting.reports.choices import ContributionStatus, SectionStatus
from reporting.reports.models import Contribution, Report, ReportSection

SECTION_SIGNS = {
    SectionStatus.NOT_STARTED: "empty",
    SectionStatus.DRAFTING: "half",
    SectionStatus.IN_REVIEW: "arrow",
    SectionStatus.RETURNED: "return",
    SectionStatus.CLEARED: "disc",
}
CONTRIBUTION_SIGNS = {
    ContributionStatus.ASKED: "empty",
    ContributionStatus.SENT: "arrow",
    ContributionStatus.RETURNED: "return",
    ContributionStatus.TAKEN_OVER: "disc",
    ContributionStatus.WITHDRAWN: "dash",
}
FAR = 30  # days: beyond, the date alone says enough


def today() -> datetime.date:
    return timezone.localdate()


def page_url(name: str, *args: Any) -> str:
    """The address of a page, or "" where the installation has no such page."""
    try:
        return reverse(name, args=args)
    except NoReverseMatch:
        return ""


def day(value: datetime.date | None) -> str:
    """ "31 March 2027", or ""."""
    return formats.date_format(value, "DATE_FORMAT") if value else ""


def weekday(value: datetime.date | None) -> str:
    """ "Thursday 26 November", with the year where it is not this one."""
    if value is None:
        return ""
    if value.year != today().year:
        return formats.date_format(value, "DATE_FORMAT")
    return f"{formats.date_format(value, 'l')} {formats.date_format(value, 'MONTH_DAY_FORMAT')}"


def distance(value: datetime.date | None, *, on: datetime.date | None = None) -> str:
    """ "in 3 days", "today", "9 days late"; "" beyond thirty days ahead."""
    if value is None:
        return ""
    days = (value - (on or today())).days
    if days < 0:
        return ngettext("%(days)d day late", "%(days)d days late", -days) % {"days": -days}
    if days == 0:
        return _("today")
    return ngettext("in %(days)d day", "in %(days)d days", days) % {"days": days} if days <= FAR else ""


def left(value: datetime.date | None) -> str:
    """ "128 days left" or "9 days late"."""
    if value is None:
        return ""
    days = (value - today()).days
    if days < 0:
        return distance(value)
    return ngettext("%(days)d day left", "%(days)d days left", days) % {"days": days}


def number(value: int | None) -> str:
    return formats.number_format(value or 0)


def of_words(words: int, limit: int | None) -> str:
    """ "612 of 700 words", or "612 words" where there is no limit."""
    if limit:
        return ngettext("%(words)s of %(limit)s word", "%(words)s of %(limit)s words", limit) % {
            "words": number(words),
            "limit": number(limit),
        }
    return ngettext("%(words)s word", "%(words)s words", words) % {"words": number(words)}


def share(words: int, limit: int | None, *, last: int | None = None) -> dict[str, Any]:
    """The ruler of components/ruler.html for words of an allotment or a limit."""
    part = 100 * words / limit if limit else 0
    return {
        "percent": round(min(part, 100)),
        "last_percent": round(min(100 * last / limit, 100)) if limit and last is not None else None,
        "tone": "carmine" if part > 100 else "ochre" if part > 85 else "petrol",
        "sentence": of_words(words, limit),
    }


def section_title(row: ReportSection) -> str:
    return row.section.wording("title", get_language())[0]


def section_sign(row: ReportSection) -> tuple[str, str]:
    """(sign, word) of a section; a section that nobody leads is marked as such until it is started."""
    if row.is_set_aside:
        return "dash", _("Nothing asked")
    if row.lead_id is None and row.status == SectionStatus.NOT_STARTED:
        return "dashed", _("Unassigned")
    return SECTION_SIGNS[SectionStatus(row.status)], str(row.get_status_display())


def section_signs() -> list[tuple[str, str]]:
    """(sign, word) of every state of a section, for a legend."""
    return [("dashed", _("Unassigned")), *((sign, str(status.label)) for status, sign in SECTION_SIGNS.items())]


def contribution_sign(row: Contribution) -> tuple[str, str]:
    """(sign, word); asked becomes a half ring once something is written (``is_written``, where annotated)."""
    sign = CONTRIBUTION_SIGNS[ContributionStatus(row.status)]
    written = row.status == ContributionStatus.ASKED and getattr(row, "is_written", False)
    return "half" if written else sign, str(row.get_status_display())


def is_late(row: ReportSection) -> bool:
    """Overdue: still with the lead after its day."""
    waiting = {SectionStatus.NOT_STARTED, SectionStatus.DRAFTING, SectionStatus.RETURNED}
    return bool(not row.is_set_aside and row.due_on and row.due_on < today() and row.status in waiting)


def stamp(report: Report) -> tuple[str, str]:
    """(short name, full name) of what the report is made under."""
    cycle = report.cycle
    if cycle.instrument is not None:
        return cycle.instrument.code, cycle.instrument.wording("title", get_language())[0]
    return cycle.mechanism.code, cycle.mechanism.wording("name", get_language())[0]
