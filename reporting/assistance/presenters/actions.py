"""Buttons: the moves and acts that a person may make, and why not now."""

from dataclasses import dataclass
from typing import Any

from accounts import permissions
from accounts.acts import Moves
from accounts.models import User
from reporting.assistance.models import AgencyPosition, AssistanceRequest
from reporting.assistance.workflow import POSITION_MOVES, REQUEST_MOVES

# Made elsewhere: by an edit, by the reply box, on a page of their own.
NOT_BUTTONS = {"reopen", "ask_back", "accept"}
PRIMARY = {"clear", "acknowledge", "open_plan", "start", "complete", "confirm", "resume"}
DANGER = {"withdraw", "decline", "discontinue", "dispute"}
OWN_PAGE = {
    "authorise": "assistance_authorise",
    "submit": "assistance_submit",
    "submit_as_enquiry": "assistance_submit",
    "submit_again": "assistance_submit",
}


@dataclass(frozen=True)
class Action:
    """One button: ``page`` names the page that asks further, else it is a form of its own."""

    move: str
    label: str
    why_not: str
    asks_reason: bool
    is_primary: bool
    is_danger: bool
    page: str = ""


def request_actions(user: User, request: AssistanceRequest) -> list[Action]:
    return _actions(user, request, REQUEST_MOVES)


def position_actions(user: User, position: AgencyPosition) -> list[Action]:
    return _actions(user, position, POSITION_MOVES)


def _actions(user: User, subject: Any, moves: Moves) -> list[Action]:
    return [
        Action(
            move=move.name,
            label=str(move.label),
            why_not=permissions.why_not(user, move, subject, moves=moves) or "",
            asks_reason=move.asks_reason,
            is_primary=move.name in PRIMARY,
            is_danger=move.name in DANGER,
            page=OWN_PAGE.get(move.name, ""),
        )
        for move in moves.from_state(subject.status)
        if move.name not in NOT_BUTTONS and permissions.may_ever(user, move, subject)
    ]
