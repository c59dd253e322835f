"""Carrying a move out: the part that every room's transition shares."""

from typing import Any, TypeVar

from django.db import models, transaction
from django.utils import timezone

from accounts import history, permissions
from accounts.acts import Attempt, Move, Moves
from accounts.models import User

Row = TypeVar("Row", bound=models.Model)


def lock(row: Row, *related: str) -> Row:
    """The row as it stands now, locked until the transaction ends (SQLite: the transaction is the lock)."""
    rows: models.QuerySet[Any] = type(row)._default_manager.select_for_update(of=("self",))
    # Who moved it is not joined: PostgreSQL, after waiting for the lock, reads the row anew and not what was joined,
    # so that the second of two would find nobody who was first.
    return rows.select_related(*(each for each in related if each != "status_by")).get(pk=row.pk)


STATUS_FIELDS = ["status", "status_by", "status_at", "status_note"]


def carry_out(
    subject: Any, move: Move, *, moves: Moves, by: User, reason: str = "", save: bool = True, **facts: Any
) -> None:
    """Make ``move`` on a row that the caller has locked: right, state and requirements, change, record.

    Without ``save`` the caller writes STATUS_FIELDS, with what else it changes of the row.
    Raises Refused when the state, the grants or a requirement stand against it. The caller
    notifies, after the commit.
    """
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("A move is made inside a transaction.")
    attempt = Attempt(by=permissions.person(by), reason=reason, facts=facts)
    permissions.require(by, move, subject, moves=moves, attempt=attempt)
    before = subject.status
    subject.status = move.target
    subject.status_by = by
    subject.status_at = timezone.now()
    subject.status_note = reason.strip()
    if save:
        subject.save(update_fields=STATUS_FIELDS)
    history.record(
        f"{subject._meta.model_name}.{move.name}",
        by=by,
        subject=subject,
        reason=reason.strip(),
        **{"from": before, "to": move.target},
    )
