"""Home of a drafter or focal point: the sections of the person's bodies, what others ask of them, and what is said."""

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts import permissions
from accounts.choices import Role
from accounts.models import User
from reporting.reports.choices import VIEW, WRITE_CONTRIBUTION, ReportStatus, SectionStatus
from reporting.reports.models import AnswerVersion, Comment, Contribution, NamedDrafter, Report, ReportSection
from reporting.reports.presenters import contributions
from reporting.reports.presenters.calendar import steps
from reporting.reports.presenters.report import answered, task
from reporting.reports.presenters.words import day, page_url, section_title, stamp, today, weekday

SOON = 7  # days
MOST = 12  # rows before "Show all"
AT_WORK = [ReportStatus.DRAFTING, ReportStatus.CONSOLIDATION, ReportStatus.VALIDATION]


@dataclass
class Group:
    """A heading and its rows of components/task_row.html."""

    title: str
    tasks: list[dict[str, Any]] = field(default_factory=list)


@dataclass
class Desk:
    """All that the page shows; ``mine`` are the sections at work, before they are cut to the first rows."""

    sentence: str
    groups: list[Group]
    asked: list[dict[str, Any]]
    cleared: list[dict[str, Any]]
    hidden: int
    is_new: bool
    first_url: str
    stamp: tuple[str, str]
    steps: list[dict[str, Any]]


def desk(user: User, *, ministry: bool, everything: bool) -> Desk:
    """Three statements: the sections, what the bodies are asked, and (``comments``) what others said."""
    rows = list(_sections(user))
    mine = rows if ministry else [row for row in rows if not row.others_named or row.is_named]
    groups = [Group(_("Do next")), Group(_("Later")), Group(_("With the coordinator"))]
    cleared = []
    for row in sorted(mine, key=_urgency):
        shown = task(row, about=_about(row, ministry=ministry), with_stamp=True)
        if row.status == SectionStatus.CLEARED:
            cleared.append(shown)
        else:
            groups[_group(row)].tasks.append(shown)
    hidden = 0 if everything else _cut(groups)
    open_rows = [row for row in mine if row.status in {*_WITH_BODY}]
    report = _nearest(mine)
    return Desk(
        sentence=_sentence(open_rows),
        groups=[group for group in groups if group.tasks],
        asked=_asked(user),
        cleared=cleared,
        hidden=hidden,
        is_new=not any(row.has_written for row in rows),
        first_url=next((each["url"] for group in groups for each in group.tasks), ""),
        stamp=stamp(report) if report else ("", ""),
        steps=steps(report) if report else [],
    )


_WITH_BODY = {SectionStatus.NOT_STARTED, SectionStatus.DRAFTING, SectionStatus.RETURNED}


def _sections(user: User) -> Any:
    """Sections led by the person's bodies in reports at work, each with who is named to draft it."""
    named = NamedDrafter.objects.filter(section=OuterRef("pk"))
    granted: Any = permissions.granted(user, VIEW, ReportSection)
    rows = granted.of(user).asked().filter(report__status__in=AT_WORK)
    return (
        rows.for_page()
        .select_related("report__cycle__mechanism")
        .annotate(
            is_named=Exists(named.filter(user=user)),
            others_named=Exists(named),
            has_written=Exists(AnswerVersion.objects.filter(by=user)),
        )
        .prefetch_related("named__user")
        .order_by("report", "position")
    )


def _urgency(row: ReportSection) -> tuple[Any, ...]:
    """What came back first, then by day, then in the report's order."""
    return (
        row.status != SectionStatus.RETURNED,
        row.due_on is None,
        row.due_on or today(),
        row.report_id,
        row.position,
    )


def _group(row: ReportSection) -> int:
    if row.status == SectionStatus.IN_REVIEW:
        return 2
    soon = row.due_on is not None and row.due_on <= today() + timedelta(days=SOON)
    return 0 if row.status == SectionStatus.RETURNED or soon else 1


def _cut(groups: list[Group]) -> int:
    """Leave the first rows; how many are left out."""
    room, hidden = MOST, 0
    for group in groups:
        hidden += max(0, len(group.tasks) - room)
        group.tasks = group.tasks[:room]
        room -= len(group.tasks)
    return hidden


def _about(row: ReportSection, *, ministry: bool) -> list[str]:
    about = [str(row.report.get_kind_display())]
    if ministry:
        names = ", ".join(str(each.user) for each in row.named.all())
        about.append(names or _("all drafters"))
    if row.status == SectionStatus.IN_REVIEW and row.status_at:
        about.append(_("sent %(date)s") % {"date": day(row.status_at.date())})
    elif row.status == SectionStatus.CLEARED:
        about.append(_("cleared by %(name)s") % {"name": row.status_by or ""})
    elif row.status == SectionStatus.NOT_STARTED:
        about.append(_("not begun yet"))
    else:
        about.append(answered(row))
    return about


def _sentence(rows: list[ReportSection]) -> str:
    """How many, what came back, what is due first; "" where nothing is with the person."""
    if not rows:
        return ""
    parts = [
        ngettext("%(count)d section is with you.", "%(count)d sections are with you.", len(rows)) % {"count": len(rows)}
    ]
    back = sum(row.status == SectionStatus.RETURNED for row in rows)
    if back:
        parts.append(
            ngettext("%(count)d came back for changes.", "%(count)d came back for changes.", back) % {"count": back}
        )
    late = sum(1 for row in rows if row.due_on and row.due_on < today())
    if late:
        parts.append(ngettext("%(count)d is late.", "%(count)d are late.", late) % {"count": late})
    ahead = sorted((row.due_on, row.code) for row in rows if row.due_on and row.due_on >= today())
    if ahead:
        due_on, code = ahead[0]
        parts.append(_("The next, %(code)s, is due on %(date)s.") % {"code": code, "date": weekday(due_on)})
    return " ".join(parts)


def _asked(user: User) -> list[dict[str, Any]]:
    """What the person's bodies are asked by others, while they can still write it."""
    granted: Any = permissions.granted(user, WRITE_CONTRIBUTION, Contribution)
    rows = granted.of(user).pending()
    rows = contributions.with_counters(rows.filter(section__report__status=ReportStatus.DRAFTING))
    return [contributions.row(each) for each in rows.order_by("due_on", "section__position")]


def _nearest(rows: list[ReportSection]) -> Report | None:
    """The report whose calendar stands beside the list: the one that is due first."""
    reports = {row.report_id: row.report for row in rows}
    return min(reports.values(), key=lambda each: (each.due_on is None, each.due_on or today()), default=None)


def comments(user: User, *, most: int = 5) -> list[dict[str, Any]]:
    """The newest open threads of others in the person's sections, as far as their audience goes: one statement."""
    who = permissions.person(user)
    rows = Comment.objects.of(user).threads().unresolved().exclude(by=user)
    rows = rows.filter(section__in=permissions.granted(user, VIEW, ReportSection).values("pk"))
    rows = rows.readable(body_ids=who.bodies(Role.DRAFTER, Role.FOCAL_POINT), coordinates=False, in_section=True)
    rows = rows.filter(section__report__status__in=AT_WORK)
    rows = rows.select_related("by", "section__section", "section__report").order_by("-at", "-pk")[:most]
    return [
        {
            "by": str(row.by),
            "code": row.section.code,
            "title": section_title(row.section),
            "url": page_url("section_comments", row.section.report.slug, row.section.slug)
            or page_url("report_section", row.section.report.slug, row.section.slug),
            "at": row.at,
            "text": row.text,
        }
        for row in rows
    ]
