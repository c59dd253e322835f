"""How the table of routes is written and how a row of it is tried.

A row says, for each method and each state, who is let in; everybody who is not named is answered by one
sentence of style.md: 403 for reports and sections of one's own State and for an act on what one may see,
404 for everything else, and the way to sign in for whoever is not signed in.
"""

import copy
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from django.db import connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.reporting.reports.factories import set_state
from tests.routes.world import ABROAD, EVERYBODY, STATE, Spot

Data = dict[str, Any] | Callable[[Any, Spot], dict[str, Any]]
# "coordinator focal; 409: other": who gets what; without a number 200 for GET and 302 for POST.
Said = dict[str, str]

NONE: Said = {}  # the address does not know this method
WORDS = {
    "everybody": EVERYBODY[:-1],
    "state": STATE,
    "abroad": ABROAD,
    "lead": ("drafter", "focal"),
    "both_asked": ("asked", "asked_focal"),
    "others": ("other", "other_drafter"),
    "agency": ("reader", "desk", "head"),
    # Members of the State, consulted bodies apart.
    "members": tuple(name for name in STATE if name not in {"translator", "consulted", "admin", "nobody"}),
}


@dataclass(frozen=True)
class Row:
    """One route: at which object it is tried, with what, and who is let in.

    ``more`` and ``args`` complete the address; ``shows`` stands on the page of those let in; ``keeps`` is
    "report" (403 for the rest of the State) or "hidden" (404 for all others); ``writes``: whether also a
    GET may write (it records an act).
    """

    name: str
    spot: str = ""
    more: dict[str, Any] = field(default_factory=dict)
    get: Said = field(default_factory=dict)
    post: Said = field(default_factory=dict)
    data: Data = field(default_factory=dict)
    query: str = ""
    shows: str = ""
    keeps: str = "report"
    writes: bool = False
    args: Callable[[Any, Spot], dict[str, Any]] | None = None
    bare: bool = False  # the address holds nothing of the spot
    effect: bool = True  # whether a POST that is let in must write
    insiders: tuple[str, ...] = STATE  # who is tried in the second state too

    @property
    def label(self) -> str:
        return " ".join([self.name, *(str(value) for value in self.more.values()), self.spot])

    def address(self, world: Any, spot: Spot) -> str:
        more = self.args(world, spot) if self.args else {}
        at = {} if self.bare else spot.kwargs
        return reverse(self.name, kwargs={**at, **self.more, **more}) + self.query.format(**spot.kwargs, rows=spot.rows)


def expected(said: str, row: Row, method: str, name: str, role: str) -> int:
    """What a person is answered, from the row and the standing rule."""
    usual = 200 if method == "GET" else 302
    for group in filter(None, (part.strip() for part in said.split(";"))):
        code, colon, names = group.rpartition(":")
        listed = {each for word in names.split() for each in WORDS.get(word, (word,))}
        if role in listed:
            return int(code) if colon else usual
    if name == "anonymous":
        return 302
    return 403 if row.keeps == "report" and name in STATE else 404


@contextmanager
def undone() -> Iterator[None]:
    """Whatever happens inside leaves no trace."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


class Writes(list[str]):
    """Statements that changed rows, sessions apart: what a refusal must never cause."""

    def __call__(self, execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        found = re.match(r'\s*(?:INSERT INTO|UPDATE|DELETE FROM)\s+"?(\w+)', sql, re.I)
        if found and found[1] not in {"django_session", "usersessions_usersession"}:
            self.append(found[1])
        return execute(sql, params, many, context)


def put(state: str, spot: Spot, world: Any) -> None:
    """Bring what stands at the spot into ``state``: "section in_review", "report validation, section cleared"."""
    for each in filter(None, (part.strip() for part in state.split(","))):
        what, _space, status = each.partition(" ")
        if what == "open":
            type(world.arcadia).objects.update(open_drafting=True)
        elif what == "sections":
            spot.rows["report"].sections.update(status=status)
        elif what == "published":
            type(spot.rows["report"]).objects.update(published_at=timezone.now())
        elif what == "withdrawn":
            withdrawn = {"withdrawn_at": timezone.now(), "withdrawn_by": world.wen, "withdrawn_note": "Repealed."}
            type(spot.rows["item"]).objects.filter(pk=spot.rows["item"].pk).update(**withdrawn)
        elif what == "unasked":
            type(spot.rows["answers"][-1]).objects.filter(pk=spot.rows["answers"][-1].pk).update(asked=False)
        else:
            set_state(spot.rows[what], status)


def answers(row: Row, world: Any, clients: dict[str, Client], method: str, state: str, spot: Spot) -> dict[str, Any]:
    """What each person got; and with it everything that was wrong besides the number."""
    got: dict[str, Any] = {}
    with undone():
        put(state, spot, world)
        address = row.address(world, spot)
        for name, client in clients.items():
            got[name] = _answer(row, world, client, method, address, spot)
    return got


def _answer(row: Row, world: Any, client: Client, method: str, address: str, spot: Spot) -> int | str:
    writes, cookies = Writes(), copy.deepcopy(client.cookies)
    with undone(), connection.execute_wrapper(writes):
        if method == "GET":
            response = client.get(address)
        else:
            data = row.data(world, spot) if callable(row.data) else row.data
            response = client.post(address, data)
        body = b"".join(response.streaming_content) if response.streaming else response.content
        text = body.decode("utf-8", "replace")
    client.cookies = cookies
    code = response.status_code
    if code == 302 and "/login/?next=" in response["Location"]:
        return 302 if not writes else "302 and wrote"
    if code in {403, 404} and "CANARY" in text:
        return f"{code} with a canary"
    shows = row.shows.format(**spot.kwargs)
    if code == 200 and method == "GET" and shows.casefold() not in text.casefold():
        return f"200 without “{shows}”"
    if writes and (method == "GET" or code != 302) and not (code < 400 and row.writes):
        return f"{code} and wrote {sorted(set(writes))}"
    if method == "POST" and code == 302 and row.effect and not writes:
        return "302 without any effect"
    return code
