"""The white strip on every page of a report: what it is, when it is due, and the pages that the person may open."""

from collections.abc import Callable
from typing import Any, NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from accounts import permissions
from accounts.acts import Act
from accounts.choices import Role
from accounts.models import User
from reporting.reports.choices import BEFORE_ENDORSED, ReportStatus
from reporting.reports.models import Report
from reporting.reports.permissions import COORDINATE_REPORT, SEE_REPORT, TRANSMIT_REPORT
from reporting.reports.permissions_translation import SEE_TRANSLATIONS
from reporting.reports.presenters.words import day, left, page_url, stamp

Shown = Callable[[User, Report], bool]


def _ever(*acts: Act) -> Shown:
    return lambda user, report: any(permissions.may_ever(user, act, report) for act in acts)


def _writes(user: User, report: Report) -> bool:
    """Those who have sections or contributions: everybody in the report but the mission and consulted bodies."""
    return permissions.person(user).has_role(Role.DRAFTER, Role.FOCAL_POINT, Role.COORDINATOR)


def _overview(user: User, report: Report) -> bool:
    """Whoever is shown a page of the report may see its overview, so nothing is asked; but for translators."""
    return not permissions.person(user).has_role(Role.TRANSLATOR) or permissions.may_ever(user, SEE_REPORT, report)


def _translated(user: User, report: Report) -> bool:
    return report.cycle.is_translated and _ever(SEE_TRANSLATIONS)(user, report)


def _exports(user: User, report: Report) -> bool:
    return _writes(user, report) or _endorsed(user, report)


def _in_validation(user: User, report: Report) -> bool:
    """Focal points answer, coordinators watch; whose body has no part sees no page of the report at all."""
    is_focal = permissions.person(user).has_role(Role.FOCAL_POINT)
    return report.status == ReportStatus.VALIDATION and (is_focal or _ever(COORDINATE_REPORT)(user, report))


def _endorsed(user: User, report: Report) -> bool:
    return report.status not in BEFORE_ENDORSED and _ever(TRANSMIT_REPORT)(user, report)


class Tab(NamedTuple):
    label: Any  # lazy text
    name: str  # of the URL
    shown: Shown


TABS = [
    Tab(gettext_lazy("Overview"), "report", _overview),
    Tab(gettext_lazy("Sections"), "report_sections", _writes),
    Tab(gettext_lazy("Review board"), "report_board", _ever(COORDINATE_REPORT)),
    Tab(gettext_lazy("Assign"), "report_assign", _ever(COORDINATE_REPORT)),
    Tab(gettext_lazy("Contributions"), "report_contributions", _writes),
    Tab(gettext_lazy("Consultation"), "report_consultation", _ever(COORDINATE_REPORT)),
    Tab(gettext_lazy("Translation"), "report_translation", _translated),
    Tab(gettext_lazy("Checks"), "report_check", _ever(COORDINATE_REPORT)),
    Tab(gettext_lazy("Validation"), "report_validation", _in_validation),
    Tab(gettext_lazy("Export"), "report_exports", _exports),
    Tab(gettext_lazy("Transmission"), "report_transmission", _endorsed),
    Tab(gettext_lazy("People"), "report_people", _writes),
    Tab(gettext_lazy("Log"), "report_log", _ever(COORDINATE_REPORT)),
]


def strip(report: Report, user: User, current: str) -> dict[str, Any]:
    """{"strip", "tabs"} for components/report_strip.html; ``current`` is the URL name of the page.

    Tabs are the pages that exist and that the person may open. Needs ``cycle`` with its instrument
    and mechanism on the report; asks for grants and bodies once a request.
    """
    short, full = stamp(report)
    about = [full]
    total = getattr(report, "section_total", None)
    if total is not None:
        about.append(ngettext("%(count)d section", "%(count)d sections", total) % {"count": total})
    about.append(report.get_status_display())
    is_open = report.status in BEFORE_ENDORSED
    return {
        "strip": {
            "short": short,
            "full": full,
            "title": report.title_here,
            "url": page_url("report" if _overview(user, report) else "report_translation", report.slug),
            "about": about,
            "due": _("Due %(date)s") % {"date": day(report.due_on)} if report.due_on else "",
            "left": left(report.due_on) if is_open else "",
        },
        "tabs": _tabs(report, user, current),
    }


def _tabs(report: Report, user: User, current: str) -> list[dict[str, Any]]:
    tabs = []
    for tab in TABS:
        url = page_url(tab.name, report.slug)
        if url and tab.shown(user, report):
            tabs.append({"label": tab.label, "url": url, "current": tab.name == current})
    return tabs


def has_reports(who: permissions.Person) -> bool:
    """Whether the menu offers the reports: to every member of a State's body, but those who only translate."""
    return any(row.role != Role.TRANSLATOR for row in who.memberships)
