"""What a reader's export holds: only what that reader may see, in either form."""

import datetime
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from accounts import permissions
from accounts.exceptions import Denial, Refused
from accounts.models import User
from exports import store
from exports.assemble import document_for
from exports.document import SUBMISSION, WORKING
from exports.models import StoredFile
from exports.registry import FORMATS
from reporting.reports import freeze
from reporting.reports.choices import ENDORSED_OR_LATER
from reporting.reports.models import Attachment, Report, ReportSection, Submission
from reporting.reports.permissions import (
    EXPORT_REPORT,
    EXPORT_SECTION,
    SEE_WHOLE_REPORT,
    visible_answer_ids,
    visible_sections,
)

FORMS = (WORKING, SUBMISSION)


def report_content(report: Report, user: User, *, language: str | None = None) -> dict[str, Any]:
    """The draft as far as ``user`` may read it. Raises Refused where that is nothing."""
    permissions.require(user, EXPORT_REPORT, report)
    if permissions.allows(user, SEE_WHOLE_REPORT, report):
        return freeze.content(report, language=language)
    sections = visible_sections(user, report)
    if not sections:
        raise Refused(_("There is nothing in this report that you may export."), Denial.NO_RIGHT)
    content = freeze.content(report, language=language, sections=sections, answer_ids=_readable(user, sections))
    return _with_readable_annexes(content, user, sections)


def readable_annexes(report: Report, user: User) -> set[int]:
    """Ids of the annexes that ``user`` may export now."""
    if permissions.why_not(user, EXPORT_REPORT, report):
        return set()
    if permissions.allows(user, SEE_WHOLE_REPORT, report):
        return set(_annexes().filter(section__report=report).values_list("pk", flat=True))
    return _annexes_among(user, visible_sections(user, report))


def _annexes() -> QuerySet[Attachment]:
    return Attachment.objects.filter(is_annex=True, removed_at__isnull=True)


def _annexes_among(user: User, sections: list[ReportSection]) -> set[int]:
    """A file of a section as a whole goes with all of the section, one of an answer with the answer."""
    allowed: set[int] = set()
    rows = list(_annexes().filter(section__in=[section.pk for section in sections]))
    for section in sections:
        ids = visible_answer_ids(user, section)
        allowed |= {row.pk for row in rows if row.section_id == section.pk and (ids is None or row.answer_id in ids)}
    return allowed


def _with_readable_annexes(content: dict[str, Any], user: User, sections: list[ReportSection]) -> dict[str, Any]:
    if not content["annexes"]:
        return content
    allowed = _annexes_among(user, sections)
    return {**content, "annexes": [each for each in content["annexes"] if each["id"] in allowed]}


def readable_codes(report: Report, user: User) -> set[str]:
    """The codes of the questions whose answers ``user`` may export now."""
    if permissions.why_not(user, EXPORT_REPORT, report):
        return set()
    answers = report.answers.all()
    if not permissions.allows(user, SEE_WHOLE_REPORT, report):
        sections = visible_sections(user, report)
        ids = _readable(user, sections)
        answers = answers.filter(section__in=[section.pk for section in sections])
        answers = answers if ids is None else answers.filter(pk__in=ids)
    return set(answers.values_list("question__code", flat=True))


def section_content(section: ReportSection, user: User, *, language: str | None = None) -> dict[str, Any]:
    """One section as far as ``user`` may read it."""
    permissions.require(user, EXPORT_SECTION, section)
    content = freeze.content(
        section.report, language=language, sections=[section], answer_ids=_readable(user, [section])
    )
    return _with_readable_annexes(content, user, [section])


def _readable(user: User, sections: list[ReportSection]) -> set[int] | None:
    """Ids of the answers that may go out; None where every answer of the sections may."""
    limited = {section.pk: visible_answer_ids(user, section) for section in sections}
    if all(ids is None for ids in limited.values()):
        return None
    allowed: set[int] = set()
    for section in sections:
        ids = limited[section.pk]
        allowed |= set(section.answers.values_list("pk", flat=True)) if ids is None else ids
    return allowed


def submission_of(report: Report, *, form: str, language: str) -> Submission | None:
    """The last submission where the submission form of an endorsed report is wanted in a language that it was
    frozen in."""
    if form != SUBMISSION or report.status not in ENDORSED_OR_LATER:
        return None
    submission: Submission | None = report.submissions.order_by("-number").first()
    if submission is None or store.content_of(submission, language) is None:
        return None
    return submission


def made_before(report: Report, *, form: str, format_slug: str, language: str) -> StoredFile | None:
    """The stored file where the submission form of an endorsed report is wanted in a language that it was
    frozen in: that one and no other.

    Raises CannotRender where the format cannot hold the text.
    """
    submission = submission_of(report, form=form, language=language)
    return store.file_of(submission, format_slug, language) if submission is not None else None


def language_of(report: Report, form: str) -> str:
    """The language that a form has of itself: the working form the working language, the submission form the other."""
    cycle = report.cycle
    return cycle.working_language if form == WORKING else cycle.submission_language


def scope_of(content: dict[str, Any]) -> list[str]:
    """The codes of the questions whose answers are in a file."""
    return [answer["code"] for section in content["sections"] for answer in section["answers"]]


def render(content: dict[str, Any], *, form: str, format_slug: str, at: datetime.datetime) -> bytes:
    """Raises CannotRender where the format cannot hold the text."""
    return FORMATS[format_slug].render(document_for(content, form=form, generated_at=at))


def name_of(content: dict[str, Any], *, form: str, extension: str, part: str = "") -> str:
    """Such as "ARC-cmw-3-periodic-working.docx", or with "F2" of one section."""
    report = content["report"]
    pieces = [report["state"]["code"], report["slug"], part, form]
    return "-".join(piece for piece in pieces if piece) + f".{extension}"
