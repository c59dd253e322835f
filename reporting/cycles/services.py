"""Review cycles: opening one, filing what the mechanism sends, and who reads what while drafts are written."""

import datetime
from collections.abc import Sequence

from django.core.files.base import File
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts import files, history, moves, permissions
from accounts.exceptions import Refused
from accounts.models import Body, StateParty, User
from reporting.cycles.choices import DocumentKind, Prevailing, Procedure
from reporting.cycles.models import ReceivedDocument, ReviewCycle
from reporting.cycles.permissions import FILE_DOCUMENT, OPEN_CYCLE, SWITCH_OPEN_DRAFTING
from reporting.instruments.models import Instrument, Mechanism, Ratification

COMMON_CORE = "CCD"  # binds every State that reports at all


@transaction.atomic
def open_cycle(
    reviewed: Instrument | Mechanism,
    *,
    number_from: int,
    coordinating_body: Body,
    by: User,
    instrument: Instrument | None = None,
    number_to: int | None = None,
    procedure: str = Procedure.STANDARD,
    roles: Sequence[str] = (),
    working_language: str = "",
    submission_language: str = "en",
    prevailing: str = Prevailing.SUBMISSION,
) -> ReviewCycle:
    """Open a review under an instrument, or before a mechanism that looks at no single one.

    ``number_to`` is the last number of a combined report. Raises Refused, with a reason fit to
    show, for an instrument that does not bind the State, a body that does not coordinate, numbers
    out of order, or a report that another cycle has already.
    """
    mechanism = reviewed if isinstance(reviewed, Mechanism) else reviewed.mechanism
    instrument = instrument if isinstance(reviewed, Mechanism) else reviewed
    permissions.require(by, OPEN_CYCLE, coordinating_body)
    state = StateParty.objects.select_for_update().get(pk=coordinating_body.state_party_id)
    last = number_from if number_to is None else number_to
    if mechanism is None:
        raise Refused(_("Nothing is reported under %(instrument)s.") % {"instrument": instrument})
    _check_binding(mechanism, instrument, state)
    _check_body(coordinating_body)
    _check_numbers(mechanism, instrument, state, number_from, last)
    code = (instrument.code if instrument else mechanism.code).lower()
    cycle = ReviewCycle.objects.create(
        state_party=state,
        mechanism=mechanism,
        instrument=instrument,
        number_from=number_from,
        number_to=last,
        slug=f"{code}-{number_from}" if last == number_from else f"{code}-{number_from}-{last}",
        procedure=procedure,
        coordinating_body=coordinating_body,
        roles=list(roles),
        working_language=working_language or state.language,
        submission_language=submission_language,
        prevailing=prevailing,
        opened_by=by,
        opened_at=timezone.now(),
    )
    permissions.regrant(cycle)
    history.record(
        "reviewcycle.open", by=by, subject=cycle, procedure=procedure, coordinating_body=str(coordinating_body)
    )
    return cycle


def _check_binding(mechanism: Mechanism, instrument: Instrument | None, state: StateParty) -> None:
    if not mechanism.needs_ratification or (instrument is not None and instrument.code == COMMON_CORE):
        return
    if instrument is None:
        raise Refused(_("Choose the instrument under which the State reports."))
    bound = Ratification.objects.filter(state_party=state, instrument=instrument).in_force(timezone.localdate())
    if not bound.exists():
        raise Refused(
            _("%(instrument)s is not in force for the State. Record the ratification first.")
            % {"instrument": instrument.said("short_name")}
        )


def _check_body(body: Body) -> None:
    if not body.is_active or not body.coordinates:
        raise Refused(
            _("%(body)s does not coordinate reports. The State’s administrator can mark it as coordinating.")
            % {"body": body}
        )


def _check_numbers(
    mechanism: Mechanism, instrument: Instrument | None, state: StateParty, first: int, last: int
) -> None:
    if first < 1:
        raise Refused(_("Reports are numbered from 1."))
    if last < first:
        raise Refused(
            _("The last number (%(last)d) comes before the first (%(first)d).") % {"first": first, "last": last}
        )
    rows = ReviewCycle.objects.filter(state_party=state, mechanism=mechanism, instrument=instrument)
    same = rows.filter(number_from__lte=last, number_to__gte=first).first()
    if same is not None:
        raise Refused(_("There is a review cycle with that number already: %(cycle)s.") % {"cycle": same})


@files.with_its_files
@transaction.atomic
def file_received(
    cycle: ReviewCycle,
    *,
    kind: str,
    title: str,
    received_on: datetime.date,
    by: User,
    symbol: str = "",
    reply_due_on: datetime.date | None = None,
    file: File | None = None,
) -> ReceivedDocument:
    """File what the mechanism sent, with its file (PDF or Word) where there is one."""
    cycle = moves.lock(cycle)
    permissions.require(by, FILE_DOCUMENT, cycle)
    if kind not in DocumentKind.values:
        raise Refused(_("Choose what the document is."))
    if not title.strip():
        raise Refused(_("Give the title of the document."))
    if received_on > timezone.localdate():
        raise Refused(_("The day of receipt lies ahead."))
    if reply_due_on is not None and reply_due_on < received_on:
        raise Refused(_("The reply is due before the document was received."))
    document = ReceivedDocument(
        state_party_id=cycle.state_party_id,
        cycle=cycle,
        kind=kind,
        symbol=symbol.strip(),
        title=title.strip(),
        received_on=received_on,
        reply_due_on=reply_due_on,
        filed_by=by,
        filed_at=timezone.now(),
    )
    if file is not None:
        received = files.receive(file, kinds=files.DOCUMENTS)
        document.file_name, document.sha256 = received.name, received.sha256
        received.store_in(document.file)
    document.save()
    history.record(
        "receiveddocument.file",
        by=by,
        subject=document,
        context=cycle.slug,
        kind=kind,
        symbol=document.symbol,
        sha256=document.sha256,
    )
    return document


@transaction.atomic
def switch_open_drafting(state: StateParty, *, on: bool, by: User) -> StateParty:
    """Let every body in a report read its other sections while they are drafted, or no longer."""
    state = StateParty.objects.select_for_update().get(pk=state.pk)
    permissions.require(by, SWITCH_OPEN_DRAFTING, state)
    if state.open_drafting == on:
        return state
    state.open_drafting = on
    state.save(update_fields=["open_drafting"])
    history.record("state.open_drafting", by=by, subject=state, on=on)
    return state


def regrant_cycles(body: Body) -> None:
    """Derive the grants of the State's cycles again: a body began or ceased to coordinate, or to transmit."""
    for cycle in ReviewCycle.objects.filter(state_party_id=body.state_party_id).select_related("coordinating_body"):
        permissions.regrant(cycle)
