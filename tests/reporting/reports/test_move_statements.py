"""Moves cost the same however much there is around what is moved: 1, 3 or 300 sections, and as many people."""

import pytest

from accounts.choices import Role
from reporting.questionnaires.choices import QuestionKind
from reporting.reports.models import ReportSection
from reporting.reports.services.contribution import ask_contribution, move_contribution
from reporting.reports.services.move import move_report
from reporting.reports.services.section import move_section
from tests import growing
from tests.reporting.reports import writing

pytestmark = pytest.mark.django_db

QUESTIONS = [
    (QuestionKind.NARRATIVE, "Who may recruit?", True, {}),
    (QuestionKind.NARRATIVE, "By what law?", False, {}),
]


def report_of(cast, sections: int):
    form = writing.questionnaire(sections=sections, prefix=f"Q{sections}", questions=QUESTIONS)
    return writing.report(cast, made=form, number=sections)


def fresh(of):
    return writing.section(of)


def steps(cast, report):
    """The way of the section F1 and of a contribution to it: name of each step, and the step."""
    contribution = {}

    def ask():
        section = fresh(report)
        contribution["row"] = ask_contribution(
            section, body=cast.justice, answers=[writing.answer(section, 2)], by=cast.amina
        )

    def move(name, by):
        return lambda: move_contribution(contribution["row"], move=name, by=by)

    return {
        "write": lambda: writing.write(fresh(report), 1, "A licence.", by=cast.dana),
        "ask": ask,
        "contribute": lambda: writing.write(fresh(report), 2, "The courts.", by=cast.rosa),
        "send the contribution": move("send", cast.rosa),
        "take it over": move("take_over", cast.jonas),
        "send": lambda: move_section(fresh(report), move="send_for_review", by=cast.jonas),
        "return": lambda: move_section(fresh(report), move="return", by=cast.amina, reason="Which year?"),
        "send again": lambda: move_section(fresh(report), move="send_for_review", by=cast.jonas),
        "clear": lambda: move_section(fresh(report), move="clear", by=cast.amina),
    }


def test_the_way_of_a_section_costs_the_same_in_a_report_of_any_size(cast, statements):
    found: dict[str, list[int]] = {}
    for step in steps(cast, report_of(cast, 2)).values():
        step()  # what is kept for good is kept
    for size in growing.SIZES:
        for name, step in steps(cast, report_of(cast, size)).items():
            with statements() as seen:
                step()
            found.setdefault(name, []).append(len(seen))

    assert growing.over(found, 40) == {}, found


def test_the_way_of_a_section_costs_the_same_with_many_people_in_its_bodies(cast, statements):
    found: dict[str, list[int]] = {}
    for number, people in enumerate((1, 2, 297), start=1):
        for body, role in ((cast.health, Role.DRAFTER), (cast.health, Role.FOCAL_POINT), (cast.justice, Role.DRAFTER)):
            growing.add_people(body, role, people)
        for name, step in steps(cast, report_of(cast, number)).items():
            with statements() as seen:
                step()
            found.setdefault(name, []).append(len(seen))

    assert growing.over(found, 40) == {}, found


def test_consolidating_costs_the_same_for_any_number_of_sections(cast, statements):
    found = []
    for size in growing.SIZES:
        report = report_of(cast, size)
        ReportSection.objects.filter(report=report).update(status="cleared")
        with statements() as seen:
            move_report(report, move="consolidate", by=cast.amina)
        found.append(len(seen))

    assert len(set(found)) == 1, found
