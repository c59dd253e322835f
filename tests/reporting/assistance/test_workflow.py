"""The tables of requests and positions as design.md section 4 gives them, and everything else refused."""

import pytest

from accounts.exceptions import NotReady, Refused
from reporting.assistance.choices import PositionStatus, RequestStatus
from reporting.assistance.models import AgencyPosition, AssistanceRequest
from reporting.assistance.services import position as positions
from reporting.assistance.services import request as requests
from reporting.assistance.services import submission
from reporting.assistance.workflow import POSITION_MOVES, REQUEST_MOVES
from tests.reporting.assistance import factories

pytestmark = pytest.mark.django_db

REQUESTS = {
    ("draft", "clear", "cleared"),
    ("cleared", "reopen", "draft"),
    ("authorised", "reopen", "draft"),
    ("cleared", "authorise", "authorised"),
    ("authorised", "submit", "submitted"),
    ("cleared", "submit_as_enquiry", "submitted"),
    ("submitted", "ask_back", "returned"),
    ("returned", "submit_again", "submitted"),
    ("draft", "withdraw", "withdrawn"),
    ("cleared", "withdraw", "withdrawn"),
    ("authorised", "withdraw", "withdrawn"),
    ("submitted", "withdraw", "withdrawn"),
    ("returned", "withdraw", "withdrawn"),
    ("submitted", "close", "closed"),
    ("returned", "close", "closed"),
}
POSITIONS = {
    ("no_answer", "acknowledge", "acknowledged"),
    ("acknowledged", "open_plan", "in_discussion"),
    ("in_discussion", "accept", "agreed"),
    ("agreed", "await_funds", "awaiting_funds"),
    ("agreed", "start", "in_progress"),
    ("awaiting_funds", "start", "in_progress"),
    ("in_progress", "complete", "completed"),
    ("completed", "confirm", "confirmed"),
    ("completed", "dispute", "disputed"),
    ("disputed", "resume", "in_progress"),
    ("no_answer", "decline", "declined"),
    ("acknowledged", "decline", "declined"),
    ("in_discussion", "decline", "declined"),
    ("agreed", "discontinue", "discontinued"),
    ("awaiting_funds", "discontinue", "discontinued"),
    ("in_progress", "discontinue", "discontinued"),
    ("disputed", "discontinue", "discontinued"),
}


@pytest.mark.parametrize(
    ("table", "written"), [(REQUEST_MOVES, REQUESTS), (POSITION_MOVES, POSITIONS)], ids=["requests", "positions"]
)
def test_the_table_holds_exactly_the_moves_of_the_design(table, written):
    assert {(source, move.name, move.target) for move in table.values() for source in move.sources} == written


def make(request, name, cast):
    """Try a move of a request by whoever holds the right to it."""
    if name == "clear":
        return requests.clear_request(request, by=cast.jonas)
    if name == "reopen":
        draft = factories.draft(cast, title="Another title")
        return requests.change_request(request, by=cast.dana, version=request.version, draft=draft)
    if name == "authorise":
        return requests.authorise_request(request, by=cast.amina, office="M", authorised_on=request.needed_by_on)
    if name == "ask_back":
        position = AgencyPosition.objects.filter(request=request).select_related("request").first()
        position = position or AgencyPosition(request=request)
        return submission.ask_back(position, by=cast.ilo_desk, text="How many?")
    if name in submission.SUBMITTING:
        return submission.submit_request(request, move=name, by=cast.amina)
    return submission.conclude_request(request, move=name, by=cast.amina, reason="Because.")


@pytest.mark.parametrize("status", RequestStatus.values)
@pytest.mark.parametrize("name", [name for name in REQUEST_MOVES if name not in {"reopen", "ask_back"}])
def test_a_request_makes_the_moves_of_the_table_and_no_other(cast, status, name):
    request = factories.request(cast, status)
    target = next((after for before, move, after in REQUESTS if (before, move) == (status, name)), None)

    if target is None:
        with pytest.raises(Refused):
            make(request, name, cast)
    else:
        make(request, name, cast)

    assert AssistanceRequest.objects.get(pk=request.pk).status == (target or status)


@pytest.mark.parametrize("status", ["cleared", "authorised"])
def test_a_change_after_clearing_returns_the_request_to_draft_and_drops_the_authorisation(cast, status):
    request = factories.request(cast, status)

    make(request, "reopen", cast)

    request.refresh_from_db()
    assert (request.status, request.title, request.authorised_on) == ("draft", "Another title", None)


@pytest.mark.parametrize("status", ["submitted", "closed", "withdrawn"])
def test_a_request_with_the_agencies_or_ended_is_not_changed(cast, status):
    request = factories.request(cast, status)

    with pytest.raises(Refused):
        make(request, "reopen", cast)


@pytest.mark.parametrize("status", PositionStatus.values)
@pytest.mark.parametrize("name", list(POSITION_MOVES))
def test_a_position_makes_the_moves_of_the_table_and_no_other(cast, status, name):
    position = factories.position(cast, status)
    number = None
    if name == "accept" and status == "in_discussion":
        positions.save_plan(position, by=cast.ilo_desk, number=0, content=factories.PLAN)
        positions.offer_plan(position, by=cast.ilo_head, number=1)
        number = 1
    by = cast.amina if name in {"accept", "confirm", "dispute"} else cast.ilo_head
    target = next((after for before, move, after in POSITIONS if (before, move) == (status, name)), None)

    if target is None:
        with pytest.raises(Refused):
            positions.move_position(position, move=name, by=by, reason="Because.", number=number)
    else:
        positions.move_position(position, move=name, by=by, reason="Because.", number=number)

    assert AgencyPosition.objects.get(pk=position.pk).status == (target or status)


@pytest.mark.parametrize("ending", ["close", "withdraw"])
def test_no_position_moves_once_the_request_has_ended(cast, ending):
    position = factories.position(cast, "in_progress")
    submission.conclude_request(position.request, move=ending, by=cast.amina, reason="Because.")

    with pytest.raises(Refused, match="has ended"):
        positions.move_position(position, move="complete", by=cast.ilo_desk)


@pytest.mark.parametrize(("name", "status"), [("decline", "no_answer"), ("discontinue", "agreed")])
def test_an_agency_ends_its_part_with_a_reason(cast, name, status):
    position = factories.position(cast, status)

    with pytest.raises(NotReady, match="Give the reason"):
        positions.move_position(position, move=name, by=cast.ilo_head, reason=" ")


def test_an_open_position_asks_a_reason_for_closing(cast):
    request = factories.request(cast, "submitted")

    with pytest.raises(NotReady, match="ILO"):
        submission.conclude_request(request, move="close", by=cast.amina)


def test_a_request_is_closed_without_a_reason_once_every_position_is_settled(cast):
    position = factories.position(cast, "confirmed")

    submission.conclude_request(position.request, move="close", by=cast.amina)

    position.request.refresh_from_db()
    assert position.request.status == "closed"


def test_an_incomplete_request_is_not_cleared_and_says_what_it_lacks(cast):
    request = factories.request(cast, need="", agencies=[])

    with pytest.raises(NotReady, match="Choose at least one agency"):
        requests.clear_request(request, by=cast.jonas)


def test_a_second_click_is_told_who_was_first(cast):
    request = factories.request(cast)
    requests.clear_request(request, by=cast.jonas)

    with pytest.raises(Refused, match="Already cleared by the ministry by Jonas"):
        requests.clear_request(request, by=cast.jonas)
