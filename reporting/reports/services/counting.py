"""Counting answers and sections: what lists, rulers and paragraph numbers read."""

from collections.abc import Iterable, Sequence
from types import SimpleNamespace
from typing import Any

from django.utils import translation

from reporting.questionnaires.kinds import KINDS
from reporting.reports import freeze
from reporting.reports.models import Answer, Paragraph, ReportSection
from reporting.text import words


def measure(answer: Answer, rows: Sequence[Paragraph], content: dict[str, Any]) -> None:
    """Set the counters of one answer from what the submission form would print of it."""
    report = answer.section.report
    texts = [row.text for row in rows if row.text.strip()]
    kind = KINDS[answer.question.kind]
    answer.is_answered = bool(answer.disposition) or kind.is_answered(content, texts)
    language = report.cycle.submission_language
    with translation.override(language):
        # Who wrote a paragraph does not count, and would be read row by row.
        counted: list[Any] = [
            SimpleNamespace(key=row.key, text=row.text, words=row.words, origin=None, origin_id=None) for row in rows
        ]
        frozen = freeze.answer_content(answer, counted, report, language)
    answer.words, answer.paragraph_count = frozen["words"], frozen["paragraph_count"]


COUNTERS = ("asked", "answered", "required_missing", "words", "paragraphs")


def recount(section: ReportSection, answers: Iterable[Answer], besides: Sequence[str] = ()) -> None:
    """Write the section's counters from its answers, all of which are in hand, and other fields ``besides``."""
    count_section(section, list(answers))
    # Past the history of the row: counters are kept out of it, and a status that moves is an act.
    values = {name: getattr(section, name) for name in (*COUNTERS, *besides)}
    ReportSection.objects.filter(pk=section.pk).update(**values)


def count_section(section: ReportSection, answers: Sequence[Answer]) -> None:
    """Set the section's counters: what lists, rulers and paragraph numbers read."""
    asked = [answer for answer in answers if answer.asked]
    section.asked = len(asked)
    section.answered = sum(answer.is_answered for answer in asked)
    section.required_missing = sum(answer.is_required and not answer.is_answered for answer in asked)
    section.paragraphs = sum(answer.paragraph_count for answer in asked)
    text = sum(answer.words for answer in asked)
    language = section.report.cycle.submission_language
    # A heading is printed where something stands under it, as in the submission form.
    title = words.count(freeze.heading_in(section.section, language)) if section.paragraphs or text else 0
    section.words = text + title
