"""The moves of a report that freeze nothing and record no note verbale."""

from typing import Any

from django.db import transaction

from accounts import moves
from accounts.models import User
from reporting.reports.models import Report
from reporting.reports.services.recipients import tell
from reporting.reports.workflow import REPORT_MOVES

# Endorsing and what follows it have services of their own; drafting is taken up again by reopening a section.
PLAIN = {"open", "consolidate", "validate", "back_to_consolidation", "consider", "close"}
RELATED = ("cycle__instrument", "cycle__mechanism", "cycle__coordinating_body", "state_party", "status_by")


@transaction.atomic
def move_report(report: Report, *, move: str, by: User, reason: str = "", **facts: Any) -> Report:
    """Carry out ``move``, one of PLAIN, record it, and tell whom it concerns.

    "validate" needs ``until``, the last day (a date) for objections, and begins a new round.
    """
    if move not in PLAIN:
        raise ValueError(f"{move} is not a plain move of a report.")
    report = moves.lock(report, *RELATED)
    moves.carry_out(report, REPORT_MOVES[move], moves=REPORT_MOVES, by=by, reason=reason, **facts)
    if move == "validate":
        report.validation_until = facts["until"]
        report.validation_round += 1
        report.save(update_fields=["validation_until", "validation_round"])
        tell_bodies(report, kind="report_in_validation", by=by, urgent=True, due=report.validation_until)
    elif move in {"open", "back_to_consolidation"}:
        kind = "report_opened" if move == "open" else "report_back_to_consolidation"
        tell_bodies(report, kind=kind, by=by)
    return report


def tell_bodies(report: Report, *, kind: str, by: User, **said: Any) -> None:
    """Tell the focal points of every body in the report."""
    for body_id in sorted(report.body_ids):
        tell.focal_points(body_id, kind=kind, subject=report, by=by, **said)
