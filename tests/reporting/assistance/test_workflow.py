"""The tables of requests and positions as design.md section 4 gives them, and everything else refused."""

import itertools
from contextlib import contextmanager

import pytest
from django.db import transaction

from accounts import moves
from accounts.exceptions import NotReady, Refused
from accounts.models import HistoryEntry
from reporting.assistance.choices import PositionStatus, RequestStatus
from reporting.assistance.models import AgencyPosition
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
        if position is None:  # nothing was submitted: no position to ask from, and the bare move is refused too
            with transaction.atomic():
                return moves.carry_out(
                    request, REQUEST_MOVES[name], moves=REQUEST_MOVES, by=cast.ilo_desk, reason="How many?"
                )
        return submission.ask_back(position, by=cast.ilo_desk, text="How many?")
    if name in submission.SUBMITTING:
        return submission.submit_request(request, move=name, by=cast.amina)
    return submission.conclude_request(request, move=name, by=cast.amina, reason="Because.")


@contextmanager
def undone():
    """What is done inside is taken back, so that many moves are tried on one row."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def outcome(attempt, row) -> str:
    """The state in which an attempt leaves a row, with "refused" before it where it was."""
    said = ""
    with undone():
        try:
            attempt()
        except Refused:
            said = "refused, "
        return said + type(row).objects.get(pk=row.pk).status


def written(table, status, name) -> str:
    target = next((after for before, move, after in table if (before, move) == (status, name)), None)
    return target or f"refused, {status}"


@pytest.mark.parametrize("status", RequestStatus.values)
def test_a_request_makes_the_moves_of_the_table_and_no_other(cast, status):
    request = factories.request(cast, status)
    names = [name for name in REQUEST_MOVES if name != "reopen"]

    found = {name: outcome(lambda name=name: make(request, name, cast), request) for name in names}

    assert found == {name: written(REQUESTS, status, name) for name in names}


@pytest.mark.parametrize("status", ["cleared", "authorised"])
def test_a_change_after_clearing_returns_the_request_to_draft_and_drops_the_authorisation(cast, status):
    request = factories.request(cast, status)

    make(request, "reopen", cast)

    request.refresh_from_db()
    assert (request.status, request.title, request.authorised_on) == ("draft", "Another title", None)


@pytest.mark.parametrize("status", ["draft", "returned"])
def test_a_change_of_a_draft_or_a_returned_request_is_no_move(cast, status):
    request = factories.request(cast, status)

    make(request, "reopen", cast)

    request.refresh_from_db()
    assert (request.status, request.title) == (status, "Another title")


@pytest.mark.parametrize("status", ["submitted", "closed", "withdrawn"])
def test_a_request_with_the_agencies_or_ended_is_not_changed(cast, status):
    request = factories.request(cast, status)

    with pytest.raises(Refused):
        make(request, "reopen", cast)


@pytest.mark.parametrize("status", PositionStatus.values)
def test_a_position_makes_the_moves_of_the_table_and_no_other(cast, status):
    position, number = factories.position(cast, status), None
    if status == "in_discussion":
        positions.save_plan(position, by=cast.ilo_desk, number=0, content=factories.PLAN)
        number = positions.offer_plan(position, by=cast.ilo_head, number=1).version

    def attempt(name):
        by = cast.amina if name in {"accept", "confirm", "dispute"} else cast.ilo_head
        positions.move_position(position, move=name, by=by, reason="Because.", number=number)

    found = {name: outcome(lambda name=name: attempt(name), position) for name in POSITION_MOVES}

    assert found == {name: written(POSITIONS, status, name) for name in POSITION_MOVES}


@pytest.mark.parametrize("status", PositionStatus.values)
def test_an_agency_asks_back_from_every_position_that_is_not_settled_while_the_request_stands(cast, status):
    position = factories.position(cast, status)
    request = position.request
    goes_on = "refused, submitted" if status in {"confirmed", "declined", "discontinued"} else "returned"

    def ask_back():
        submission.ask_back(position, by=cast.ilo_desk, text="How many?")

    assert outcome(ask_back, request) == goes_on
    for ending, ended in (("close", "closed"), ("withdraw", "withdrawn")):
        with undone():
            submission.conclude_request(request, move=ending, by=cast.amina, reason="Because.")
            assert outcome(ask_back, request) == f"refused, {ended}"
    assert AgencyPosition.objects.get(pk=position.pk).status == status


def test_a_second_agency_asks_back_without_another_move_and_the_first_not_twice(cast):
    request = factories.request(cast, "returned", agencies=[cast.ilo, cast.iom])
    ilo, iom = request.positions.select_related("request").order_by("agency__code")

    submission.ask_back(iom, by=cast.iom_desk, text="Where?")
    with pytest.raises(Refused, match="ILO desk asked back already"):
        submission.ask_back(ilo, by=cast.ilo_head, text="And when?")

    assert HistoryEntry.objects.filter(act="assistancerequest.ask_back").count() == 1
    assert [row.asked_back for row in request.positions.order_by("agency__code")] == ["How many inspectors?", "Where?"]


@pytest.mark.parametrize(
    ("service", "names"),
    [
        (submission.submit_request, [name for name in REQUEST_MOVES if name not in submission.SUBMITTING]),
        (submission.conclude_request, [name for name in REQUEST_MOVES if name not in {"withdraw", "close"}]),
        (positions.move_position, [*REQUEST_MOVES, "take", ""]),
    ],
)
def test_no_service_makes_a_move_that_is_not_its_own(cast, service, names):
    request = factories.request(cast, "submitted")
    subject = factories.position(cast, row=request) if service is positions.move_position else request

    for name, by in itertools.product(names, (cast.amina, cast.jonas, cast.ilo_head)):
        with pytest.raises(Refused):
            service(subject, move=name, by=by)

    request.refresh_from_db()
    assert (request.status, request.positions.get().status) == ("submitted", "no_answer")


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


@pytest.mark.parametrize("about", ["themes", "provisions", "recommendations"])
def test_a_theme_a_provision_or_a_recommendation_is_enough_to_clear_a_request(cast, about):
    without = {"themes": [], "provisions": [], "recommendations": ""}
    named = {
        "themes": [factories.theme()],
        "provisions": [factories.provision()],
        "recommendations": "CMW/C/ARC/CO/2, 14",
    }
    request = factories.request(cast, **{**without, about: named[about]})

    assert requests.clear_request(request, by=cast.jonas).status == "cleared"


def test_a_request_about_nothing_is_not_cleared(cast):
    request = factories.request(cast, themes=[], provisions=[], recommendations=" ")

    with pytest.raises(NotReady, match="name a provision, a theme or a recommendation"):
        requests.clear_request(request, by=cast.jonas)


def test_a_second_click_is_told_who_was_first(cast):
    request = factories.request(cast)
    requests.clear_request(request, by=cast.jonas)

    with pytest.raises(Refused, match="Already cleared by the ministry by Jonas"):
        requests.clear_request(request, by=cast.jonas)
