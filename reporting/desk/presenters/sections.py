"""Home of a drafter or focal point: the sections of the person's bodies, what others ask of them, and what is said.

What is shown is cut in the query: the page costs the same for twelve sections as for a thousand.
"""

from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any

from django.db.models import Case, Count, Exists, F, Min, OuterRef, Q, Subquery, Value, When
from django.db.models.fields import CharField
from django.db.models.functions import Cast, Concat, JSONObject
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts import permissions
from accounts.choices import Role
from accounts.models import User
from accounts.presenters.paging import part_of
from reporting.reports.choices import VIEW, WRITABLE, WRITE_CONTRIBUTION, ReportStatus, SectionStatus
from reporting.reports.models import AnswerVersion, Comment, Contribution, NamedDrafter, ReportSection
from reporting.reports.presenters import contributions
from reporting.reports.presenters.calendar import steps
from reporting.reports.presenters.report import answered, task
from reporting.reports.presenters.words import day, page_url, section_title, stamp, today, weekday

SOON = 7  # days
MOST = 12  # rows before "Show all"
AT_WORK = [ReportStatus.DRAFTING, ReportStatus.CONSOLIDATION, ReportStatus.VALIDATION]
DO_NEXT, LATER, WITH_COORDINATOR, CLEARED = range(4)


@dataclass
class Group:
    """A heading and its rows of components/task_row.html."""

    title: str
    tasks: list[dict[str, Any]] = field(default_factory=list)


@dataclass(frozen=True)
class View:
    """Which list: the ministry's or the person's own; its first rows, a page of all, or a page of the cleared ones."""

    ministry: bool = False
    everything: bool = False
    cleared: bool = False
    page: int = 1

    @property
    def rows(self) -> slice:
        if not (self.everything or self.cleared):
            return slice(0, MOST)
        return part_of(self.page)


@dataclass
class Desk:
    """All that the page shows; ``total`` counts the list that is paged, ``page`` is the one shown of it, and ``hidden``
    counts what the first rows leave out."""

    sentence: str
    groups: list[Group]
    asked: list[dict[str, Any]]
    cleared: list[dict[str, Any]]
    cleared_total: int
    total: int
    page: int
    hidden: int
    is_new: bool
    first_url: str
    stamp: tuple[str, str]
    steps: list[dict[str, Any]]
    workbooks: list[dict[str, str]]  # the reports whose sections are worked on in Excel: "label", "url"


def desk(user: User, view: View) -> Desk:
    """Three statements: the sections, what the bodies are asked, and (``comments``) what others said; one more for
    the names of a ministry's drafters."""
    rows = list(_sections(user, view))
    if not rows and view.page > 1:
        return desk(user, replace(view, page=1))
    asked = [] if view.cleared else list(_asked(user)[view.rows])
    count = rows[0].summary if rows else {}
    groups = [Group(_("Do next")), Group(_("Later")), Group(_("With the coordinator"))]
    cleared = []
    for row in rows:
        if row.place == CLEARED:
            cleared.append(_task(row, view))
        else:
            groups[row.place].tasks.append(_task(row, view))
    asked_total = asked[0].asked_total if asked else 0
    length = count.get("cleared", 0) if view.cleared else max(count.get("open", 0), asked_total)
    # The report of what is listed that is due first: its calendar stands beside the list.
    report = min((row.report for row in rows), key=lambda each: (each.due_on is None, each.due_on), default=None)
    return Desk(
        sentence=_sentence(count),
        groups=[group for group in groups if group.tasks],
        asked=[contributions.row(each) for each in asked],
        cleared=cleared if view.cleared else [],
        cleared_total=count.get("cleared", 0),
        total=length,
        page=view.page,
        hidden=0 if view.everything else max(0, count.get("open", 0) - MOST) + max(0, asked_total - MOST),
        is_new=not (rows and (rows[0].has_written or any(row.status != SectionStatus.NOT_STARTED for row in rows))),
        first_url=next((each["url"] for group in groups for each in group.tasks), ""),
        stamp=stamp(report) if report else ("", ""),
        steps=steps(report) if report else [],
        workbooks=_workbooks([*(row.report for row in rows), *(each.section.report for each in asked)]),
    )


def _workbooks(reports: list[Any]) -> list[dict[str, str]]:
    """One link for each report in which something stands in the list and is open for writing."""
    open_ones = {each.pk: each for each in reports if each.status == ReportStatus.DRAFTING}
    addresses = [(stamp(each), page_url("workbooks", each.slug)) for each in open_ones.values()]
    return [{"label": full, "url": url} for (_short, full), url in addresses if url]


def _task(row: ReportSection, view: View) -> dict[str, Any]:
    return task(row, about=_about(row, ministry=view.ministry), with_stamp=True)


def _sections(user: User, view: View) -> Any:
    """The sections that the view shows, the most urgent first, each with the counts of them all (``summary``).

    They are led by the person's bodies, in reports at work; of those with named drafters a person has the own
    ones, the ministry all.
    """
    named = NamedDrafter.objects.filter(section=OuterRef("pk"))
    granted: Any = permissions.granted(user, VIEW, ReportSection)
    rows = granted.of(user).asked().filter(report__status__in=AT_WORK)
    if not view.ministry:
        rows = rows.filter(~Exists(named) | Exists(named.filter(user=user)))
    chosen = rows.filter(status=SectionStatus.CLEARED) if view.cleared else rows
    first = _by_urgency(chosen).values("pk")[view.rows]
    shown = _by_urgency(ReportSection.objects.filter(pk__in=first)).for_page()
    shown = shown.select_related("report__cycle__instrument", "report__cycle__mechanism", "section__part", "status_by")
    shown = shown.annotate(
        summary=Subquery(_summary(rows)),
        has_written=Exists(AnswerVersion.objects.of(user).filter(by=user)),
    )
    return shown.prefetch_related("named__user") if view.ministry else shown


def _by_urgency(rows: Any) -> Any:
    """By group; in each what came back first, then by day, then in the report's order."""
    soon = Q(status=SectionStatus.RETURNED) | Q(due_on__lte=today() + timedelta(days=SOON))
    place = Case(
        When(status=SectionStatus.CLEARED, then=CLEARED),
        When(status=SectionStatus.IN_REVIEW, then=WITH_COORDINATOR),
        When(soon, then=DO_NEXT),
        default=LATER,
    )
    came_back = Case(When(status=SectionStatus.RETURNED, then=0), default=1)
    rows = rows.annotate(place=place)
    return rows.order_by("place", came_back, F("due_on").asc(nulls_last=True), "report", "position")


def _summary(rows: Any) -> Any:
    """{"open", "with_you", "back", "late", "cleared": counts; "next": "2026-11-26 f2" or None}, as one value.

    In one subquery that looks at no outer row, so that the database makes it once, in the statement of the rows.
    """
    mine = Q(status__in=WRITABLE)
    day_and_code = Concat(Cast("due_on", CharField()), Value(" "), "slug", output_field=CharField())
    counts = JSONObject(
        open=Count("pk", filter=~Q(status=SectionStatus.CLEARED)),
        with_you=Count("pk", filter=mine),
        back=Count("pk", filter=Q(status=SectionStatus.RETURNED)),
        late=Count("pk", filter=mine & Q(due_on__lt=today())),
        cleared=Count("pk", filter=Q(status=SectionStatus.CLEARED)),
        next=Min(day_and_code, filter=mine & Q(due_on__gte=today())),
    )
    # All are of one State, so grouping by it makes one row of them.
    return rows.order_by().values("state_party").annotate(counts=counts).values("counts")


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


def _sentence(count: dict[str, Any]) -> str:
    """How many, what came back, what is due first; "" where nothing is with the person."""
    total = count.get("with_you", 0)
    if not total:
        return ""
    parts = [ngettext("%(count)d section is with you.", "%(count)d sections are with you.", total) % {"count": total}]
    back, late = count["back"], count["late"]
    if back:
        parts.append(
            ngettext("%(count)d came back for changes.", "%(count)d came back for changes.", back) % {"count": back}
        )
    if late:
        parts.append(ngettext("%(count)d is late.", "%(count)d are late.", late) % {"count": late})
    if count["next"]:
        due_on, _space, code = count["next"].partition(" ")
        named = {"code": code.upper(), "date": weekday(parse_date(due_on))}
        parts.append(_("The next, %(code)s, is due on %(date)s.") % named)
    return " ".join(parts)


def _asked(user: User) -> Any:
    """What the person's bodies are asked by others, while they can still write it; each with how many there are."""
    granted: Any = permissions.granted(user, WRITE_CONTRIBUTION, Contribution)
    rows = granted.of(user).pending().filter(section__report__status=ReportStatus.DRAFTING)
    total = rows.order_by().values("state_party").annotate(total=Count("pk")).values("total")
    return (
        contributions.with_counters(rows)
        .annotate(asked_total=Subquery(total))
        .order_by(F("due_on").asc(nulls_last=True), "section__position", "pk")
    )


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
