"""Every move of sections, contributions, reports and consultations, twice: one effect and a clear sentence.

Twice from one page (a double click, a second tab), and by two persons at the same moment, on either database.
"""

import datetime
import threading
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import connection, transaction

from accounts.choices import Role
from accounts.exceptions import Refused
from accounts.models import HistoryEntry, Notification
from reporting.reports.models import Comment, Report, Submission, Transmission, ValidationReply
from reporting.reports.services import consultation, contribution, submission, validation
from reporting.reports.services.comment import add_comment, reopen_comment, resolve_comment, withdraw_comment
from reporting.reports.services.move import move_report
from reporting.reports.services.section import move_section
from reporting.reports.workflow import CONTRIBUTION_MOVES, REPORT_MOVES, ROUND_MOVES, SECTION_MOVES
from tests import factories
from tests.reporting.reports import factories as made

TODAY = datetime.date.today()
SOON = TODAY + datetime.timedelta(days=7)
Act = Callable[[Any, Any], Any]  # (row, by)


def _section(status: str) -> Callable[[SimpleNamespace], Any]:
    def build(cast: SimpleNamespace) -> Any:
        report = made.report(cast)
        made.write(made.section(report, "f1"), "A text.", cast.dana)
        row = made.section(report, "f1")
        made.set_state(row, status)
        return row

    return build


def _contribution(status: str) -> Callable[[SimpleNamespace], Any]:
    def build(cast: SimpleNamespace) -> Any:
        section = made.section(made.report(cast), "f1")
        row = contribution.ask_contribution(
            section, body=cast.justice, answers=section.answers.all()[:1], by=cast.amina
        )
        made.set_state(row, status)
        return row

    return build


def _report(status: str) -> Callable[[SimpleNamespace], Any]:
    def build(cast: SimpleNamespace) -> Any:
        if status == "planned":
            return made.report(cast, opened=False)
        row = made.report(cast)
        row.sections.update(status="cleared")
        made.set_state(row, status, validation_until=SOON, validation_round=1)
        return row

    return build


def _transmitted(status: str) -> Callable[[SimpleNamespace], Any]:
    def build(cast: SimpleNamespace) -> Any:
        row = made.endorsed(cast)
        if status != "endorsed":
            submission.transmit(row, note_verbale="NV/1", sent_on=TODAY, by=cast.mina)
            made.set_state(row, status)
        return Report.objects.get(pk=row.pk)

    return build


def _round(cast: SimpleNamespace) -> Any:
    report = made.report(cast)
    sections = [made.section(report, "f1")]
    return consultation.open_round(report, sections=sections, bodies=[cast.nhri], closes_on=SOON, by=cast.amina)


def _move(service: Callable[..., Any], name: str, **said: Any) -> Act:
    return lambda row, by: service(row, move=name, by=by, **said)


WHY = {"reason": "A law has changed."}
C, F, P = ("amina", "wen"), ("jonas", "jule"), ("mina", "amina")  # who is first, who is second
# table and move -> how the row is made, the act, the two persons, and how the second is answered
MOVES: dict[tuple[str, str], tuple[Callable[[SimpleNamespace], Any], Act, tuple[str, str], str]] = {
    ("section", "send_for_review"): (_section("drafting"), _move(move_section, "send_for_review"), F, "in review"),
    ("section", "return"): (_section("in_review"), _move(move_section, "return", **WHY), C, "returned"),
    ("section", "clear"): (_section("in_review"), _move(move_section, "clear"), C, "cleared"),
    ("section", "reopen"): (_section("cleared"), _move(move_section, "reopen", **WHY), C, "returned"),
    ("contribution", "send"): (
        _contribution("asked"),
        _move(contribution.move_contribution, "send"),
        ("rosa", "rolf"),
        "sent",
    ),
    ("contribution", "take_over"): (
        _contribution("sent"),
        _move(contribution.move_contribution, "take_over"),
        F,
        "taken over",
    ),
    ("contribution", "return"): (
        _contribution("sent"),
        _move(contribution.move_contribution, "return", **WHY),
        F,
        "returned",
    ),
    ("contribution", "withdraw"): (
        _contribution("asked"),
        _move(contribution.move_contribution, "withdraw"),
        C,
        "withdrawn",
    ),
    ("round", "close"): (_round, lambda row, by: consultation.close_round(row, by=by), C, "closed"),
    ("report", "open"): (_report("planned"), _move(move_report, "open"), C, "drafting"),
    ("report", "consolidate"): (_report("drafting"), _move(move_report, "consolidate"), C, "consolidation"),
    ("report", "validate"): (_report("consolidation"), _move(move_report, "validate", until=SOON), C, "validation"),
    ("report", "back_to_consolidation"): (
        _report("validation"),
        _move(move_report, "back_to_consolidation", **WHY),
        C,
        "consolidation",
    ),
    ("report", "endorse"): (
        made.validated,
        lambda row, by: submission.endorse(row, authority="Cabinet", endorsed_on=TODAY, by=by),
        C,
        "endorsed",
    ),
    ("report", "transmit"): (
        _transmitted("endorsed"),
        lambda row, by: submission.transmit(row, note_verbale="NV/1", sent_on=TODAY, by=by),
        P,
        "transmitted",
    ),
    ("report", "receive"): (
        _transmitted("transmitted"),
        lambda row, by: submission.receive(row, received_on=TODAY, by=by),
        P,
        "received",
    ),
    ("report", "returned_by_secretariat"): (
        _transmitted("received"),
        lambda row, by: submission.returned_by_secretariat(row, reason="Too long.", by=by),
        P,
        "consolidation",
    ),
    ("report", "consider"): (_report("received"), _move(move_report, "consider"), C, "considered"),
    ("report", "close"): (_report("considered"), _move(move_report, "close"), C, "closed"),
}
NOT_BY_ITSELF = {("section", "start"), ("report", "back_to_drafting")}  # by the first save; by reopening a section
NAMES = [pytest.param(key, id=" ".join(key)) for key in MOVES]


@pytest.fixture
def people(cast, monkeypatch):
    """Second focal points, so that two persons have the same right; the files of a submission are not made here."""
    monkeypatch.setattr(submission, "on_endorsed", [])
    cast.jule = factories.member("Jule", cast.health, Role.FOCAL_POINT)
    cast.rolf = factories.member("Rolf", cast.justice, Role.FOCAL_POINT)
    return cast


def traces() -> tuple[int, ...]:
    """How much there is of everything that a move leaves behind."""
    return tuple(model.objects.count() for model in (HistoryEntry, Notification, Submission, Transmission))


def test_every_move_of_every_table_is_tried_twice():
    tables = {
        "section": SECTION_MOVES,
        "contribution": CONTRIBUTION_MOVES,
        "round": ROUND_MOVES,
        "report": REPORT_MOVES,
    }
    moves = {(name, move) for name, rows in tables.items() for move in rows}

    assert moves - NOT_BY_ITSELF == set(MOVES)


@pytest.mark.django_db
@pytest.mark.parametrize("key", NAMES)
def test_the_second_try_says_who_was_first_and_leaves_no_trace(people, key):
    build, act, (first, second), state = MOVES[key]
    row = build(people)
    act(row, getattr(people, first))
    left = traces()

    with pytest.raises(Refused) as refused, transaction.atomic():
        act(row, getattr(people, second))

    who = getattr(people, first).name
    assert refused.value.reason.startswith(f"Already {state} by {who} on {TODAY.day} {TODAY:%B}, ")
    assert traces() == left


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("key", NAMES)
def test_two_persons_at_the_same_moment_have_one_effect(people, key):
    build, act, names, state = MOVES[key]
    row, start, outcomes = build(people), threading.Barrier(2), []
    entries = HistoryEntry.objects.filter(act=f"{row._meta.model_name}.{key[1]}")
    before = entries.count()

    def attempt(by):
        start.wait()
        try:
            act(row, by)
            outcomes.append("done")
        except Refused as refused:
            outcomes.append(refused.reason.partition(" by ")[0])
        finally:
            connection.close()

    threads = [threading.Thread(target=attempt, args=(getattr(people, name),)) for name in names]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(outcomes) == [f"Already {state}", "done"]
    assert entries.count() == before + 1


# --- acts that are no moves ----------------------------------------------------------------


def _commented(cast: SimpleNamespace) -> Any:
    return add_comment(made.section(made.report(cast), "f1"), text="Which law?", by=cast.amina)


@pytest.mark.django_db
def test_a_comment_is_resolved_reopened_and_withdrawn_once(people):
    comment = _commented(people)
    resolve_comment(comment, by=people.jonas)
    reasons = []
    for act, by in ((resolve_comment, people.amina), (reopen_comment, None), (reopen_comment, people.jonas)):
        if by is None:
            reopen_comment(comment, by=people.amina)
            continue
        with pytest.raises(Refused) as refused, transaction.atomic():
            act(comment, by=by)
        reasons.append(refused.value.reason)
    withdraw_comment(comment, by=people.amina)
    with pytest.raises(Refused) as refused, transaction.atomic():
        withdraw_comment(comment, by=people.amina)

    assert reasons[0].startswith("Already resolved by Jonas on ")
    assert reasons[1] == "This comment is open already."
    assert refused.value.reason.startswith("You withdrew this comment on ")
    assert Comment.objects.count() == 1


@pytest.mark.django_db
def test_a_body_that_answers_twice_has_one_answer_and_an_objection_is_settled_once(people):
    report = _report("validation")(people)
    for _time in range(2):
        validation.record_reply(report, body=people.health, reply="objection", text="A date.", by=people.jonas)
    row = ValidationReply.objects.get()
    validation.settle_objection(row, note="Mended.", by=people.amina)

    with pytest.raises(Refused) as refused, transaction.atomic():
        validation.settle_objection(row, note="Mended.", by=people.wen)

    assert "Amina" in refused.value.reason
