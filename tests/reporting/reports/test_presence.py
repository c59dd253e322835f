"""Who is in a section: told to those who may read it, swept by the clock, and nothing is locked by it."""

import datetime

import pytest
from django.utils import timezone

from accounts import jobs
from reporting.reports.models import Presence
from reporting.reports.services.contribution import ask_contribution
from reporting.reports.services.presence import STAYS, be_in, sweep
from tests.reporting.reports import writing

pytestmark = pytest.mark.django_db

F1 = "/reports/cmw-3-periodic/sections/f1/"


@pytest.fixture
def section(cast):
    return writing.section(writing.report(cast))


def ask(client, question=""):
    return client.post(f"{F1}presence/", {"question": question})


def test_who_else_is_there_is_told_with_the_question(cast, section, signed_in):
    be_in(section, by=cast.jonas, question=2)

    said = ask(signed_in(cast.dana), "1").json()["said"]

    assert said == f"Also here: {cast.jonas} (question 2)"
    assert Presence.objects.get(user=cast.dana).question == 1


def test_nobody_is_told_of_oneself(cast, section, signed_in):
    ask(signed_in(cast.dana), "1")

    assert ask(signed_in(cast.dana), "1").json() == {"said": ""}


def test_a_person_has_one_row_however_often_the_page_asks(cast, section, signed_in):
    client = signed_in(cast.dana)
    for number in ("1", "2", "nonsense", "2"):
        ask(client, number)

    assert list(Presence.objects.values_list("question", flat=True)) == [2]


def test_who_left_is_not_told_and_swept_by_the_clock(cast, section, signed_in):
    be_in(section, by=cast.jonas, question=2)
    Presence.objects.update(at=timezone.now() - STAYS - datetime.timedelta(seconds=1))

    assert ask(signed_in(cast.dana)).json() == {"said": ""}
    assert sweep in jobs.each_minute
    assert sweep() == 1
    assert list(Presence.objects.values_list("user", flat=True)) == [cast.dana.pk]


def test_another_state_learns_nothing(cast, section, signed_in):
    be_in(section, by=cast.jonas, question=2)

    assert ask(signed_in(cast.idris)).status_code == 404
    assert Presence.objects.count() == 1


def test_a_body_that_is_asked_learns_of_those_at_its_own_questions_alone(cast, section, signed_in):
    first = section.answers.order_by("question__position")[0]
    ask_contribution(section, answers=[first], body=cast.justice, by=cast.jonas)
    be_in(section, by=cast.jonas, question=int(first.question.number) + 1)
    be_in(section, by=cast.dana, question=None)

    assert ask(signed_in(cast.rosa)).json() == {"said": ""}
    be_in(section, by=cast.jonas, question=int(first.question.number))
    assert str(cast.jonas) in ask(signed_in(cast.rosa)).json()["said"]


def test_it_costs_the_same_with_one_and_with_three(
    cast, section, signed_in, django_assert_num_queries, django_assert_max_num_queries
):
    client = signed_in(cast.dana)
    ask(client)
    with django_assert_max_num_queries(20) as first:
        ask(client)
    for person in (cast.jonas, cast.amina, cast.wen):
        be_in(section, by=person, question=None)

    with django_assert_num_queries(len(first)):
        ask(client)
