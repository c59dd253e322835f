"""Contributions: asking a body for named questions of a section, sending, taking over, returning, withdrawing."""

import datetime
from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts import history, moves, permissions
from accounts.choices import ROLE_KINDS, BodyKind, Role
from accounts.exceptions import Refused
from accounts.models import Body, User
from reporting.reports.choices import ContributionStatus
from reporting.reports.models import Answer, Contribution, ReportSection
from reporting.reports.permissions import ASK_CONTRIBUTION
from reporting.reports.services.recipients import tell
from reporting.reports.workflow import CONTRIBUTION_MOVES


@transaction.atomic
def ask_contribution(
    section: ReportSection,
    *,
    body: Body,
    answers: Iterable[Answer],
    by: User,
    note: str = "",
    due_on: datetime.date | None = None,
) -> Contribution:
    """Ask ``body`` for some questions of a section; one that is asked already is asked for these besides.

    A body whose contribution was taken over is asked anew, for these questions alone. Raises
    Refused, with a reason fit to show, for a body that cannot contribute or a question that is
    not asked.
    """
    section = moves.lock(section, "report__cycle", "section", "lead")
    permissions.require(by, ASK_CONTRIBUTION, section)
    _check_body(section, body)
    chosen = _asked_answers(section, answers)
    if due_on is not None and due_on < timezone.localdate():
        raise Refused(_("The date until which the body may write has passed."))
    known = Contribution.objects.select_for_update(of=("self",)).filter(section=section, body=body).live().first()
    if known is None:
        contribution = Contribution.objects.create(
            state_party_id=section.state_party_id,
            section=section,
            body=body,
            note=note.strip(),
            due_on=due_on,
            asked_by=by,
            asked_at=timezone.now(),
            status=ContributionStatus.ASKED,
            status_by=by,
            status_at=timezone.now(),
        )
        contribution.answers.set(chosen)
    else:
        contribution = _ask_besides(known, chosen, note=note, due_on=due_on, by=by)
    permissions.regrant(contribution)
    codes = [answer.question.code for answer in chosen]
    history.record(
        "contribution.ask", by=by, subject=contribution, body=str(body), questions=codes, due_on=contribution.due_on
    )
    tell.writers(body.pk, kind="contribution_asked", subject=contribution, by=by, due=contribution.due_on or "")
    return contribution


def _check_body(section: ReportSection, body: Body) -> None:
    if body.state_party_id != section.state_party_id or not body.is_active:
        raise Refused(_("Choose a body of the State that is active."))
    if BodyKind(body.kind) not in ROLE_KINDS[Role.DRAFTER]:
        raise Refused(_("%(body)s is consulted or transmits; it does not write answers.") % {"body": body})
    if body.pk == section.lead_id:
        raise Refused(_("%(body)s leads this section, so it writes here already.") % {"body": body})


def _asked_answers(section: ReportSection, answers: Iterable[Answer]) -> list[Answer]:
    ids = {answer.pk for answer in answers}
    rows = list(section.answers.filter(pk__in=ids, asked=True).select_related("question"))
    if not ids:
        raise Refused(_("Choose at least one question."))
    if len(rows) != len(ids):
        raise Refused(_("Choose questions of this section that are asked in this report."))
    return rows


def _ask_besides(
    contribution: Contribution, answers: list[Answer], *, note: str, due_on: datetime.date | None, by: User
) -> Contribution:
    if contribution.status == ContributionStatus.SENT:
        raise Refused(
            _("%(body)s has sent its contribution. Take it over or return it before you ask for more.")
            % {"body": contribution.body}
        )
    contribution.note = note.strip() or contribution.note
    contribution.due_on = due_on or contribution.due_on
    if contribution.status == ContributionStatus.TAKEN_OVER:
        contribution.status, contribution.status_note = ContributionStatus.ASKED, ""
        contribution.status_by, contribution.status_at = by, timezone.now()
        contribution.answers.set(answers)  # what was taken over stays closed to the contributor
    else:
        contribution.answers.add(*answers)
    contribution.save(update_fields=["note", "due_on", "status", "status_by", "status_at", "status_note"])
    return contribution


@transaction.atomic
def move_contribution(contribution: Contribution, *, move: str, by: User, reason: str = "") -> Contribution:
    """Carry out ``move`` (a name of CONTRIBUTION_MOVES), record it, and tell whom it concerns.

    Taking over ends the contributor's right to write and changes no text.
    """
    section = moves.lock(contribution.section, "report__cycle", "section", "lead")
    contribution = moves.lock(contribution, "body", "status_by")
    contribution.section = section
    moves.carry_out(contribution, CONTRIBUTION_MOVES[move], moves=CONTRIBUTION_MOVES, by=by, reason=reason)
    permissions.regrant(contribution)
    if move == "send":
        tell.focal_points(section.lead_id, kind="contribution_sent", subject=contribution, by=by)
    else:
        kind = {"take_over": "taken_over", "return": "returned", "withdraw": "withdrawn"}[move]
        urgent = move == "return"
        tell.writers(contribution.body_id, kind=f"contribution_{kind}", subject=contribution, by=by, urgent=urgent)
    return contribution
