"""“Answered in question X” leads to an answer, or holds the report up."""

import pytest

from accounts import permissions
from accounts.acts import Attempt
from reporting.questionnaires.choices import Disposition
from reporting.reports.workflow import references_lead_somewhere
from tests.reporting.reports import factories as made


@pytest.fixture
def report(cast):
    """G1 refers to F1, its first question to the first."""
    report = made.report(cast)
    first, second = (made.section(report, slug).answers.order_by("question__position").first() for slug in ("f1", "g1"))
    second.disposition, second.target_question = Disposition.SEE_QUESTION, first.question
    second.is_answered = True
    second.save()
    report.first, report.second = first, second
    return report


def reason(report, cast) -> str | None:
    return references_lead_somewhere(report, Attempt(by=permissions.person(cast.amina)))


def test_a_reference_to_an_answer_is_fine(cast, report):
    made.write(made.section(report, "f1"), "A licence is required.", cast.dana)

    assert reason(report, cast) is None


@pytest.mark.parametrize(
    "fields",
    [
        {"is_answered": False},
        {"is_answered": True, "asked": False},
        {"is_answered": True, "disposition": Disposition.SEE_QUESTION},
        {"is_answered": True, "disposition": Disposition.NO_DATA},
    ],
)
def test_a_reference_to_what_has_no_answer_of_its_own_names_the_question_that_refers(cast, report, fields):
    type(report.first).objects.filter(pk=report.first.pk).update(**fields)
    codes = [report.second.question.code]
    if fields.get("disposition") == Disposition.SEE_QUESTION:
        codes.insert(0, report.first.question.code)  # it refers to nothing at all

    assert reason(report, cast) == (
        f"These questions refer to a question without an answer of its own: {', '.join(codes)}."
    )


def test_what_is_not_asked_may_refer_to_anything(cast, report):
    type(report.second).objects.filter(pk=report.second.pk).update(asked=False)

    assert reason(report, cast) is None
