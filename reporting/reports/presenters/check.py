"""The checks before validation and endorsement: what is open, each with a link to where it is mended."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils import formats, translation
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from accounts import permissions
from accounts.acts import Attempt
from accounts.models import User
from reporting.questionnaires.choices import QuestionKind
from reporting.questionnaires.kinds import KINDS
from reporting.questionnaires.kinds.computed import advice, unsourced
from reporting.reports import freeze, freeze_translations
from reporting.reports.choices import Audience, Reply, SectionStatus
from reporting.reports.models import Comment, Report, ReportSection
from reporting.reports.presenters import citations
from reporting.reports.presenters.words import page_url, section_title
from reporting.reports.workflow import references_lead_somewhere, still_to_translate
from reporting.text import words


@dataclass
class Item:
    text: str
    url: str = ""


@dataclass
class Check:
    """One check. ``holds_up`` where the report cannot go on for want of it, or only with a reason."""

    title: str
    fine: str  # the sentence when there is nothing to do
    open: str = ""  # the sentence when there is
    items: list[Item] = field(default_factory=list)
    holds_up: bool = False

    @property
    def sign(self) -> str:
        if not self.open:
            return "disc"
        return "return" if self.holds_up else "half"

    @property
    def state(self) -> str:
        if not self.open:
            return _("Nothing open")
        return _("To be settled") if self.holds_up else _("To be looked at")


def checks(report: Report, user: User) -> list[Check]:
    """All checks of a report, in the order of the work; as many statements for one section as for fifty."""
    sections = _asked(report)
    return [
        _words(report, sections),
        _cleared(report, sections),
        _required(report, sections),
        _references(report, user),
        _library(report),
        *_translation(report, sections),
        *_figures(report),
        *_comments(report, user, sections),
        _consulted(report),
        _objections(report),
    ]


def _asked(report: Report) -> list[ReportSection]:
    return list(report.sections.asked().select_related("section__part").order_by("position"))


def total_words(report: Report, sections: Sequence[ReportSection] | None = None) -> int:
    """Words of the submission form as the report stands now: of its title, of the headings of parts in which something
    is printed, and what its sections, which are read unless they are in hand, have counted of themselves.
    """
    language = report.cycle.submission_language
    printed = [row for row in (_asked(report) if sections is None else sections) if row.words or row.paragraphs]
    parts = {row.section.part_id: row.section.part for row in printed}
    with translation.override(language):
        title = words.count(report.title_here)
    headings = sum(words.count(part.wording("title", language)[0]) for part in parts.values())
    return title + headings + sum(row.words for row in printed)


def section_name(section: ReportSection) -> str:
    return f"{section.code} {section_title(section)}"


def _section_url(report: Report, section: ReportSection, name: str = "report_section", anchor: str = "") -> str:
    url = page_url(name, report.slug, section.slug)
    return f"{url}{anchor}" if url else ""


def _words(report: Report, sections: list[ReportSection]) -> Check:
    total = total_words(report, sections)
    count = formats.number_format(total)
    over = [row for row in sections if row.allotment and row.words > row.allotment]
    check = Check(_("Length"), fine="")
    if report.word_limit and total > report.word_limit:
        check.holds_up = True
        check.open = _("%(words)s words, %(over)s over the limit of %(limit)s. An endorsement needs a reason.") % {
            "words": count,
            "over": formats.number_format(total - report.word_limit),
            "limit": formats.number_format(report.word_limit),
        }
    elif report.word_limit:
        limit = formats.number_format(report.word_limit)
        check.fine = _("%(words)s words of %(limit)s.") % {"words": count, "limit": limit}
    else:
        check.fine = _("%(words)s words; there is no limit.") % {"words": count}
    if check.open:
        check.items = [
            Item(
                _("%(section)s: %(words)s words of %(allotment)s allotted")
                % {
                    "section": section_name(row),
                    "words": formats.number_format(row.words),
                    "allotment": formats.number_format(row.allotment or 0),
                },
                _section_url(report, row),
            )
            for row in over
        ]
    return check


def _cleared(report: Report, sections: list[ReportSection]) -> Check:
    left = [row for row in sections if row.status != SectionStatus.CLEARED]
    check = Check(_("Sections"), fine=_("All sections are cleared."), holds_up=True)
    if left:
        check.open = ngettext("One section is not cleared.", "%(count)d sections are not cleared.", len(left)) % {
            "count": len(left)
        }
        check.items = [
            Item(f"{section_name(row)}: {row.get_status_display()}", _section_url(report, row)) for row in left
        ]
    return check


def _required(report: Report, sections: list[ReportSection]) -> Check:
    left = [row for row in sections if row.required_missing]
    check = Check(_("Required questions"), fine=_("Every required question has an answer or a reason."))
    if left:
        total = sum(row.required_missing for row in left)
        check.open = ngettext(
            "One required question has neither an answer nor a reason for having none.",
            "%(count)d required questions have neither an answer nor a reason for having none.",
            total,
        ) % {"count": total}
        check.items = [
            Item(
                ngettext("%(section)s: %(count)d question", "%(section)s: %(count)d questions", row.required_missing)
                % {"section": section_name(row), "count": row.required_missing},
                _section_url(report, row),
            )
            for row in left
        ]
    return check


def _references(report: Report, user: User) -> Check:
    reason = references_lead_somewhere(report, Attempt(by=permissions.person(user)))
    fine = _("Every “answered in question X” leads to an answer.")
    return Check(_("References between questions"), fine=fine, open=str(reason or ""), holds_up=True)


def _library(report: Report) -> Check:
    check = Check(_("Library"), fine=_("What is cited from the library stands there as it is cited."))
    for row in (found := citations.to_look_at(report)):
        section, number = row.answer.section, row.answer.question.number
        marks = [mark["text"] for mark in citations.marks_of(row)]
        place = _("%(section)s, question %(number)s") % {"section": section_name(section), "number": number}
        text = f"{place}: {row.item.title} ({', '.join(marks)})"
        check.items.append(Item(text, _section_url(report, section, anchor=f"#q{number}")))
    if found:
        check.open = ngettext(
            "One entry cites what is internal, was withdrawn, has expired or changed since.",
            "%(count)d entries cite what is internal, was withdrawn, has expired or changed since.",
            len(found),
        ) % {"count": len(found)}
    return check


def _translation(report: Report, sections: list[ReportSection]) -> list[Check]:
    """Where the report is submitted in another language than it is written in."""
    if not report.cycle.is_translated:
        return []
    check = Check(_("Translation"), fine=_("Every text is translated."), holds_up=True)
    counts = freeze_translations.progress([report])
    for row in sections:
        left = counts[row.pk].open if row.pk in counts else 0
        if left:
            text = ngettext("%(section)s: %(count)d text", "%(section)s: %(count)d texts", left)
            url = _section_url(report, row, "section_translation")
            check.items.append(Item(text % {"section": section_name(row), "count": left}, url))
    if check.items:
        check.open = still_to_translate(report, sum(each.open for each in counts.values()))
    return [check]


def _figures(report: Report) -> list[Check]:
    empty = Check(_("Tables"), fine=_("No cell is empty."))
    bare = Check(_("Sources"), fine=_("Every figure has its source."))
    sums = Check(_("Sums"), fine=_("Parts and totals fit together."))
    kinds = [QuestionKind.TABLE, QuestionKind.INDICATOR]
    rows = report.answers.filter(asked=True, disposition="", question__kind__in=kinds, section__is_set_aside=False)
    for row in rows.select_related("question", "section__section").order_by("section__position", "question__position"):
        url = _section_url(report, row.section, anchor=f"#q{row.question.number}")
        place = _("%(section)s, question %(number)s") % {
            "section": section_name(row.section),
            "number": row.question.number,
        }
        years = freeze.years_of(row.question, report.last_year)
        cells = KINDS[row.question.kind].missing(row.content, row.question.definition, years)
        if cells:
            text = ngettext("%(place)s: %(count)d empty cell", "%(place)s: %(count)d empty cells", cells)
            empty.items.append(Item(text % {"place": place, "count": cells}, url))
        without = unsourced_rows(row.question.kind, row.content)
        if without:
            text = ngettext(
                "%(place)s: %(count)d row without a source", "%(place)s: %(count)d rows without a source", without
            )
            bare.items.append(Item(text % {"place": place, "count": without}, url))
        if row.question.kind == QuestionKind.TABLE:
            definition = freeze.localized(row.question, get_language() or "en")
            for each in advice(row.content, definition, years):
                sums.items.append(Item(f"{place}. {each.sentence}", url))
    for check, said in (
        (empty, lambda n: ngettext("One table has empty cells.", "%(count)d tables have empty cells.", n)),
        (sums, lambda n: ngettext("One sum does not fit.", "%(count)d sums do not fit.", n)),
        (
            bare,
            lambda n: ngettext(
                "One question has figures without a source.", "%(count)d questions have figures without a source.", n
            ),
        ),
    ):
        if check.items:
            check.open = said(len(check.items)) % {"count": len(check.items)}
    return [empty, bare, sums]


def unsourced_rows(kind: str, content: dict[str, Any]) -> int:
    """How many rows of a table hold a figure and name no source; an indicator is one row."""
    if kind == QuestionKind.INDICATOR:
        return int(bool(content.get("value")) and not content.get("source"))
    return unsourced(content)


def _comments(report: Report, user: User, sections: list[ReportSection]) -> list[Check]:
    who = permissions.person(user)
    rows = Comment.objects.of(user).filter(section__report=report).threads().unresolved()
    rows = rows.readable(body_ids=who.bodies(), coordinates=True, in_section=True)
    counts: dict[tuple[int, bool], int] = {}
    for section_id, is_objection in rows.filter(round__isnull=True).values_list("section_id", "is_objection"):
        counts[section_id, is_objection] = counts.get((section_id, is_objection), 0) + 1
    comments = Check(_("Comments"), fine=_("Every comment is resolved."))
    edits = Check(
        _("Objections to editorial changes"), fine=_("No objection to an editorial change is open."), holds_up=True
    )
    for check, is_objection in ((comments, False), (edits, True)):
        for row in sections:
            count = counts.get((row.pk, is_objection), 0)
            if count:
                text = ngettext("%(section)s: %(count)d open", "%(section)s: %(count)d open", count)
                url = _section_url(report, row, "section_comments")
                check.items.append(Item(text % {"section": section_name(row), "count": count}, url))
    open_comments = sum(count for (_pk, is_objection), count in counts.items() if not is_objection)
    open_edits = sum(count for (_pk, is_objection), count in counts.items() if is_objection)
    if open_comments:
        comments.open = ngettext(
            "One comment is not resolved.", "%(count)d comments are not resolved.", open_comments
        ) % {"count": open_comments}
    if open_edits:
        edits.open = ngettext("One objection is open.", "%(count)d objections are open.", open_edits) % {
            "count": open_edits
        }
    return [comments, edits]


def _consulted(report: Report) -> Check:
    rows = Comment.objects.filter(
        section__report=report, audience=Audience.CONSULTATION, round__isnull=False, withdrawn_at__isnull=True
    )
    left = rows.threads().filter(replies__isnull=True).count()
    check = Check(_("Consultation"), fine=_("Every comment of a consulted body has an answer."))
    if left:
        check.open = ngettext(
            "One comment of a consulted body has no answer.",
            "%(count)d comments of consulted bodies have no answer.",
            left,
        ) % {"count": left}
        check.items = [Item(_("Read and answer them"), page_url("report_consultation", report.slug))]
    return check


def _objections(report: Report) -> Check:
    rows = report.replies.filter(
        round=report.validation_round, reply=Reply.OBJECTION, settled_at__isnull=True
    ).select_related("body")
    check = Check(_("Objections in validation"), fine=_("No objection is open."), holds_up=True)
    found = list(rows)
    if found:
        check.open = ngettext("One objection is open.", "%(count)d objections are open.", len(found)) % {
            "count": len(found)
        }
        url = page_url("report_validation", report.slug)
        check.items = [Item(str(row.body), f"{url}#body-{row.body_id}") for row in found]
    return check
