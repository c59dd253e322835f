"""What the State said on the same articles last time, from the frozen content of its last submission."""

from typing import Any

from django.utils.translation import get_language

from accounts import permissions
from reporting.reports.models import Answer, ReportSection, Submission
from reporting.reports.permissions import READ_SUBMISSION
from reporting.reports.permissions_lists import quoted_answers
from reporting.reports.presenters.outline import Place
from reporting.reports.presenters.sources import Passage, Source, Target, read_as_html


def last_report(here: Place, targets: list[Target]) -> dict[str, Any] | None:
    """{"title", "sources": by question, "first", "last": numbers of paragraphs}; None where there is none to read.

    What is copied from it goes to the same question where it is asked again, else to the first of ``targets``.
    """
    cycle = here.report.cycle
    earlier = Submission.objects.of(here.user).filter(
        report__cycle__mechanism=cycle.mechanism_id,
        report__cycle__instrument=cycle.instrument_id,
        report__cycle__number_from__lt=cycle.number_from,
    )
    rows = earlier.select_related("report__cycle__instrument", "report__state_party").order_by(
        "-report__cycle__number_from", "-number"
    )
    submission = rows.first()
    if submission is None or not permissions.allows(here.user, READ_SUBMISSION, submission):
        return None
    found = _sources(here, submission, {each.code: each.pk for each in targets})
    numbers = [each.number for source in found for each in source.passages if each.number]
    return {
        "title": submission.report.title_here,
        "sources": found,
        "first": min(numbers, default=None),
        "last": max(numbers, default=None),
    }


def _sources(here: Place, submission: Submission, goes_to: dict[str, int]) -> list[Source]:
    """The answers with text of the same section: same code, else one of its articles."""
    content, section = submission.content, here.section
    chosen = _same(content["sections"], section)
    codes = [answer["code"] for each in chosen for answer in each["answers"]]
    rows = quoted_answers(here.user).filter(report=submission.report_id, question__code__in=codes)
    answers = {row.question.code: row for row in rows.select_related("question")}
    found, number = [], 1
    for each in content["sections"]:
        for answer in each["answers"]:
            texts = _texts(answer)
            if each in chosen and texts:
                found.append(_source(content, answer, texts, number, answers.get(answer["code"]), goes_to))
            number += len(texts)
    return found


def _same(frozen: list[dict[str, Any]], section: ReportSection) -> list[dict[str, Any]]:
    articles = {str(each) for each in section.section.articles}
    same = [each for each in frozen if each["code"] == section.section.code]
    return same or [each for each in frozen if articles & {str(name) for name in each["articles"]}][:1]


def _texts(answer: dict[str, Any]) -> list[tuple[str, str]]:
    """Key and text of each numbered paragraph of an answer; a disposition that is printed is one without a key."""
    if not answer["is_exported"]:
        return []
    disposition = answer["disposition"] or {}
    if disposition.get("prints"):
        return [("", disposition["prints"])]
    return [(each["key"], each["text"]) for each in answer["paragraphs"]]


def _source(
    content: dict[str, Any],
    answer: dict[str, Any],
    texts: list[tuple[str, str]],
    number: int,
    row: Answer | None,
    goes_to: dict[str, int],
) -> Source:
    passages = [Passage(key, read_as_html(text), number + place) for place, (key, text) in enumerate(texts)]
    question, language = answer["question"], content["report"]["language"]
    if row is not None:
        question, language = row.question.wording("text", get_language() or "en")
    return Source(
        pk=row.pk if row is not None and all(each.key for each in passages) else None,
        label="",
        question=question,
        question_language=language,
        language=content["report"]["language"],
        when="",
        passages=passages,
        goes_to=goes_to.get(answer["code"]),
    )
