"""What a reader's export holds: only what that reader may see, in either form."""

import datetime
from typing import Any

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
from reporting.reports.models import Report, ReportSection
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
    return freeze.content(report, language=language, sections=sections, answer_ids=_readable(user, sections))


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
    return freeze.content(section.report, language=language, sections=[section], answer_ids=_readable(user, [section]))


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


def made_before(report: Report, *, form: str, format_slug: str, language: str) -> StoredFile | None:
    """The stored file where the submission form of an endorsed report is wanted in a language that it was
    frozen in: that one and no other.

    Raises CannotRender where the format cannot hold the text.
    """
    if form != SUBMISSION or report.status not in ENDORSED_OR_LATER:
        return None
    submission = report.submissions.order_by("-number").first()
    if submission is None or store.content_of(submission, language) is None:
        return None
    return store.file_of(submission, format_slug, language)


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
