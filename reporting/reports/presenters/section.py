"""Everything that the page of a section shows: head, notes, questions, actions, review and shelf."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.core.files.base import File
from django.urls import NoReverseMatch, reverse
from django.utils import formats, timezone
from django.utils.safestring import mark_safe
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from accounts import permissions
from reporting.reports import freeze, shelf
from reporting.reports.choices import WRITABLE, ContributionStatus, SectionStatus
from reporting.reports.forms.section import QuestionForm, question_forms, received
from reporting.reports.models import Answer, Paragraph
from reporting.reports.permissions import (
    COMMENT_ON_SECTION,
    EDIT_ANSWER,
    EDIT_EDITORIALLY,
    SEE_HISTORY,
)
from reporting.reports.permissions_comments import visible_comments
from reporting.reports.presenters import citations, comments, files, ruler, sources
from reporting.reports.presenters.actions import actions, is_reviewed, review
from reporting.reports.presenters.outline import Place, neighbours, outline, sign, status_word
from reporting.reports.presenters.rows import answers_of, paragraphs_of, readable
from reporting.text import markup

# Kinds whose fields save by themselves, one by one.
SAVED_BY_FIELD = {"table", "number", "date", "indicator", "choice", "legal_references"}


def page(
    here: Place,
    *,
    data: Mapping[str, str] | None = None,
    handed_in: Mapping[str, File] | None = None,
    boxed: bool = False,
    show_all: bool = False,
    missing: Sequence[tuple[str, str]] = (),
    refusal: str = "",
    is_review: bool = False,
) -> dict[str, Any]:
    """The context of reports/section/page.html. ``data`` and ``handed_in`` are what comes back."""
    answers = answers_of(here)
    mine = readable(here, answers)
    paragraphs = paragraphs_of(mine)
    reasons = {answer.pk: permissions.why_not(here.user, EDIT_ANSWER, answer) for answer in mine}
    editorial = permissions.allows(here.user, EDIT_EDITORIALLY, here.section)
    writable = [answer for answer in mine if reasons[answer.pk] is None or editorial]
    text_only = editorial and not any(reason is None for reason in reasons.values())
    forms = question_forms(
        [
            answer
            for answer in writable
            if reasons[answer.pk] is None or answer.question.kind in {"narrative", "choice"}
        ],
        paragraphs,
        last_year=here.report.last_year,
        data=data,
        handed_in=received(handed_in or {}),
        boxed=boxed,
        text_only=text_only,
    )
    errors = [error for form in forms.values() for error in form.error_list()]
    held = files.held(here, mine, reasons)
    numbers = paragraph_numbers(here, answers)
    spots = comments.spots(mine, paragraphs, numbers)
    readable_comments = visible_comments(here.user, here.section)
    lines = comments.lines(readable_comments)
    beside = sources.noted(here, comments.margin(here, lines, spots), paragraphs)
    questions = [
        question(
            here,
            answer,
            paragraphs[answer.pk],
            forms.get(answer.pk),
            numbers[answer.pk],
            held=held,
            beside=beside,
            text_only=text_only,
        )
        for answer in mine
    ]
    citations.mark(here, mine, questions)
    return {
        "head": head(here),
        "outline": outline(here, show_all=show_all),
        "questions": questions,
        "files": list(held.values()),
        "is_writable": bool(forms),
        "is_part": here.answer_ids is not None,
        "is_editorial": text_only,
        "read_only_reason": "" if forms else _read_only(here, reasons),
        "contributor_note": _contributor_note(here),
        "saved": _saved(mine),
        "save_url": here.url("section_save"),
        "changes_url": here.url("section_changes"),
        "zone": timezone.get_current_timezone_name(),
        "boxed": boxed,
        "ruler": ruler.ruler(
            here.section.words, here.section.allotment, last=here.section.last_words, code=here.section.code
        ),
        "beside_ruler": ruler.beside(here.section.last_words, here.report.word_limit),
        "actions": actions(here, mine),
        "around": neighbours(here),
        "missing": [*errors, *missing],
        "errors_title": _("Nothing was saved. What you typed is still here. Look at these places:")
        if errors
        else refusal,
        "refusal": refusal,
        "review": review(here, mine, lines) if is_reviewed(here) else None,
        "is_review": is_review,
        "threads": comments.newest(here, readable_comments, lines, spots),
        "comment_form": comments.box(here, mine, spots),
        "shelf": shelf_of(here, mine, lines, paragraphs),
        "language": here.report.cycle.working_language,
    }


def head(here: Place) -> dict[str, Any]:
    section, language = here.section, get_language() or "en"
    title, title_language = section.section.wording("title", language)
    contributors = [
        str(each.body) for each in section.contributions.all() if each.status != ContributionStatus.WITHDRAWN
    ]
    return {
        "code": section.code,
        "title": title,
        "title_language": title_language,
        "heading": freeze.heading_in(section.section, here.report.cycle.submission_language),
        "heading_language": here.report.cycle.submission_language,
        "part": section.section.part.wording("title", language)[0],
        "sign": sign(section),
        "status": status_word(section),
        "lead": str(section.lead or ""),
        "contributors": contributors,
        "due": formats.date_format(section.due_on, "DATE_FORMAT") if section.due_on else "",
        "late": _days_late(here),
        "note": _return_note(here),
        "guidance": [each.get("text", "") for each in section.section.wording("guidance", language)[0]],
        "short": str(here.report.cycle),
        "stamp": here.report.cycle.instrument.code
        if here.report.cycle.instrument
        else here.report.cycle.mechanism.code,
        "report": here.report.title_here,
        "report_url": _reversed("report", here.report.slug),
        "articles": [
            {"label": str(each), "url": _reversed("provision", here.report.cycle.instrument.code.lower(), str(each))}
            for each in section.section.articles
            if here.report.cycle.instrument
        ],
    }


def _reversed(name: str, *args: Any) -> str:
    """The address of a page that may not be there in this installation; "" then."""
    try:
        return reverse(name, args=args)
    except NoReverseMatch:
        return ""


def _days_late(here: Place) -> str:
    section = here.section
    if section.due_on is None or section.status not in WRITABLE or section.is_set_aside:
        return ""
    days = (timezone.localdate() - section.due_on).days
    return ngettext("%(days)d day late", "%(days)d days late", days) % {"days": days} if days > 0 else ""


def _return_note(here: Place) -> dict[str, str] | None:
    section = here.section
    if section.status != SectionStatus.RETURNED or not section.status_at or here.answer_ids is not None:
        return None
    said = {
        "name": section.status_by,
        "when": formats.date_format(timezone.localtime(section.status_at), "MONTH_DAY_FORMAT"),
    }
    return {"strong": _("%(name)s returned this on %(when)s:") % said, "text": section.status_note}


def _read_only(here: Place, reasons: Mapping[int, str | None]) -> str:
    """Why nothing can be written here now, and by whom it could."""
    reason = next((each for each in reasons.values() if each), "")
    section = here.section
    if section.status == SectionStatus.IN_REVIEW and section.status_at:
        when = formats.date_format(timezone.localtime(section.status_at), "SHORT_DATETIME_FORMAT")
        said = {"name": section.status_by, "when": when}
        return _("%(name)s sent this for review on %(when)s.") % said + " " + reason
    return reason


def _contributor_note(here: Place) -> str:
    """To a body that is asked: what it sees and writes here."""
    if here.answer_ids is None:
        return ""
    live = [each for each in here.section.contributions.all() if each.status != ContributionStatus.WITHDRAWN]
    mine = [each for each in live if permissions.person(here.user).is_in(each.body_id)]
    notes = [each.note for each in mine if each.note]
    said = _("You see the questions that your body is asked here, and no other answer of the section.")
    returned = [each.status_note for each in mine if each.status == ContributionStatus.RETURNED and each.status_note]
    return " ".join([said, *notes, *returned])


def _saved(answers: Sequence[Answer]) -> str:
    changed = [(each.changed_at, each.pk, each) for each in answers if each.changed_at]
    if not changed:
        return ""
    moment, _pk, last = max(changed)
    at = timezone.localtime(moment)
    today = at.date() == timezone.localdate()
    when = formats.date_format(at, "H:i" if today else "SHORT_DATETIME_FORMAT")
    return _("Saved %(when)s by %(name)s") % {"when": when, "name": last.changed_by}


def paragraph_numbers(here: Place, answers: Sequence[Answer]) -> dict[int, int]:
    """The number in the assembled report of the first paragraph of each answer."""
    numbers, number = {}, here.first_paragraph
    for answer in answers:
        numbers[answer.pk] = number
        number += answer.paragraph_count
    return numbers


# --- questions ---------------------------------------------------------------------------


def question(
    here: Place,
    answer: Answer,
    paragraphs: Sequence[Paragraph],
    form: QuestionForm | None,
    number: int,
    *,
    held: files.Held,
    beside: Mapping[str, Mapping[str, Any]],
    text_only: bool = False,
) -> dict[str, Any]:
    """One question, to be written in or to be read."""
    asked, language = answer.question, get_language() or "en"
    text, text_language = asked.wording("text", language)
    shown: dict[str, Any] = {}
    if form is None:
        shown = shown_answer(here, answer, paragraphs, number, held)
        for each in shown["paragraphs"]:
            each["side"] = beside.get(each["key"])
    result = {
        "pk": answer.pk,
        "number": asked.number,
        "anchor": f"q{asked.number}",
        "text": text,
        "language": text_language,
        "kind": asked.kind,
        "kind_label": asked.get_kind_display(),
        "is_required": answer.is_required,
        "sign": _question_sign(answer),
        "status": _question_status(answer),
        "count": _count(answer, here.report.last_year),
        "asked_of": _asked_of(here, answer),
        "shown": shown,
        "is_written": form is not None,
        "done": answer.done_at is not None,
        "done_by": str(answer.done_by or ""),
        "assistance_url": _assistance(answer),
        "help_url": f"{here.url('section_comments')}?help=1&answer={answer.pk}#write",
        "text_only": text_only,
        "fresh": "",
    }
    if form is not None:
        numbered = number if asked.is_exported else None
        result |= {
            "fields": {} if text_only or asked.kind == "narrative" else _fields(form, held),
            "saves_fields": "" if text_only or asked.kind not in SAVED_BY_FIELD else form.prefix,
            "partial": f"reports/kinds/_{asked.kind}.html",
            "has_text": form.kind.has_text,
            "version": form.base_version if form.base_version is not None else "",
            "version_name": f"{form.prefix}_version",
            "first": numbered or "",
            "paragraphs": [{**row, "side": beside.get(row["key"])} for row in form.paragraph_rows(numbered)]
            if form.kind.has_text and not form.box
            else [],
            "box": form.box_field if form.kind.has_text and form.box else None,
            "otherwise": None if text_only else form.disposition_fields,
            "otherwise_open": any(name in form.errors for name in (*form.disposition, "target_question")),
            "errors": form.errors,
        }
        result["fresh"] = next((row["key"] for row in result["paragraphs"] if row["is_new"]), "")
    return result


def _fields(form: QuestionForm, held: files.Held) -> dict[str, Any]:
    """What the partial of the kind draws; entries with a file say which."""
    fields = form.fields
    for row in fields.get("rows", []):
        if str(row.get("attachment", {}).get("value", "")).isdecimal():
            row["held"] = held.get(int(row["attachment"]["value"]))
    return fields


def shown_answer(
    here: Place,
    answer: Answer,
    paragraphs: Sequence[Paragraph],
    number: int,
    held: files.Held,
) -> dict[str, Any]:
    """The answer as it is read: paragraphs as HTML with their numbers, tables and lists as they are printed."""
    frozen = freeze.answer_content(answer, paragraphs, here.report, get_language() or "en")
    numbered = frozen["is_exported"]
    rows = {str(row.key): row for row in paragraphs}
    for place, each in enumerate(frozen["paragraphs"]):
        row = rows[each["key"]]
        each["number"] = number + place if numbered else ""
        each["html"] = mark_safe(markup.html(each["text"]))  # noqa: S308 - markup.html escapes what was typed
        each["is_editorial"] = row.is_editorial
        each["is_other"] = row.origin_id not in (None, here.section.lead_id)
    for block in frozen["blocks"]:
        for item in block.get("items", []) if block["type"] == "files" else []:
            item["held"] = held.get(item["attachment"])
    return frozen


def _question_sign(answer: Answer) -> str:
    if answer.disposition:
        return "dash"
    if answer.done_at:
        return "disc"
    return "half" if answer.is_answered else "empty"


def _question_status(answer: Answer) -> str:
    if answer.disposition:
        return str(answer.get_disposition_display())
    if answer.done_at:
        return _("Done")
    return _("Answered") if answer.is_answered else _("Not answered")


def _count(answer: Answer, last_year: int) -> str:
    if answer.question.kind == "table" and answer.is_answered and (count := freeze.missing(answer, last_year)):
        return ngettext("%(count)d cell empty", "%(count)d cells empty", count) % {"count": count}
    return formats.number_format(answer.words) if answer.words else ""


def _asked_of(here: Place, answer: Answer) -> list[str]:
    """Which other bodies are asked, and where that stands; told to those who read the whole section."""
    if here.answer_ids is not None:
        return []
    return [
        _("%(body)s is asked for this: %(status)s")
        % {"body": each.body, "status": str(each.get_status_display()).lower()}
        for each in here.section.contributions.all()
        if answer.pk in each.answer_ids and each.status != ContributionStatus.WITHDRAWN
    ]


def _assistance(answer: Answer) -> str:
    address = _reversed("assistance_new")
    return f"{address}?question={answer.pk}" if address else ""


# --- shelf -------------------------------------------------------------------------------


def shelf_of(
    here: Place,
    answers: Sequence[Answer],
    lines: Sequence[comments.Line],
    paragraphs: Mapping[int, Sequence[Paragraph]],
) -> dict[str, Any]:
    versions = sum(answer.version for answer in answers)
    edited = any(row.is_editorial for rows in paragraphs.values() for row in rows)
    registered = [panel for make in shelf.panels if (panel := make(here.user, here.section)) is not None]
    return {
        "last_url": here.url("section_last"),
        "elsewhere_url": here.url("section_elsewhere"),
        "comments_url": here.url("section_comments"),
        "open": sum(not line.is_resolved for line in lines),
        "resolved": sum(line.is_resolved for line in lines),
        "all": len(lines),
        "may_comment": permissions.allows(here.user, COMMENT_ON_SECTION, here.section),
        "history_url": here.url("section_history")
        if permissions.may_ever(here.user, SEE_HISTORY, here.section)
        else "",
        "edits_url": here.url("section_edits") if edited else "",
        "versions": ngettext("%(count)d version", "%(count)d versions", versions) % {"count": versions},
        "panels": registered,
    }
