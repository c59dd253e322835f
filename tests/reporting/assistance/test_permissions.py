"""Who may do what with requests, and while what: the tables of design.md, sections 3 and 4, written out again.

Each act names its persons, the sentence for all others, and what stands against it in which state
of the request and of the agency's position. The tests walk every person through every state, and
compare the answer of the door: None, or the reason and how it is given (404, 403 or 409).
"""

import itertools
from types import SimpleNamespace
from typing import NamedTuple

import pytest

from accounts.acts import Act
from accounts.choices import BodyKind, Role
from accounts.exceptions import Denial, Refused
from accounts.permissions import drift, remember, require
from reporting.assistance import permissions
from reporting.assistance.choices import PositionStatus, RequestStatus
from reporting.assistance.models import AgencyPosition, AssistanceRequest
from reporting.assistance.workflow import POSITION_MOVES, REQUEST_MOVES
from tests import factories
from tests.reporting.assistance import factories as made

REQUEST = [str(each) for each in RequestStatus]
POSITION = [str(each) for each in PositionStatus]

# --- the persons -------------------------------------------------------------------------

COORDINATORS = ["amina", "wen", "otto"]  # Otto's body was marked as coordinating as well
FOCAL = ["jonas"]
WRITERS = ["dana", "jonas"]
STATE = [*COORDINATORS, *WRITERS]
OTHER_BODY = ["rosa", "pia"]
# Idris and Qadir belong to another State, Olga's body is no longer marked as coordinating.
NOT_CONCERNED = ["idris", "qadir", "olga", "mina", "nuri", "adam", "kim", "nobody"]
HEADS = ["ilo_head", "ida"]  # Ida's scope is Arcadia alone
DESK = [*HEADS, "ilo_desk"]
OFFICERS = [*DESK, "ilo_reader"]
# Nadia's scope is the other State; IOM was addressed too, OHCHR was not; Alma administers the ILO's people.
OTHER_OFFICERS = ["nadia", "ohchr_head", "alma"]
ALSO_ADDRESSED = ["iom_head", "iom_desk", "iom_reader"]
# One who runs the machine, on either side, and accounts closed though their grants stand.
NOT_ADMITTED = ["root", "root_officer", "gone", "late"]
EVERYBODY = [*STATE, *OTHER_BODY, *NOT_CONCERNED, *OFFICERS, *OTHER_OFFICERS, *ALSO_ADDRESSED, *NOT_ADMITTED]

# --- the states, and what they have against an act -----------------------------------------

BEFORE = ["draft", "cleared", "authorised"]
ENDED = ["closed", "withdrawn"]
SETTLED = ["confirmed", "declined", "discontinued"]
UNPLANNED = ["no_answer", "acknowledged", "declined"]  # declined before a plan was opened


def against(sentence, *states):
    return dict.fromkeys(states, sentence)


NOT_SUBMITTED = "The request has not been submitted."
HAS_ENDED = "The request has ended."
NOTHING = {}
WITH_AGENCIES = against(NOT_SUBMITTED, *BEFORE) | against(HAS_ENDED, *ENDED)
SUBMITTED_ONCE = against("Messages are exchanged once the request has been submitted.", *BEFORE)
NOT_EDITABLE = against("The request has ended and is no longer changed.", *ENDED) | against(
    "The request is with the agencies. It can be changed when one of them asks back; write a message.", "submitted"
)
PART_ENDED = against("The agency's part in this request has ended.", *SETTLED)
NO_PLAN = against("The plan is written from “in discussion” on.", *UNPLANNED)
NOT_IN_DISCUSSION = against(
    "A plan is offered while it is in discussion.", *(each for each in POSITION if each != "in_discussion")
)


class Row(NamedTuple):
    """Who may; what the others are told, and who of them may know that the subject exists; what stands against it."""

    persons: list[str]
    denial: str
    told: list[str]
    request: dict[str, str] = NOTHING
    position: dict[str, str] = NOTHING

    def answer(self, name, request, position=""):
        if name not in self.persons:
            return ("NO_RIGHT" if name in self.told else "HIDDEN", self.denial)
        reason = self.request.get(request) or self.position.get(position)
        return ("STATE", reason) if reason else None


MINISTRY = "Requests are read by their ministry and the coordinators."
DESKS = "The agency's desk officers and its head answer requests."
HEAD_ALONE = "Only the head of the desk offers or declines in the agency's name."
STAND = "Where the agencies stand is shown to the ministry's focal points and the coordinators."
SIDES = [*COORDINATORS, *FOCAL]
SHOWN = [*SIDES, *OFFICERS]  # who may know that the ILO's position exists

REQUEST_ACTS = {
    "SEE_REQUEST": Row(STATE, MINISTRY, []),
    "EDIT_REQUEST": Row(STATE, "The request is written by its ministry and the coordinators.", STATE, NOT_EDITABLE),
    "CLEAR_REQUEST": Row(FOCAL, "Only the focal points of the responsible ministry clear its requests.", STATE),
    "AUTHORISE_REQUEST": Row(COORDINATORS, "The coordinators record the authorisation.", STATE),
    "SUBMIT_REQUEST": Row(COORDINATORS, "The coordinators submit requests to the agencies.", STATE),
    "CONCLUDE_REQUEST": Row(COORDINATORS, "Only the coordinators may do this.", STATE),
    "ADD_AGENCY": Row(COORDINATORS, "Only the coordinators address a further agency.", STATE, WITH_AGENCIES),
    "SEE_POSITIONS": Row(SIDES, STAND, STATE),
    "MESSAGE_AS_STATE": Row(
        SIDES, "The ministry's focal points and the coordinators write to the agencies.", STATE, SUBMITTED_ONCE
    ),
    # The move that an agency's question makes: any desk that the request was submitted to.
    "RETURN_REQUEST": Row([*DESK, "iom_head", "iom_desk"], "An agency asks back.", STATE),
}
POSITION_ACTS = {
    "READ_POSITION": Row(OFFICERS, "Requests are read by the agencies that they were submitted to.", []),
    "SEE_POSITION": Row(SHOWN, "This is shown to the agency, the ministry's focal points and the coordinators.", []),
    "MOVE_POSITION": Row(DESK, DESKS, SHOWN),
    "DECLINE": Row(HEADS, HEAD_ALONE, SHOWN),
    "OFFER_PLAN": Row(HEADS, HEAD_ALONE, SHOWN, WITH_AGENCIES, NOT_IN_DISCUSSION),
    "ASK_BACK": Row(DESK, DESKS, SHOWN, WITH_AGENCIES, PART_ENDED),
    "PROPOSE_REFERRAL": Row(DESK, DESKS, SHOWN, WITH_AGENCIES),
    "WRITE_NOTE": Row(DESK, DESKS, SHOWN, WITH_AGENCIES),
    "READ_NOTES": Row(OFFICERS, "Notes stay inside the agency.", []),
    "MESSAGE_AS_AGENCY": Row(OFFICERS, "The officers of the agency write to the State.", SHOWN, SUBMITTED_ONCE),
    "EDIT_PLAN": Row(
        [*SIDES, *DESK],
        "The plan is written by the agency's desk, the ministry's focal points and the coordinators.",
        SHOWN,
        WITH_AGENCIES,
        NO_PLAN,
    ),
    "SETTLE_POSITION": Row(COORDINATORS, "The coordinators accept plans and confirm or dispute completion.", SHOWN),
}
# move: its act, and the states that it starts from
REQUEST_STARTS = {
    "clear": ("CLEAR_REQUEST", ["draft"]),
    "reopen": ("EDIT_REQUEST", ["cleared", "authorised"]),
    "authorise": ("AUTHORISE_REQUEST", ["cleared"]),
    "submit": ("SUBMIT_REQUEST", ["authorised"]),
    "submit_as_enquiry": ("SUBMIT_REQUEST", ["cleared"]),
    "ask_back": ("RETURN_REQUEST", ["submitted"]),
    "submit_again": ("SUBMIT_REQUEST", ["returned"]),
    "withdraw": ("CONCLUDE_REQUEST", [*BEFORE, "submitted", "returned"]),
    "close": ("CONCLUDE_REQUEST", ["submitted", "returned"]),
}
POSITION_STARTS = {
    "acknowledge": ("MOVE_POSITION", ["no_answer"]),
    "open_plan": ("MOVE_POSITION", ["acknowledged"]),
    "accept": ("SETTLE_POSITION", ["in_discussion"]),
    "await_funds": ("MOVE_POSITION", ["agreed"]),
    "start": ("MOVE_POSITION", ["agreed", "awaiting_funds"]),
    "complete": ("MOVE_POSITION", ["in_progress"]),
    "confirm": ("SETTLE_POSITION", ["completed"]),
    "dispute": ("SETTLE_POSITION", ["completed"]),
    "resume": ("MOVE_POSITION", ["disputed"]),
    "decline": ("DECLINE", ["no_answer", "acknowledged", "in_discussion"]),
    "discontinue": ("MOVE_POSITION", ["agreed", "awaiting_funds", "in_progress", "disputed"]),
}


@pytest.fixture
def house(cast):
    """The cast and all who should be kept out, and a request of Health, submitted to the ILO and to IOM."""
    second = factories.body(cast.arcadia, "second", kind=BodyKind.MECHANISM, coordinates=True)
    third = factories.body(cast.arcadia, "third", kind=BodyKind.MECHANISM, coordinates=True)
    olga = factories.member("Olga", third, Role.COORDINATOR)
    type(third).objects.filter(pk=third.pk).update(coordinates=False)
    theirs = factories.body(cast.qamar, "health")
    made.desk(cast, "OHCHR")
    house = SimpleNamespace(
        **vars(cast),
        pia=factories.member("Pia", cast.justice, Role.DRAFTER),
        otto=factories.member("Otto", second, Role.COORDINATOR),
        olga=olga,
        qadir=factories.member("Qadir", theirs, Role.FOCAL_POINT),
        adam=factories.person("Adam", state=cast.arcadia, is_administrator=True),
        kim=factories.person("Kim", is_editor=True),
        nobody=factories.person("Nobody", state=cast.arcadia),
        ida=factories.officer("Ida", cast.ilo, "head", scope=[cast.arcadia]),
        nadia=factories.officer("Nadia", cast.ilo, "head", scope=[cast.qamar]),
        alma=factories.person("Alma", agency=cast.ilo, is_administrator=True),
        root=factories.member("Root", cast.mechanism, Role.COORDINATOR),
        root_officer=factories.officer("Root officer", cast.ilo),
        gone=factories.member("Gone", cast.health, Role.FOCAL_POINT),
        late=factories.officer("Late", cast.ilo),
    )
    house.request = made.request(cast, "submitted", agencies=[cast.ilo, cast.iom])
    # After everything was granted: the grants of the groups are still there.
    users = type(house.root).objects
    users.filter(pk__in=[house.root.pk, house.root_officer.pk]).update(is_superuser=True)
    users.filter(pk__in=[house.gone.pk, house.late.pk]).update(is_active=False)
    for name in NOT_ADMITTED:
        getattr(house, name).refresh_from_db()
    for name in EVERYBODY:
        remember(getattr(house, name))  # grants are read once, as they are within one page
    return house


def fetch(house, request=None):
    return AssistanceRequest.objects.select_related("state_party").get(pk=(request or house.request).pk)


def position_of(house):
    return AgencyPosition.objects.select_related("request", "agency").get(request=house.request, agency=house.ilo)


def answer_of(user, act, subject, moves=None):
    try:
        require(user, act, subject, moves=moves)
    except Refused as refused:
        said = refused.reason
        return (refused.denial.name, said.partition(" by Amina on ")[0] if said.startswith("Already") else said)
    return None


def differences(house, act, subject, row, *states, moves=None):
    """Where the door and the table disagree: (person, states): (found, written)."""
    wrong = {}
    for name in EVERYBODY:
        found, written = answer_of(getattr(house, name), act, subject, moves), row.answer(name, *states)
        if found != written:
            wrong[name, *states] = (found, written)
    return wrong


@pytest.mark.parametrize("name", REQUEST_ACTS)
def test_acts_on_requests(house, name):
    request, wrong = fetch(house), {}
    for status in REQUEST:
        request.status = status
        wrong |= differences(house, getattr(permissions, name), request, REQUEST_ACTS[name], status)

    assert wrong == {}


@pytest.mark.parametrize("name", POSITION_ACTS)
def test_acts_on_the_position_of_an_agency(house, name):
    position, wrong = position_of(house), {}
    for status, own in itertools.product(REQUEST, POSITION):
        position.request.status, position.status = status, own
        wrong |= differences(house, getattr(permissions, name), position, POSITION_ACTS[name], status, own)

    assert wrong == {}


def test_requests_are_started_by_drafters_focal_points_and_coordinators_of_the_state(house):
    may = [*STATE, *OTHER_BODY]
    told = [each for each in EVERYBODY if each not in NOT_ADMITTED]
    row = Row(may, "Requests are written by drafters, focal points and coordinators.", told)

    assert differences(house, permissions.CREATE_REQUEST, house.arcadia, row, "") == {}


def in_state(label):
    return f"This cannot be done now: the state is “{label}”."


@pytest.mark.parametrize("name", REQUEST_MOVES)
def test_moves_of_requests(house, name):
    act, starts = REQUEST_STARTS[name]
    move, row = REQUEST_MOVES[name], REQUEST_ACTS[act]
    elsewhere = {each: in_state(RequestStatus(each).label) for each in REQUEST if each not in starts}
    # Where it was made already, the door says by whom.
    elsewhere[move.target] = f"Already {RequestStatus(move.target).label.lower()}"
    row = row._replace(request={**elsewhere, **row.request})
    request, wrong = fetch(house), {}
    for status in REQUEST:
        request.status = status
        wrong |= differences(house, move, request, row, status, moves=REQUEST_MOVES)

    assert wrong == {}


@pytest.mark.parametrize("name", POSITION_MOVES)
def test_moves_of_positions(house, name):
    act, starts = POSITION_STARTS[name]
    own_states = {each: in_state(PositionStatus(each).label) for each in POSITION if each not in starts}
    row = POSITION_ACTS[act]
    position, wrong = position_of(house), {}
    for status, own in itertools.product(REQUEST, POSITION):
        position.request.status, position.status = status, own
        # The position's own state is told first, then that of the request.
        reason = own_states.get(own) or WITH_AGENCIES.get(status)
        told = row._replace(request=against(reason, status) if reason else NOTHING)
        wrong |= differences(house, POSITION_MOVES[name], position, told, status, own, moves=POSITION_MOVES)

    assert wrong == {}


@pytest.mark.parametrize("status", [*BEFORE, "withdrawn_draft"])
def test_before_its_first_submission_a_request_gives_no_agency_anything(house, status):
    request = fetch(house, made.request(house, status))
    position = AgencyPosition(request=request, agency=house.ilo, state_party=house.arcadia)
    everyone = [*OFFICERS, *OTHER_OFFICERS, *ALSO_ADDRESSED]
    acts = [(getattr(permissions, name), request) for name in REQUEST_ACTS]
    acts += [(getattr(permissions, name), position) for name in POSITION_ACTS]

    kept_out = {
        (name, act.name): answer_of(getattr(house, name), act, subject) for name in everyone for act, subject in acts
    }

    assert {key: value[0] if value else None for key, value in kept_out.items()} == dict.fromkeys(kept_out, "HIDDEN")
    assert drift(request) == (set(), set())


def test_every_act_of_the_room_stands_in_a_table():
    acts = {name for name, value in vars(permissions).items() if isinstance(value, Act)}

    assert acts == {*REQUEST_ACTS, *POSITION_ACTS, "CREATE_REQUEST"}


def test_every_move_needs_the_act_and_starts_from_the_states_of_the_design():
    for moves, written in ((REQUEST_MOVES, REQUEST_STARTS), (POSITION_MOVES, POSITION_STARTS)):
        found = {name: (move.needs.name.upper(), set(move.sources)) for name, move in moves.items()}

        assert found == {name: (act, set(starts)) for name, (act, starts) in written.items()}


def test_denials_are_answered_as_404_403_and_409():
    assert {each.name: each.value for each in Denial} == {"HIDDEN": 404, "NO_RIGHT": 403, "STATE": 409}
