"""Synthetic data: written in bulk, and such as the services would have written them."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from accounts import history
from accounts.models import Notification, StateParty, User
from reporting.assistance.models import AgencyPosition, AssistanceRequest
from reporting.reports.models import Answer, Paragraph, Report
from tests import factories
from tests.reporting.reports import factories as made


@pytest.fixture
def demonstration(db, settings):
    settings.DEMO = True
    made.questionnaire(made.instrument())
    made.questionnaire(made.instrument())


def seed(**options) -> str:
    out = StringIO()
    call_command("seed_scale", stdout=out, **options)
    return out.getvalue()


def test_as_many_states_reports_and_requests_are_made_as_were_asked_for(demonstration):
    assert "coordinator@xab.scale.example" in seed(states=2, reports=7, requests=6)

    assert list(StateParty.objects.values_list("code", flat=True)) == ["XAA", "XAB"]
    for state in StateParty.objects.all():
        reports = Report.objects.filter(state_party=state)
        assert {report.sections.count() for report in reports} == {3}
        assert [reports.count(), AssistanceRequest.objects.filter(state_party=state).count()] == [7, 6]
        assert AgencyPosition.objects.filter(state_party=state, agency__code=f"U{state.code}").count() == 4
    assert Paragraph.objects.exists()
    assert Notification.objects.exists()


def test_rights_histories_and_counters_are_as_the_services_would_have_made_them(demonstration):
    seed(states=1, reports=10, requests=6)

    call_command("check_grants", stdout=StringIO())
    call_command("check_history", stdout=StringIO())
    assert list(history.broken_links()) == []
    for report in Report.objects.all():
        for section in report.sections.all():
            answers = Answer.objects.filter(section=section, asked=True)
            answered = answers.filter(is_answered=True)
            assert [section.asked, section.answered] == [answers.count(), answered.count()]
            assert section.required_missing == answers.filter(is_required=True, is_answered=False).count()


def test_everybody_made_so_finds_something_at_home(demonstration, signed_in):
    seed(states=1, reports=10, requests=6)

    def page(login: str, address: str) -> str:
        return signed_in(User.objects.get(email=f"{login}@xaa.scale.example")).get(address).content.decode()

    assert "periodic report submitted by State XAA" in page("coordinator", "/home/")
    assert "/reports/" in page("health.focal", "/home/")
    assert "XAA-" in page("coordinator", "/assistance/")
    assert "State XAA" in page("officer", "/agency/requests/")


def test_a_second_run_adds_and_changes_nothing_that_is_there(demonstration):
    seed(states=1, reports=2, requests=1)
    seed(states=1, reports=2, requests=1)

    assert list(StateParty.objects.values_list("code", flat=True)) == ["XAA", "XAB"]


def test_a_database_with_other_people_is_refused(demonstration):
    factories.person("Olga", state=factories.state(), email="olga@ministry.org")

    with pytest.raises(CommandError, match="do not belong to the demonstration"):
        seed(states=1, reports=1, requests=1)
    assert StateParty.objects.count() == 1


def test_an_installation_that_is_no_demonstration_is_refused(demonstration, settings):
    settings.DEMO = False

    with pytest.raises(CommandError, match="is no demonstration"):
        seed(states=1, reports=1, requests=1)
    assert not StateParty.objects.exists()


def test_without_a_questionnaire_the_reason_is_said(db, settings):
    settings.DEMO = True

    with pytest.raises(CommandError, match="load the catalogue first"):
        seed(states=1, reports=1, requests=1)
    assert not StateParty.objects.exists()
