"""A report as its overview and the lists show it."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, Q, Sum
from django.utils import timezone
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from accounts import permissions
from accounts.acts import Move
from accounts.models import Body, User
from reporting.reports.choices import BEFORE_ENDORSED, ReportStatus, SectionStatus
from reporting.reports.models import Report, ReportSection
from reporting.reports.presenters.words import (
    day,
    distance,
    is_late,
    number,
    page_url,
    section_sign,
    section_title,
    share,
    stamp,
    today,
    weekday,
)
from reporting.reports.workflow import REPORT_MOVES

REPORT_SIGNS = {
    ReportStatus.PLANNED: "empty",
    ReportStatus.DRAFTING: "half",
    ReportStatus.CONSOLIDATION: "half",
    ReportStatus.VALIDATION: "arrow",
    ReportStatus.ENDORSED: "disc",
    ReportStatus.TRANSMITTED: "diamond",
    ReportStatus.RECEIVED: "disc",
    ReportStatus.CONSIDERED: "disc",
    ReportStatus.CLOSED: "disc",
}
SENT = [SectionStatus.IN_REVIEW, SectionStatus.CLEARED]


def with_counters(reports: Any) -> Any:
    """Each report with what a list shows of its sections, in the same statement."""
    asked = Q(sections__is_set_aside=False)
    late = Q(sections__status__in=[SectionStatus.NOT_STARTED, SectionStatus.DRAFTING, SectionStatus.RETURNED])
    return reports.select_related(
        "cycle__instrument", "cycle__mechanism", "cycle__coordinating_body", "state_party", "status_by"
    ).annotate(
        section_total=Count("sections", filter=asked),
        section_sent=Count("sections", filter=asked & Q(sections__status__in=SENT)),
        section_cleared=Count("sections", filter=asked & Q(sections__status=SectionStatus.CLEARED)),
        section_waiting=Count("sections", filter=asked & Q(sections__status=SectionStatus.IN_REVIEW)),
        section_late=Count("sections", filter=asked & late & Q(sections__due_on__lt=today())),
        words_total=Sum("sections__words", default=0),
        questions_asked=Sum("sections__asked", default=0),
        questions_answered=Sum("sections__answered", default=0),
    )


def counted(reports: Iterable[Report]) -> list[Any]:
    """The reports of one page in its order, ``with_counters``: the sections of no other report are looked at."""
    keys = [report.pk for report in reports]
    found = with_counters(Report.objects.filter(pk__in=keys)).in_bulk()
    return [found[key] for key in keys]


def row(report: Any) -> dict[str, Any]:
    """One report in a list; needs ``with_counters``."""
    short, full = stamp(report)
    is_open = report.status in BEFORE_ENDORSED
    return {
        "title": report.title_here,
        "url": page_url("report", report.slug),
        "board_url": page_url("report_board", report.slug),
        "transmission_url": page_url("report_transmission", report.slug),
        "short": short,
        "full": full,
        "kind": report.get_kind_display(),
        "cycle": str(report.cycle),
        "sign": REPORT_SIGNS[ReportStatus(report.status)],
        "status": report.get_status_display(),
        "due": weekday(report.due_on),
        "distance": distance(report.due_on) if is_open else "",
        "late": bool(is_open and report.due_on and report.due_on < today()),
        "ruler": share(report.words_total, report.word_limit),
        "progress": _("%(sent)d of %(total)d sections sent, %(cleared)d cleared")
        % {"sent": report.section_sent, "total": report.section_total, "cleared": report.section_cleared},
        "waiting": _waiting(report),
        "overdue": _overdue(report),
        "words_left": _words_left(report),
    }


def _waiting(report: Any) -> str:
    count = report.section_waiting
    if not count or report.status != ReportStatus.DRAFTING:
        return ""
    return ngettext("%(count)d section waits for a decision", "%(count)d sections wait for a decision", count) % {
        "count": count
    }


def _overdue(report: Any) -> str:
    count = report.section_late
    if not count or report.status != ReportStatus.DRAFTING:
        return ""
    return ngettext("%(count)d section is late", "%(count)d sections are late", count) % {"count": count}


def _words_left(report: Any) -> str:
    if not report.word_limit:
        return ""
    rest = report.word_limit - report.words_total
    if rest < 0:
        return ngettext("%(rest)s word over the limit", "%(rest)s words over the limit", -rest) % {
            "rest": number(-rest)
        }
    return ngettext("%(rest)s word left", "%(rest)s words left", rest) % {"rest": number(rest)}


def task(section: ReportSection, *, about: list[str], with_stamp: bool = False) -> dict[str, Any]:
    """A section as components/task_row.html shows it; needs ``SectionQuerySet.for_page``."""
    sign, status = section_sign(section)
    short, full = stamp(section.report) if with_stamp else ("", "")
    sent = section.status in SENT
    late = is_late(section)
    return {
        "code": section.code,
        "title": section_title(section),
        "url": page_url("report_section", section.report.slug, section.slug),
        "short": short,
        "full": full,
        "about": about,
        "due": "" if sent else weekday(section.due_on),
        "distance": "" if sent else distance(section.due_on),
        "late": late or section.status == SectionStatus.RETURNED,
        "ruler": None if section.is_set_aside else share(section.words, section.allotment, last=section.last_words),
        "sign": sign,
        "status": status,
        "note": _return_note(section),
    }


def _return_note(section: ReportSection) -> dict[str, str] | None:
    """The coordinator's words, until the section is sent again."""
    if section.status != SectionStatus.RETURNED or not section.status_note:
        return None
    return {
        "strong": _("%(name)s, coordinator:") % {"name": section.status_by or ""},
        "text": section.status_note,
    }


def answered(section: ReportSection) -> str:
    return ngettext(
        "%(answered)d of %(asked)d question answered", "%(answered)d of %(asked)d questions answered", section.asked
    ) % {"answered": section.answered, "asked": section.asked}


# --- the overview ------------------------------------------------------------------------


@dataclass(frozen=True)
class MoveForm:
    """A move that the person has the right to: offered, or shown with the reason why not."""

    name: str
    label: str
    asks_reason: bool
    asks_date: bool
    why_not: str
    url: str = ""  # where the move has a page of its own


@dataclass
class Progress:
    name: str
    total: int = 0
    sent: int = 0
    cleared: int = 0
    late: int = 0
    words: int = 0
    allotment: int = 0
    ruler: dict[str, Any] = field(default_factory=dict)
    url: str = ""


PAGES_OF_MOVES = {
    "endorse": "report_endorse",
    "transmit": "report_transmission",
    "receive": "report_transmission",
    "returned_by_secretariat": "report_transmission",
    "validate": "report_validation",
}
HERE = {"open", "consolidate", "validate", "back_to_consolidation", "consider", "close"}


def moves(report: Report, user: User) -> list[MoveForm]:
    """The moves from the report's state that the person holds the right to, in the table's order."""
    found = []
    for move in REPORT_MOVES.from_state(report.status):
        if move.name == "back_to_drafting" or not permissions.may_ever(user, move, report):
            continue
        elsewhere = page_url(PAGES_OF_MOVES[move.name], report.slug) if move.name in PAGES_OF_MOVES else ""
        if not elsewhere and move.name not in HERE:
            continue
        found.append(_move_form(move, report, user, elsewhere))
    return found


def _move_form(move: Move, report: Report, user: User, url: str) -> MoveForm:
    reason = permissions.why_not(user, move, report, moves=REPORT_MOVES)
    return MoveForm(move.name, str(move.label), move.asks_reason, move.name == "validate", reason or "", url)


def what_next(report: Report) -> str:
    """One sentence: what happens next, and who makes it happen."""
    return {
        ReportStatus.PLANNED: _("The coordinators assign the sections and open the report for drafting."),
        ReportStatus.DRAFTING: _(
            "The ministries write and send their sections; the coordinators return or clear them. "
            "When every section is cleared, the report is consolidated."
        ),
        ReportStatus.CONSOLIDATION: _("The coordinators read the whole text and send it to every body for validation."),
        ReportStatus.VALIDATION: _("Every body reads the whole draft and objects, or records no objection."),
        ReportStatus.ENDORSED: _("The permanent mission transmits the files with a note verbale."),
        ReportStatus.TRANSMITTED: _("The permanent mission records the receipt and the document symbol."),
        ReportStatus.RECEIVED: _("The coordinators mark the report as considered after the constructive dialogue."),
        ReportStatus.CONSIDERED: _("The coordinators close the report."),
        ReportStatus.CLOSED: _("Nothing more: the report is closed."),
    }[ReportStatus(report.status)]


def standing(report: Report) -> str:
    """Who brought the report to its state, and when."""
    if report.status_by is None or report.status_at is None:
        return ""
    return _("%(state)s since %(date)s, by %(name)s") % {
        "state": report.get_status_display(),
        "date": day(timezone.localtime(report.status_at).date()),
        "name": report.status_by,
    }


def facts(report: Any) -> list[tuple[str, str]]:
    """(label, text) of what a reader of the overview asks first."""
    cycle = report.cycle
    limit = _("%(words)s words") % {"words": number(report.word_limit)} if report.word_limit else _("none")
    due = day(report.due_on)
    if due and report.due_source:
        due = f"{due} (\u2068{report.due_source}\u2069)"  # isolated: a symbol stays whole in a line of Arabic
    return [
        (_("Kind"), str(report.get_kind_display())),
        (_("Procedure"), str(cycle.get_procedure_display())),
        (_("Form"), str(report.get_tier_display())),
        (_("Due"), due or _("not set")),
        (_("Word limit"), limit),
        (_("Written so far"), _("%(words)s words") % {"words": number(report.words_total)}),
        (_("Last year of the tables"), str(report.last_year)),
        (_("Coordinated by"), str(cycle.coordinating_body)),
        (_("Working language"), language_name(cycle.working_language)),
        (_("Submitted in"), language_name(cycle.submission_language)),
        *([(_("Which text prevails"), str(cycle.get_prevailing_display()))] if cycle.is_translated else []),
    ]


def language_name(code: str) -> str:
    from django.conf import settings  # read when asked: the list of languages is a setting

    return dict(settings.LANGUAGES).get(code, code)


def by_body(sections: list[ReportSection], report: Report) -> list[Progress]:
    """Progress of each lead body, in the order of names; sections that nobody leads come last."""
    groups: dict[int, Progress] = {}
    for section in sections:
        if section.is_set_aside:
            continue
        key = section.lead_id or 0
        if key not in groups:
            groups[key] = Progress(_lead_name(section.lead), url=_sections_of(report, section.lead))
        _add(groups[key], section)
    rows = sorted(groups.items(), key=lambda pair: (pair[0] == 0, pair[1].name))
    return [_with_ruler(group) for _key, group in rows]


def _lead_name(body: Body | None) -> str:
    return str(body) if body else _("Unassigned")


def _sections_of(report: Report, body: Body | None) -> str:
    return f"{page_url('report_sections', report.slug)}?body={body.slug if body else 'none'}"


def _add(group: Progress, section: ReportSection) -> None:
    group.total += 1
    group.sent += section.status in SENT
    group.cleared += section.status == SectionStatus.CLEARED
    group.late += is_late(section)
    group.words += section.words
    group.allotment += section.allotment or 0


def _with_ruler(group: Progress) -> Progress:
    group.ruler = share(group.words, group.allotment or None)
    return group


def by_part(sections: list[ReportSection]) -> list[Progress]:
    """Progress of each part of the questionnaire, in its order."""
    groups: dict[int, Progress] = {}
    for section in sections:
        if section.is_set_aside:
            continue
        part = section.section.part
        if part.pk not in groups:
            groups[part.pk] = Progress(_part_name(section))
        _add(groups[part.pk], section)
    return [_with_ruler(group) for group in groups.values()]


def _part_name(section: ReportSection) -> str:
    return section.section.part.wording("title", get_language())[0]
