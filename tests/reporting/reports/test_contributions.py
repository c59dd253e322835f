"""Asking other bodies for questions of a section, and what becomes of it."""

import datetime

import pytest

from accounts.choices import BodyKind, Role
from accounts.exceptions import Denial, Refused
from accounts.models import HistoryEntry, Notification
from accounts.permissions import drift, person, why_not
from reporting.reports.choices import SEND_CONTRIBUTION, WRITE_CONTRIBUTION, ContributionStatus
from reporting.reports.models import Contribution
from reporting.reports.permissions import EDIT_ANSWER
from reporting.reports.services.contribution import ask_contribution, move_contribution
from reporting.reports.services.section import move_section
from tests import factories
from tests.reporting.reports import factories as made

TODAY = datetime.date.today()


@pytest.fixture
def report(cast):
    return made.report(cast)


@pytest.fixture
def section(report):
    return made.section(report, "f1")


def answers(section, *places):
    rows = list(section.answers.order_by("question__position"))
    return [rows[place - 1] for place in places]


def ask(section, cast, *places, **fields) -> Contribution:
    given = {"body": cast.justice, "by": cast.jonas} | fields
    return ask_contribution(section, answers=answers(section, *(places or (1,))), **given)


def refusal(function, *args, **fields) -> Refused:
    with pytest.raises(Refused) as caught:
        function(*args, **fields)
    return caught.value


def test_the_body_asked_may_write_the_questions_asked_and_no_others(cast, section):
    ask(section, cast, 1)
    first, second = answers(made.section(section.report, "f1"), 1, 2)

    assert why_not(cast.rosa, EDIT_ANSWER, first) is None
    assert why_not(cast.rosa, EDIT_ANSWER, second) is not None


def test_asking_grants_writing_to_the_body_and_sending_to_its_focal_points(cast, section):
    ines = factories.member("Ines", cast.justice, Role.DRAFTER)
    contribution = ask(section, cast)

    granted = [
        [person(user).holds(code, contribution) for code in (WRITE_CONTRIBUTION, SEND_CONTRIBUTION)]
        for user in (cast.rosa, ines, cast.jonas)
    ]
    assert granted == [[True, True], [True, False], [False, False]]


def test_asking_tells_the_body_and_is_an_act(cast, section):
    contribution = ask(section, cast, 1, 3)

    told = Notification.objects.filter(kind="contribution_asked", subject_id=str(contribution.pk))
    entry = HistoryEntry.objects.get(act="contribution.ask")
    assert [row.recipient for row in told] == [cast.rosa]
    assert [code.rpartition("-")[2] for code in entry.facts["questions"]] == ["Q1", "Q3"]


def test_a_body_that_is_asked_already_is_asked_for_more(cast, section):
    first = ask(section, cast, 1)
    second = ask(section, cast, 2, by=cast.amina)

    assert second == first
    assert second.answer_ids == {row.pk for row in answers(section, 1, 2)}


def test_a_body_that_has_sent_is_not_asked_for_more_until_that_is_settled(cast, section):
    move_contribution(ask(section, cast), move="send", by=cast.rosa)

    refused = refusal(ask, section, cast, 2)

    assert refused.reason == (
        "Ministry of Justice has sent its contribution. Take it over or return it before you ask for more."
    )


def test_after_taking_over_a_body_is_asked_anew_for_the_new_questions_alone(cast, section):
    contribution = move_contribution(ask(section, cast, 1), move="send", by=cast.rosa)
    move_contribution(contribution, move="take_over", by=cast.jonas)

    again = ask(section, cast, 2)

    assert (again.status, again.answer_ids) == (ContributionStatus.ASKED, {answers(section, 2)[0].pk})


def test_a_withdrawn_contribution_can_be_asked_for_again(cast, section):
    first = move_contribution(ask(section, cast), move="withdraw", by=cast.jonas)

    second = ask(section, cast)

    assert second.pk != first.pk


def test_the_lead_is_not_asked_in_its_own_section(cast, section):
    assert refusal(ask, section, cast, body=cast.health).reason == (
        "Ministry of Health leads this section, so it writes here already."
    )


@pytest.mark.parametrize("body", ["mission", "nhri"])
def test_bodies_that_transmit_or_are_consulted_do_not_write(cast, section, body):
    assert "does not write answers" in refusal(ask, section, cast, body=getattr(cast, body)).reason


def test_a_body_of_another_state_or_one_that_is_closed_is_not_asked(cast, section):
    closed = factories.body(cast.arcadia, "closed", kind=BodyKind.MINISTRY)
    type(closed).objects.filter(pk=closed.pk).update(is_active=False)
    closed.refresh_from_db()

    reasons = {refusal(ask, section, cast, body=body).reason for body in (closed, cast.qamar_mechanism)}
    assert reasons == {"Choose a body of the State that is active."}


def test_only_questions_of_the_section_that_are_asked_can_be_asked_for(cast, section, report):
    other = answers(made.section(report, "f2"), 1)
    set_aside = answers(section, 2)[0]
    type(set_aside).objects.filter(pk=set_aside.pk).update(asked=False)

    assert (
        "of this section" in refusal(ask_contribution, section, body=cast.justice, answers=other, by=cast.amina).reason
    )
    assert "of this section" in refusal(ask, section, cast, 2).reason
    assert refusal(ask_contribution, section, body=cast.justice, answers=[], by=cast.amina).reason == (
        "Choose at least one question."
    )


def test_a_date_that_has_passed_is_refused(cast, section):
    refusal(ask, section, cast, due_on=TODAY - datetime.timedelta(days=1))


@pytest.mark.parametrize("name", ["dana", "rosa", "mina", "nuri", "idris"])
def test_only_coordinators_and_the_leads_focal_points_ask(cast, section, name):
    assert refusal(ask, section, cast, by=getattr(cast, name)).denial == Denial.NO_RIGHT


def test_nobody_is_asked_in_a_cleared_section(cast, section):
    made.set_state(section, "cleared")

    assert refusal(ask, section, cast).reason == "The section has been cleared."


# --- moves -------------------------------------------------------------------------------


def test_sending_twice_has_one_effect_and_names_who_was_first(cast, section):
    ruth = factories.member("Ruth", cast.justice, Role.FOCAL_POINT)
    contribution = ask(section, cast)
    move_contribution(contribution, move="send", by=cast.rosa)

    refused = refusal(move_contribution, contribution, move="send", by=ruth)

    assert refused.reason.startswith("Already sent by Rosa on ")
    assert HistoryEntry.objects.filter(act="contribution.send").count() == 1


def test_taking_over_changes_no_text_and_ends_the_right_to_write(cast, section):
    contribution = ask(section, cast, 1)
    made.write(section, "What Justice says.", cast.rosa)
    move_contribution(contribution, move="send", by=cast.rosa)
    move_contribution(contribution, move="take_over", by=cast.jonas)

    answer = answers(made.section(section.report, "f1"), 1)[0]
    assert [(row.text, row.origin) for row in answer.paragraphs.all()] == [("What Justice says.", cast.justice)]
    assert why_not(cast.rosa, EDIT_ANSWER, answer) is not None


def test_returning_needs_a_reason(cast, section):
    contribution = move_contribution(ask(section, cast), move="send", by=cast.rosa)

    refused = refusal(move_contribution, contribution, move="return", by=cast.jonas)

    assert refused.reason == "Give the reason: the people concerned will read it."


def test_withdrawing_takes_the_grants_away(cast, section):
    contribution = move_contribution(ask(section, cast), move="withdraw", by=cast.amina)

    assert not person(cast.rosa).holds(WRITE_CONTRIBUTION, contribution)
    assert drift(contribution) == (set(), set())


def test_a_contribution_is_not_sent_while_the_section_is_in_review(cast, section):
    contribution = ask(section, cast, 2)
    made.write(section, "Text.", cast.jonas)
    move_section(made.section(section.report, "f1"), move="send_for_review", by=cast.jonas, reason="It is late.")

    assert "in review" in refusal(move_contribution, contribution, move="send", by=cast.rosa).reason
