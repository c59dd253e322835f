"""What a person may do with a section: send, reopen, review; what is missing, and which pages to open."""

from collections.abc import Sequence
from typing import Any

from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts import permissions
from reporting.questionnaires.choices import Disposition
from reporting.reports.choices import WRITABLE, ContributionStatus, SectionStatus
from reporting.reports.models import Answer, Contribution
from reporting.reports.permissions import (
    ASK_CONTRIBUTION,
    COORDINATE_SECTION,
    NAME_DRAFTERS,
    SEE_HISTORY,
    START_SECTION,
)
from reporting.reports.presenters.comments import Line
from reporting.reports.presenters.outline import Place
from reporting.reports.presenters.words import page_url
from reporting.reports.workflow import CONTRIBUTION_MOVES, SECTION_MOVES

# --- actions -----------------------------------------------------------------------------


def actions(here: Place, answers: Sequence[Answer]) -> dict[str, Any]:
    """What the person may do here: {"send", "contributions", "links", "reopen"}; each with the reason why not now."""
    user, section = here.user, here.section
    person = permissions.person(user)
    open_rows = [each for each in section.contributions.all() if _is_open(each)]
    send = SECTION_MOVES["send_for_review"]
    result: dict[str, Any] = {"send": None, "contributions": [], "reopen": None, "links": links(here)}
    if section.status in WRITABLE and permissions.may_ever(user, send, section):
        result["send"] = {
            "label": send.label,
            "why_not": permissions.why_not(user, send, section, moves=SECTION_MOVES),
            "waiting": [str(each.body) for each in open_rows],
        }
    send_contribution = CONTRIBUTION_MOVES["send"]
    for each in section.contributions.all():
        if each.status in send_contribution.sources and person.is_in(each.body_id):
            why_not = permissions.why_not(user, send_contribution, each, moves=CONTRIBUTION_MOVES)
            if permissions.may_ever(user, send_contribution, each):
                result["contributions"].append({"pk": each.pk, "label": send_contribution.label, "why_not": why_not})
    reopen = SECTION_MOVES["reopen"]
    if section.status == SectionStatus.CLEARED and permissions.may_ever(user, reopen, section):
        result["reopen"] = {"label": reopen.label, "url": here.url("section_move", "reopen")}
    return result


def _is_open(row: Contribution) -> bool:
    return row.status not in {ContributionStatus.TAKEN_OVER, ContributionStatus.WITHDRAWN}


def links(here: Place) -> list[dict[str, str]]:
    """Pages of this section that the person may open."""
    user, section = here.user, here.section
    found = [{"label": _("Reading view"), "url": here.url("section_read")}]
    if here.answer_ids is None:
        found.append({"label": _("Files of the section"), "url": here.url("section_files")})
    if section.status == SectionStatus.IN_REVIEW and permissions.may_ever(user, COORDINATE_SECTION, section):
        found.append({"label": _("Review"), "url": here.url("section_review")})
    url = page_url("workbooks", here.report.slug)
    if url and section.status in WRITABLE and permissions.allows(user, START_SECTION, section):
        found.append({"label": _("Work in Excel"), "url": f"{url}?section={section.slug}"})
    if permissions.may_ever(user, ASK_CONTRIBUTION, section) or section.contributions.all():
        found.append({"label": _("Contributions"), "url": here.url("section_contributions")})
    if permissions.may_ever(user, NAME_DRAFTERS, section):
        found.append({"label": _("Drafters"), "url": here.url("section_drafters")})
    if permissions.may_ever(user, COORDINATE_SECTION, section):
        found.append({"label": _("Questions asked"), "url": here.url("section_questions")})
    if permissions.may_ever(user, SEE_HISTORY, section):
        found.append({"label": _("History"), "url": here.url("section_history")})
    return found


def missing_answers(answers: Sequence[Answer], address: str = "") -> list[tuple[str, str]]:
    """The required questions without an answer or a disposition, each with its anchor."""
    return [
        (
            _("Question %(number)s is required and has neither an answer nor a reason for having none.")
            % {"number": answer.question.number},
            f"{address}#q{answer.question.number}",
        )
        for answer in answers
        if answer.is_required and not answer.is_answered
    ]


# --- review ------------------------------------------------------------------------------


def is_reviewed(here: Place) -> bool:
    in_review = here.section.status == SectionStatus.IN_REVIEW
    return in_review and permissions.may_ever(here.user, COORDINATE_SECTION, here.section)


def review(here: Place, answers: Sequence[Answer], threads: Sequence[Line]) -> dict[str, Any]:
    """What to look at before deciding, and the two decisions, of equal weight."""
    user, section = here.user, here.section
    return {
        "checks": checks(here, answers, threads),
        "return": _decision(here, "return"),
        "clear": _decision(here, "clear"),
        "asks_reason_to_clear": permissions.why_not(user, SECTION_MOVES["clear"], section, moves=SECTION_MOVES),
    }


def _decision(here: Place, name: str) -> dict[str, Any]:
    move = SECTION_MOVES[name]
    return {
        "label": move.label,
        "url": here.url("section_move", name),
        "why_not": permissions.why_not(here.user, move, here.section, moves=SECTION_MOVES),
    }


def checks(here: Place, answers: Sequence[Answer], threads: Sequence[Line]) -> list[dict[str, Any]]:
    """Sentences with the sign of each: what is missing, too long, open, or to be confirmed."""
    section = here.section
    over = section.words - section.allotment if section.allotment else 0
    unresolved = sum(not thread.is_resolved for thread in threads)
    waiting = [str(each.body) for each in section.contributions.all() if _is_open(each)]
    found = missing_answers(answers)
    not_applicable = [each.question.number for each in answers if each.disposition == Disposition.NOT_APPLICABLE]
    lines = [
        (not found, " ".join(text for text, _url in found) or _("Every required question is answered or disposed of.")),
        (
            over <= 0,
            _("The section is %(words)s words over its allotment.") % {"words": formats.number_format(over)}
            if over > 0
            else _("The section is within its allotment."),
        ),
        (
            not unresolved,
            ngettext("%(count)d comment is open.", "%(count)d comments are open.", unresolved) % {"count": unresolved}
            if unresolved
            else _("No comment is open."),
        ),
        (
            not waiting,
            _("Contributions are open: %(bodies)s.") % {"bodies": ", ".join(waiting)}
            if waiting
            else _("No contribution is open."),
        ),
    ]
    if not_applicable:
        said = {"numbers": ", ".join(not_applicable)}
        lines.append((False, _("Clearing confirms “not applicable” for question %(numbers)s.") % said))
    return [{"sign": "disc" if fine else "dashed", "is_fine": fine, "text": text} for fine, text in lines]
