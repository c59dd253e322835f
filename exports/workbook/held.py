"""The answers of a report as a person holds them now: those that may be read, and whether they may be written."""

from collections.abc import Iterable

from accounts import permissions
from accounts.models import User
from reporting.reports import freeze
from reporting.reports.models import Answer, Paragraph, Report, ReportSection
from reporting.reports.permissions import EDIT_ANSWER, visible_sections


def answers_of(report: Report, user: User, *, section: ReportSection | None = None) -> list[Answer]:
    """The questions asked in the sections of which the person reads anything, in the order of the report."""
    sections = {row.pk: row for row in visible_sections(user, report) if section is None or row.pk == section.pk}
    rows = (
        Answer.objects.of(user)
        .filter(section__in=list(sections), asked=True)
        .select_related("question", "changed_by")
        .order_by("section__position", "question__position")
    )
    answers = list(rows)
    freeze.load_targets(answers)
    for answer in answers:
        answer.section, answer.report = sections[answer.section_id], report
    return answers


def writable(answers: Iterable[Answer], user: User) -> list[Answer]:
    return [answer for answer in answers if permissions.allows(user, EDIT_ANSWER, answer)]


def paragraphs_of(answers: Iterable[Answer]) -> dict[int, list[Paragraph]]:
    found: dict[int, list[Paragraph]] = {answer.pk: [] for answer in answers}
    for row in Paragraph.objects.filter(answer__in=list(found)).order_by("answer_id", "position", "pk"):
        found[row.answer_id].append(row)
    return found
