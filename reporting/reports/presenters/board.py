"""The review board: totals, what needs a decision, and bodies by sections."""

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from accounts.choices import Role
from accounts.models import Body, Membership
from reporting.reports.choices import BEFORE_ENDORSED, ContributionStatus, SectionStatus
from reporting.reports.models import Contribution, Paragraph, Report, ReportSection
from reporting.reports.presenters.report import SENT
from reporting.reports.presenters.words import (
    contribution_sign,
    day,
    distance,
    is_late,
    number,
    page_url,
    section_sign,
    section_title,
    share,
    today,
)

WIDEST = 60  # columns before the matrix splits by part


@dataclass
class Cell:
    """Where a body meets a section; ``fill`` is the share answered in five steps, ``said`` its state for a sheet."""

    url: str
    sign: str
    label: str
    said: str
    fill: int = 0
    contributes: bool = False
    overdue: bool = False


@dataclass
class Row:
    name: str
    people: str
    url: str
    cells: list[Cell | None]
    on_time: str = ""
    ruler: dict[str, Any] = field(default_factory=dict)
    write_url: str = ""
    codes: list[str] = field(default_factory=list)  # of the sections, one to each cell

    @property
    def listed(self) -> list[dict[str, Any]]:
        """The sections that the body has a part in: {"code", "cell"}."""
        pairs = zip(self.codes, self.cells, strict=True)
        return [{"code": code, "cell": cell} for code, cell in pairs if cell is not None]


def sections_of(report: Report) -> list[ReportSection]:
    """The sections in which something is asked, in order, each with the report itself."""
    rows = list(report.sections.for_page().asked().order_by("position"))
    for row in rows:
        row.report = report
    return rows


def contributions_of(report: Report) -> list[Contribution]:
    """The live contributions, with ``is_written``: whether the body has written a paragraph already."""
    written = Paragraph.objects.filter(answer__contributions=OuterRef("pk"), origin=OuterRef("body_id"))
    rows = Contribution.objects.filter(section__report=report).live().annotate(is_written=Exists(written))
    return list(rows.select_related("body").order_by("body__name"))


def focal_points(body_ids: set[int]) -> dict[int, str]:
    """The names of the active focal points of each body."""
    rows = Membership.objects.filter(body__in=body_ids, role=Role.FOCAL_POINT, user__is_active=True)
    names: dict[int, list[str]] = defaultdict(list)
    for body_id, name in rows.order_by("user__name").values_list("body_id", "user__name"):
        names[body_id].append(name)
    return {body_id: ", ".join(found) for body_id, found in names.items()}


# --- totals ------------------------------------------------------------------------------


def totals(report: Report, sections: list[ReportSection]) -> dict[str, Any]:
    words = sum(row.words for row in sections)
    sent = sum(row.status in SENT for row in sections)
    late = sum(is_late(row) for row in sections)
    waiting = sum(row.status == SectionStatus.IN_REVIEW for row in sections)
    return {
        "words": number(words),
        "of_words": _("words of %(limit)s") % {"limit": number(report.word_limit)} if report.word_limit else _("words"),
        "over": bool(report.word_limit and words > report.word_limit),
        "sent": number(sent),
        "of_sections": ngettext("of %(total)d section sent", "of %(total)d sections sent", len(sections))
        % {"total": len(sections)},
        "late": number(late) if late else "",
        "waiting": number(waiting),
        "segments": _segments(report, sections),
        "legend": _legend(sections),
        "forecast": _forecast(report, sections, words),
        "scale": [number(report.word_limit * step // 4) for step in range(5)] if report.word_limit else [],
    }


def _words_by_status(sections: list[ReportSection]) -> list[tuple[str, str, int]]:
    """(tone, sentence, words) of what is cleared, in review, and with the bodies."""
    groups = {"moss": 0, "indigo": 0, "ochre": 0}
    for row in sections:
        tone = {SectionStatus.CLEARED: "moss", SectionStatus.IN_REVIEW: "indigo"}.get(
            SectionStatus(row.status), "ochre"
        )
        groups[tone] += row.words
    said = {
        "moss": _("cleared %(words)s"),
        "indigo": _("in review %(words)s"),
        "ochre": _("with the bodies %(words)s"),
    }
    return [(tone, said[tone] % {"words": number(words)}, words) for tone, words in groups.items()]


def _segments(report: Report, sections: list[ReportSection]) -> dict[str, Any]:
    """The ruler of the whole report, its bar split by status."""
    rows = _words_by_status(sections)
    total = sum(words for _tone, _text, words in rows)
    scale = max(report.word_limit or 0, total) or 1
    start, segments = 0.0, []
    for tone, _text, words in rows:
        part = round(100 * words / scale, 2)
        if part:
            segments.append({"start": round(start, 2), "percent": part, "tone": tone})
        start += part
    return {"percent": 0, "segments": segments, "tone": "petrol", "sentence": "", "last_percent": None}


def _legend(sections: list[ReportSection]) -> list[tuple[str, str]]:
    return [(tone, text) for tone, text, _words in _words_by_status(sections)]


def _forecast(report: Report, sections: list[ReportSection], words: int) -> str:
    """What the report comes to if what is left to answer takes the words that the answered part took."""
    answered, asked = sum(row.answered for row in sections), sum(row.asked for row in sections)
    if not answered or answered == asked:
        return ""
    return _("forecast at today’s length: %(words)s") % {"words": number(int(round(words * asked / answered, -2)))}


# --- needs a decision --------------------------------------------------------------------


def decisions(report: Report, sections: list[ReportSection], *, most: int | None = None) -> list[dict[str, Any]]:
    """In review, oldest first, then late and without a reply; each with the reason to look."""
    waiting = [row for row in sections if row.status == SectionStatus.IN_REVIEW]
    waiting.sort(key=lambda row: (row.status_at is None, row.status_at))
    late = sorted((row for row in sections if is_late(row)), key=lambda row: row.due_on or today())
    rows = [_in_review(row) for row in waiting] + [_without_reply(row) for row in late]
    return rows if most is None else rows[:most]


def _decision(row: ReportSection, **more: Any) -> dict[str, Any]:
    section_url = page_url("report_section", row.report.slug, row.slug)
    return {"code": row.code, "title": section_title(row), "url": section_url, **more}


def _in_review(row: ReportSection) -> dict[str, Any]:
    sent_on = timezone.localtime(row.status_at).date() if row.status_at else None
    days = (today() - sent_on).days if sent_on else 0
    over = row.words - row.allotment if row.allotment and row.words > row.allotment else 0
    return _decision(
        row,
        about=[
            str(row.lead or ""),
            ngettext("%(words)s word", "%(words)s words", row.words) % {"words": number(row.words)},
        ],
        over=_("%(words)s over") % {"words": number(over)} if over else "",
        sent=_("sent %(date)s") % {"date": day(sent_on)} if sent_on else "",
        sign="arrow",
        mark=ngettext("%(days)d day", "%(days)d days", days) % {"days": days} if days else _("today"),
        action=_("Review"),
        action_url=page_url("section_review", row.report.slug, row.slug)
        or page_url("report_section", row.report.slug, row.slug),
    )


def _without_reply(row: ReportSection) -> dict[str, Any]:
    if row.lead is None:
        why = _("Nobody leads this section.")
    elif row.status == SectionStatus.NOT_STARTED:
        why = _("%(body)s has not begun.") % {"body": row.lead}
    else:
        why = _("%(body)s has not sent it.") % {"body": row.lead}
    return _decision(row, about=[why], over="", sent="", sign="", mark=distance(row.due_on), action="", action_url="")


# --- the matrix --------------------------------------------------------------------------


def matrix(
    report: Report, sections: list[ReportSection], contributions: list[Contribution], *, sort: str
) -> dict[str, Any]:
    """Bodies by sections: rows with one cell or None per section, and the word budget at the foot."""
    asked: dict[int, dict[int, Contribution]] = defaultdict(dict)
    bodies: dict[int, Body] = {}
    for row in sections:
        if row.lead is not None:
            bodies[row.lead.pk] = row.lead
    for contribution in contributions:
        asked[contribution.body_id][contribution.section_id] = contribution
        bodies.setdefault(contribution.body_id, contribution.body)
    names = focal_points(set(bodies))
    shown = {row.pk for row in sections}
    rows = [
        (_row(report, body, sections, asked[body.pk], names.get(body.pk, "")), _weight(body, sections))
        for body in bodies.values()
        if any(row.lead_id == body.pk for row in sections) or shown & set(asked[body.pk])
    ]
    rows.sort(key=_ORDERS.get(sort, _ORDERS["name"]))
    result = [row for row, _weights in rows]
    codes = [row.code for row in sections]
    orphans = [row for row in sections if row.lead_id is None]
    if orphans:
        result.append(_row_of_nobody(report, sections))
    for line in result:
        line.codes = codes
    return {"parts": _parts(sections), "columns": sections, "rows": result, "budget": _budget(sections)}


_ORDERS: dict[str, Any] = {
    "name": lambda pair: pair[0].name,
    "late": lambda pair: (-pair[1][0], pair[0].name),
    "words": lambda pair: (-pair[1][1], pair[0].name),
}


def _weight(body: Body, sections: list[ReportSection]) -> tuple[int, int]:
    """(sections late, words written) of the body's own sections."""
    mine = [row for row in sections if row.lead_id == body.pk]
    return sum(is_late(row) for row in mine), sum(row.words for row in mine)


def _parts(sections: list[ReportSection]) -> list[dict[str, Any]]:
    """The parts over the columns: their names and how many columns each spans."""
    found: list[dict[str, Any]] = []
    for row in sections:
        part = row.section.part
        if not found or found[-1]["code"] != part.code:
            title = part.wording("title", get_language())[0]
            # General parts have names for codes; the letter of their sections says it shorter.
            short = row.code.rstrip("0123456789") if part.is_general else part.code
            found.append({"code": part.code, "short": short, "title": title, "span": 0})
        found[-1]["span"] += 1
    for each in found:
        # A heading over one or two columns has room for its code only.
        each["label"] = each["title"] if each["span"] > 3 else each["short"]
    return found


def _row(report: Report, body: Body, sections: list[ReportSection], asked: dict[int, Contribution], people: str) -> Row:
    mine = [row for row in sections if row.lead_id == body.pk]
    cells = [_lead_cell(row) if row.lead_id == body.pk else _asked_cell(row, asked.get(row.pk)) for row in sections]
    on_time = len(mine) - sum(is_late(row) for row in mine)
    return Row(
        str(body),
        people,
        f"{page_url('report_sections', report.slug)}?body={body.slug}",
        cells,
        _("%(on_time)d of %(total)d") % {"on_time": on_time, "total": len(mine)} if mine else "",
        share(sum(row.words for row in mine), sum(row.allotment or 0 for row in mine) or None) if mine else {},
        page_url("report_write", report.slug, body.slug) if mine and report.status in BEFORE_ENDORSED else "",
    )


def _row_of_nobody(report: Report, sections: list[ReportSection]) -> Row:
    cells = [_lead_cell(row) if row.lead_id is None else None for row in sections]
    return Row(_("Unassigned"), "", page_url("report_assign", report.slug), cells)


def _lead_cell(row: ReportSection) -> Cell:
    sign, word = section_sign(row)
    overdue = is_late(row)
    said = {
        "code": row.code,
        "title": section_title(row),
        "status": word,
        "answered": row.answered,
        "asked": row.asked,
    }
    label = _("%(code)s %(title)s: %(status)s, %(answered)d of %(asked)d answered") % said
    if overdue:
        label = _("%(cell)s, %(late)s") % {"cell": label, "late": distance(row.due_on)}
    return Cell(
        page_url("report_section", row.report.slug, row.slug),
        sign,
        label,
        _said(word, row, overdue),
        _fill(row.answered, row.asked),
        False,
        overdue,
    )


def _said(word: str, row: ReportSection, overdue: bool) -> str:
    said = _("%(status)s, %(answered)d of %(asked)d answered") % {
        "status": word,
        "answered": row.answered,
        "asked": row.asked,
    }
    return _("%(cell)s, %(late)s") % {"cell": said, "late": distance(row.due_on)} if overdue else said


def _asked_cell(row: ReportSection, contribution: Contribution | None) -> Cell | None:
    if contribution is None:
        return None
    sign, word = contribution_sign(contribution)
    pending = contribution.status in {ContributionStatus.ASKED, ContributionStatus.RETURNED}
    overdue = bool(pending and contribution.due_on and contribution.due_on < today())
    label = _("%(code)s %(title)s: contribution %(status)s") % {
        "code": row.code,
        "title": section_title(row),
        "status": word.lower(),
    }
    said = _("contribution %(status)s") % {"status": word.lower()}
    return Cell(page_url("report_section", row.report.slug, row.slug), sign, label, said, 0, True, overdue)


def _fill(answered: int, asked: int) -> int:
    """0 to 4: nothing, up to a third, up to two thirds, more, all."""
    if not asked or not answered:
        return 0
    return 4 if answered >= asked else 1 + min(2, 3 * answered // asked)


def _budget(sections: list[ReportSection]) -> dict[str, Any]:
    """Columns of words with the allotment line, on one scale; and which are over."""
    top = max([row.words for row in sections] + [row.allotment or 0 for row in sections] + [1])
    over = [row.code for row in sections if row.allotment and row.words > row.allotment]
    columns = [
        {
            "percent": round(95 * row.words / top),
            "allotment_percent": round(95 * row.allotment / top) if row.allotment else None,
            "over": row.code in over,
            "label": _budget_label(row),
            "said": _("%(words)s of %(limit)s") % {"words": number(row.words), "limit": number(row.allotment)}
            if row.allotment
            else number(row.words),
        }
        for row in sections
    ]
    return {"columns": columns, "over": _("%(count)d over") % {"count": len(over)} if over else "", "codes": over}


def _budget_label(row: ReportSection) -> str:
    said = {"code": row.code, "words": number(row.words), "limit": number(row.allotment)}
    if row.allotment:
        return _("Section %(code)s: %(words)s of %(limit)s words") % said
    return _("Section %(code)s: %(words)s words") % said
