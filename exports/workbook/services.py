"""Workbooks go out, come back, and are applied: in one transaction, through the services that the page uses."""

import datetime
import hashlib
import uuid
from collections.abc import Iterable, Mapping
from itertools import groupby
from typing import Any

from django.core.files.base import File
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts import history, permissions
from accounts.exceptions import Denial, Refused
from accounts.models import User
from exports.models import FilledWorkbook, Workbook
from exports.workbook import held, reading, writing
from exports.workbook.exceptions import Moved, Unfit
from exports.workbook.guard import MOST_BYTES
from exports.workbook.instructions import instructions
from exports.workbook.layout import lay_out
from exports.workbook.matching import match
from exports.workbook.merging import CLASH, MERGED, NEW, Choices, Planned, fingerprint, plan
from exports.workbook.shapes import Layout
from reporting.reports.choices import Why
from reporting.reports.models import Answer, Report, ReportSection
from reporting.reports.permissions import EDIT_ANSWER, EXPORT_REPORT
from reporting.reports.services.answer import AnswerEdit, Reader, save_page
from reporting.reports.services.locked import Locked
from reporting.reports.services.versions import state_of, states_at

KEPT = datetime.timedelta(days=60)  # an upload that was not applied


# --- out ----------------------------------------------------------------------------------------------------------


@transaction.atomic
def make(report: Report, *, section: ReportSection | None, language: str, address: str, by: User) -> tuple[Any, bytes]:
    """A workbook of what the person may write now, in a section or in the whole report; the row and the file.

    Raises Refused where that is nothing.
    """
    permissions.require(by, EXPORT_REPORT, report)
    answers = held.answers_of(report, by, section=section)
    if section is not None and not answers:
        raise Refused(_("This section is read by its lead body and the coordinators."), Denial.NO_RIGHT)
    mine = held.writable(answers, by)
    if not mine:
        reasons = [permissions.why_not(by, EDIT_ANSWER, answer) for answer in answers]
        raise Refused(next(filter(None, reasons), _("There is nothing in this report that you may write in.")))
    at = timezone.now()
    row = Workbook.objects.create(
        state_party_id=report.state_party_id,
        report=report,
        section=section,
        owner=by,
        made_at=at,
        language=language,
        edition_sha256=report.questionnaire.content_sha256,
        versions={str(answer.pk): answer.version for answer in mine},
    )
    layout = _layout(row, report, mine, instructions(row, report, address=address))
    history.record("workbook.download", by=by, subject=section or report, **_context(report, section))
    return row, writing.write(layout, at=at)


def _context(report: Report, section: ReportSection | None) -> dict[str, Any]:
    return {"context": report.slug} if section is not None else {}


def _layout(row: Workbook, report: Report, answers: list[Answer], told: Iterable[tuple[str, str]] = ()) -> Layout:
    versions = {int(pk): number for pk, number in row.versions.items()}
    answers = [answer for answer in answers if answer.pk in versions]
    states = states_at({answer.pk: versions[answer.pk] for answer in answers})
    return lay_out(report, answers, states, versions, workbook=row.uuid, language=row.language, instructions=told)


# --- back ---------------------------------------------------------------------------------------------------------


@transaction.atomic
def receive(report: Report, file: File, *, by: User) -> FilledWorkbook:
    """Read a workbook that came back and keep what it changes; nothing of the report changes.

    Raises Refused, with a sentence, for a file that cannot be taken.
    """
    permissions.require(by, EXPORT_REPORT, report)
    file.seek(0)
    data = file.read(MOST_BYTES + 1)
    book = reading.read(data)
    row = _issued(report, next(iter(book.keys)), by)
    if row.edition_sha256 != report.questionnaire.content_sha256:
        raise Unfit("other_edition")
    known = {int(pk) for pk in row.versions}
    answers = list(
        Answer.objects.of(by)
        .filter(report=report, pk__in=known)
        .select_related("question", "section__section__part")
        .order_by("section__position", "question__position")
    )
    sections: dict[int, ReportSection] = {}
    for answer in answers:
        answer.section = sections.setdefault(answer.section_id, answer.section)
        answer.section.report = report
    found = match(_layout(row, report, answers), book, language=row.language)
    filled = FilledWorkbook.objects.create(
        state_party_id=report.state_party_id,
        workbook=row,
        owner=by,
        name=str(file.name or "")[-255:],
        sha256=hashlib.sha256(data).hexdigest(),
        received_at=timezone.now(),
        changes=found.changes,
        problems=found.problems,
        remarks=found.remarks,
        unchanged=found.unchanged,
    )
    pieces = getattr(file, "pieces", None)
    if pieces is not None:
        pieces.used()
    return filled


def _issued(report: Report, key: str, by: User) -> Workbook:
    try:
        row = Workbook.objects.of(by).filter(uuid=uuid.UUID(key)).first()
    except ValueError:
        row = None
    if row is None:
        raise Unfit("unknown")
    if row.report_id != report.pk:
        raise Unfit("other_report")
    found: Workbook = row
    return found


# --- preview and apply --------------------------------------------------------------------------------------------


class Preview:
    """What applying a filled workbook would do now: a plan for each answer, and what the person may not write."""

    def __init__(self, filled: FilledWorkbook, report: Report, by: User, chosen: Mapping[str, str]) -> None:
        self.filled = filled
        changes = {int(pk): fields for pk, fields in filled.changes.items()}
        readable = {answer.pk: answer for answer in held.answers_of(report, by) if answer.pk in changes}
        closed = {pk: permissions.why_not(by, EDIT_ANSWER, answer) for pk, answer in readable.items()}
        self.closed: dict[int, str] = {
            pk: closed.get(pk, _("You may no longer write here.")) or "" for pk in changes if closed.get(pk, "-")
        }
        now = held.paragraphs_of(readable.values())
        bases = states_at({pk: filled.workbook.versions[str(pk)] for pk in readable}, now)
        self.planned = [
            plan(
                answer,
                bases[pk],
                state_of(answer, now[pk]),
                changes[pk],
                Choices(chosen, strict=False),
                apart=filled.uuid,
            )
            for pk, answer in readable.items()
            if pk not in self.closed
        ]
        self.seen = fingerprint(
            (pk, readable[pk].version if pk in readable else 0, pk in self.closed) for pk in changes
        )


@transaction.atomic
def apply(filled: FilledWorkbook, report: Report, *, seen: str, chosen: Mapping[str, str], by: User) -> FilledWorkbook:
    """Save what the preview showed: all of it, or nothing. A second time nothing more happens.

    Raises Moved where it would do something else by now, Undecided where a clash has no choice, Refused where the
    person may not write, although the preview said so.
    """
    row: FilledWorkbook = FilledWorkbook.objects.of(by).select_for_update(of=("self",)).get(pk=filled.pk, owner=by)
    if row.applied_at is not None:
        return row
    preview = Preview(row, report, by, chosen)
    if preview.seen != seen:
        raise Moved
    done: list[Planned] = []
    answers = [each.answer for each in preview.planned]
    with history.together():
        for section, group in groupby(answers, key=lambda answer: answer.section):
            versions = {answer.pk: answer.version for answer in group}
            read = _reader(row, versions, chosen, done)
            if save_page(report.slug, section.slug, read, by=by, why=Why.WORKBOOK).clashes:
                raise Moved  # nothing can clash with what is locked
        row.applied_at = timezone.now()
        row.applied = sum(1 for each in done for entry in each.entries if entry.status in {NEW, MERGED, CLASH})
        row.save(update_fields=["applied_at", "applied"])
        history.record("workbook.apply", by=by, subject=report, cells=row.applied, sha256=row.sha256)
    return row


def _reader(row: FilledWorkbook, versions: Mapping[int, int], chosen: Mapping[str, str], done: list[Planned]) -> Reader:
    """What the workbook makes of the answers of one section, under their lock."""

    def read(locked: Locked) -> list[AnswerEdit]:
        if any(pk not in locked.answers or locked.answers[pk].version != number for pk, number in versions.items()):
            raise Moved
        now = locked.paragraphs_of(versions)
        bases = states_at({pk: row.workbook.versions[str(pk)] for pk in versions}, now)
        planned = [
            plan(
                locked.answers[pk],
                bases[pk],
                state_of(locked.answers[pk], now[pk]),
                row.changes[str(pk)],
                Choices(chosen, strict=True),
                apart=row.uuid,
            )
            for pk in versions
        ]
        done.extend(planned)
        return [edit for each in planned if (edit := each.edit) is not None]

    return read


def sweep() -> int:
    """Forget what was handed in and not applied for long; how many."""
    old = FilledWorkbook.objects.filter(received_at__lt=timezone.now() - KEPT, applied_at=None)
    return int(old.delete()[0])
