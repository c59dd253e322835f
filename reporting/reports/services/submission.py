"""From endorsement on: freezing a submission, taking it back, and what went to and came from the mechanism."""

import datetime
from collections.abc import Callable, Iterable
from functools import partial

from django.core.files.base import File
from django.db import transaction
from django.db.models import Max
from django.utils import formats, timezone
from django.utils.translation import gettext as _

from accounts import files, history, moves, permissions
from accounts.exceptions import Refused
from accounts.models import User
from reporting.reports import freeze
from reporting.reports.choices import BEFORE_ENDORSED
from reporting.reports.models import Report, Submission, Transmission
from reporting.reports.permissions import PUBLISH_REPORT, TRANSMIT_REPORT
from reporting.reports.services.move import RELATED, move_report, tell_bodies
from reporting.reports.services.recipients import tell
from reporting.reports.services.validation import silent_bodies
from reporting.reports.workflow import REPORT_MOVES

# Run with each new submission once its endorsement is on disk; rooms above register in their AppConfig.ready.
on_endorsed: list[Callable[[Submission], object]] = []


@files.with_its_files
@transaction.atomic
def endorse(
    report: Report,
    *,
    authority: str,
    endorsed_on: datetime.date | None,
    by: User,
    reference: str = "",
    decision_file: File | None = None,
    over_limit_reason: str = "",
    objections_reason: str = "",
    corrigendum_note: str = "",
) -> Submission:
    """Record the endorsement and freeze the next submission; a later one needs a note saying why.

    Raises NotReady or Refused, with what is missing, and then nothing is frozen. What is
    registered in ``on_endorsed`` runs after the commit.
    """
    report = moves.lock(report, *RELATED)
    move = REPORT_MOVES["endorse"]
    # Before the whole report is read: the right, and in another state who was first.
    permissions.require(by, move.needs if report.status in move.sources else move, report)
    words = freeze.total_words(freeze.content(report))
    moves.carry_out(
        report,
        move,
        moves=REPORT_MOVES,
        by=by,
        authority=authority.strip(),
        endorsed_on=endorsed_on,
        words=words,
        over_limit_reason=over_limit_reason,
        objections_reason=objections_reason,
    )
    number = (report.submissions.aggregate(last=Max("number"))["last"] or 0) + 1
    if number > 1 and not corrigendum_note.strip():
        raise Refused(_("Say in a note what changed since submission %(number)d.") % {"number": number - 1})
    assert endorsed_on is not None  # a requirement of the move
    if endorsed_on > timezone.localdate():
        raise Refused(_("The date of the endorsement lies ahead."))
    content = freeze.both(report)
    submission = Submission(
        state_party_id=report.state_party_id,
        report=report,
        number=number,
        schema=content["schema"],
        content=content,
        sha256=freeze.digest(content),
        words=words,
        paragraphs=sum(section["paragraphs"] for section in content["sections"]),
        over_limit_reason=over_limit_reason.strip(),
        objections_reason=objections_reason.strip(),
        corrigendum_note=corrigendum_note.strip(),
        authority=authority.strip(),
        endorsed_on=endorsed_on,
        reference=reference.strip(),
        recorded_by=by,
        recorded_at=timezone.now(),
    )
    if decision_file is not None:
        received = files.receive(decision_file, kinds=(*files.DOCUMENTS, files.PNG, files.JPEG))
        submission.decision_file_name = received.name
        received.store_in(submission.decision_file)
    submission.save(force_insert=True)
    history.record(
        "submission.freeze",
        by=by,
        subject=submission,
        number=number,
        sha256=submission.sha256,
        words=words,
        authority=submission.authority,
        endorsed_on=endorsed_on,
        reference=submission.reference,
        silent=[str(body) for body in silent_bodies(report)],
        over_limit_reason=submission.over_limit_reason,
        objections_reason=submission.objections_reason,
    )
    tell_bodies(report, kind="report_endorsed", by=by)
    tell.missions(report, kind="report_endorsed", subject=report, by=by)
    transaction.on_commit(partial(_after_endorsement, submission.pk))
    return submission


def _after_endorsement(pk: int) -> None:
    submission = Submission.objects.select_related("report").get(pk=pk)
    for function in on_endorsed:
        function(submission)


def take_back(report: Report, *, by: User, reason: str) -> Report:
    """Take an endorsed report back to consolidation; its submission stays as it is."""
    return move_report(report, move="back_to_consolidation", by=by, reason=reason)


def _last_transmission(report: Report) -> Transmission:
    rows = Transmission.objects.select_for_update().filter(submission__report=report)
    return rows.order_by("-submission__number", "-pk")[0]


@transaction.atomic
def transmit(
    report: Report,
    *,
    note_verbale: str,
    sent_on: datetime.date | None,
    by: User,
    addressee: str = "",
    file_formats: Iterable[str] = (),
) -> Transmission:
    """Record the note verbale that carried the last submission's files (slugs such as "docx")."""
    report = moves.lock(report, *RELATED)
    moves.carry_out(
        report,
        REPORT_MOVES["transmit"],
        moves=REPORT_MOVES,
        by=by,
        note_verbale=note_verbale.strip(),
        sent_on=sent_on,
    )
    submission = report.submissions.order_by("-number")[0]
    assert sent_on is not None  # a requirement of the move
    if sent_on > timezone.localdate():
        raise Refused(_("The date of the note verbale lies ahead."))
    transmission = Transmission.objects.create(
        state_party_id=report.state_party_id,
        submission=submission,
        note_verbale=note_verbale.strip(),
        sent_on=sent_on,
        addressee=addressee.strip() or report.cycle.mechanism.said("addressee"),
        files=" ".join(file_formats),
        recorded_by=by,
        recorded_at=timezone.now(),
    )
    history.record(
        "transmission.record",
        by=by,
        subject=transmission,
        submission=submission.number,
        note_verbale=transmission.note_verbale,
        sent_on=sent_on,
        files=transmission.files,
    )
    tell.coordinators(report, kind="report_transmitted", subject=report, by=by)
    return transmission


@transaction.atomic
def receive(
    report: Report,
    *,
    received_on: datetime.date | None,
    by: User,
    acknowledgement: str = "",
    symbol: str = "",
) -> Transmission:
    """Record that the mechanism acknowledged receipt, with the document symbol where it gave one."""
    report = moves.lock(report, *RELATED)
    moves.carry_out(report, REPORT_MOVES["receive"], moves=REPORT_MOVES, by=by, received_on=received_on)
    transmission = _last_transmission(report)
    if received_on is not None and received_on < transmission.sent_on:
        raise Refused(_("The receipt comes before the note verbale was sent."))
    transmission.received_on = received_on
    transmission.acknowledgement, transmission.symbol = acknowledgement.strip(), symbol.strip()
    transmission.save(update_fields=["received_on", "acknowledgement", "symbol"])
    history.record(
        "transmission.receive", by=by, subject=transmission, received_on=received_on, symbol=transmission.symbol
    )
    tell.coordinators(report, kind="report_received", subject=report, by=by)
    return transmission


@transaction.atomic
def record_symbol(report: Report, *, symbol: str, by: User) -> Transmission:
    """Record the document symbol, which the secretariat often gives after the receipt."""
    report = moves.lock(report, *RELATED)
    permissions.require(by, TRANSMIT_REPORT, report)
    if report.status in BEFORE_ENDORSED:
        raise Refused(_("The report has not been endorsed."))
    if not symbol.strip():
        raise Refused(_("Give the document symbol."))
    if not Transmission.objects.filter(submission__report=report).exists():
        raise Refused(_("The report has not been transmitted."))
    transmission = _last_transmission(report)
    transmission.symbol = symbol.strip()
    transmission.save(update_fields=["symbol"])
    history.record("transmission.symbol", by=by, subject=transmission, symbol=transmission.symbol)
    return transmission


@transaction.atomic
def returned_by_secretariat(
    report: Report, *, reason: str, by: User, returned_on: datetime.date | None = None
) -> Transmission:
    """Record that the secretariat sent the report back; this takes it to consolidation."""
    report = moves.lock(report, *RELATED)
    moves.carry_out(report, REPORT_MOVES["returned_by_secretariat"], moves=REPORT_MOVES, by=by, reason=reason)
    transmission = _last_transmission(report)
    transmission.returned_on = returned_on or timezone.localdate()
    transmission.returned_reason = reason.strip()
    transmission.save(update_fields=["returned_on", "returned_reason"])
    history.record(
        "transmission.returned", by=by, subject=transmission, reason=reason.strip(), on=transmission.returned_on
    )
    tell.coordinators(report, kind="report_returned", subject=report, by=by, urgent=True)
    tell_bodies(report, kind="report_returned", by=by)
    return transmission


@transaction.atomic
def publish(report: Report, *, by: User) -> Report:
    """Open the submissions made so far to the bodies consulted and the public."""
    report = moves.lock(report, *RELATED)
    permissions.require(by, PUBLISH_REPORT, report)
    submission = report.submissions.order_by("-number")[0]
    if report.published_at is not None and report.published_at >= submission.recorded_at:
        when = formats.date_format(timezone.localtime(report.published_at), "SHORT_DATETIME_FORMAT")
        raise Refused(_("Already published on %(when)s.") % {"when": when})
    report.published_at = timezone.now()
    report.save(update_fields=["published_at"])
    history.record("report.publish", by=by, subject=report, submission=submission.number)
    return report
