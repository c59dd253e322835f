"""Saving answers: merged with what others saved meanwhile, versioned, counted, in one transaction.

A save names, for each answer, the version that it started from. If the answer has moved on,
paragraphs and values that only one side changed are merged; what both changed is refused and
comes back with both texts, while the rest of the save stands.
"""

import dataclasses
import uuid
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts import files, history, moves, permissions
from accounts.exceptions import Denial, Refused
from accounts.models import User
from reporting.questionnaires.kinds import KINDS
from reporting.reports.choices import SectionStatus, Why
from reporting.reports.models import Answer, AnswerVersion, Paragraph, ReportSection
from reporting.reports.permissions import EDIT_ANSWER, EDIT_EDITORIALLY
from reporting.reports.services import citation, fields
from reporting.reports.services.attachment import follow, with_files
from reporting.reports.services.counting import recount
from reporting.reports.services.edits import AnswerClash, AnswerEdit, Saved
from reporting.reports.services.locked import Locked, lock
from reporting.reports.services.recipients import tell
from reporting.reports.services.typed import cleaned
from reporting.reports.services.versions import DISPOSITION_FIELDS, State, state_of, states_at
from reporting.reports.services.writing import Writer
from reporting.reports.workflow import SECTION_MOVES
from reporting.text.merge import merge_paragraphs

__all__ = ["AnswerClash", "AnswerEdit", "Reader", "Saved", "save_answer", "save_answers", "save_page"]


# What a page makes of the answers as they stand: called under their lock, with all of the section.
Reader = Callable[[Locked], Iterable[AnswerEdit]]


@files.with_its_files
@transaction.atomic
def save_answers(
    section: ReportSection,
    edits: Iterable[AnswerEdit],
    *,
    by: User,
    why: Why = Why.DRAFT,
    sources: dict[str, dict[str, Any]] | None = None,
    attempt: uuid.UUID | None = None,
) -> Saved:
    """Save what changed in the answers of one section, with the files that come with them: all of it, or nothing.

    ``attempt`` is the identifier that a page gave to this save: tried again after a lost reply, it counts once.
    ``sources`` says of copied paragraphs, by key, where they come from (fields of ``Paragraph``).
    Raises Refused when an edit names no version, when the answer is not in the section, when a file is
    there already, or when the state or the grants stand against it; then nothing of the save stands.
    """
    edits = list(edits)
    rows = Answer.objects.filter(section_id=section.pk)
    with permissions.remembered(by) as who, history.together():
        return _save(lock(rows, who, timezone.now()), edits, why, sources or {}, attempt)


@files.with_its_files
@transaction.atomic
def save_page(
    report: str, section: str, read: Reader, *, by: User, why: Why = Why.DRAFT, attempt: uuid.UUID | None = None
) -> Saved:
    """Save what ``read`` makes of the answers of a section, by the slugs in its address.

    They are read once, locked, for the form and for the save. Whatever ``read`` raises ends the save.
    """
    rows = Answer.objects.of(by).filter(report__slug=report, section__slug=section)
    with permissions.remembered(by) as who, history.together():
        locked = lock(rows, who, timezone.now())
        return _save(locked, list(read(locked)), why, {}, attempt)


def _save(
    locked: Locked,
    edits: list[AnswerEdit],
    why: Why,
    sources: dict[str, dict[str, Any]],
    attempt: uuid.UUID | None = None,
) -> Saved:
    section, answers, by = locked.section, locked.answers, locked.by
    result = Saved(section=section, at=locked.at)
    editorial = why == Why.EDITORIAL
    if editorial:
        permissions.require(by, EDIT_EDITORIALLY, section)
    for edit in edits:
        _check(edit, answers, by, editorial)
    paragraphs = locked.paragraphs_of([edit.answer_id for edit in edits])
    bases = _bases(edits, answers, paragraphs)
    edits = with_files(locked, edits)
    writer = Writer(locked, why, sources, attempt)
    if attempt is not None and bases:  # whoever tried before made a version
        tried = AnswerVersion.objects.filter(answer__in=answers, by=by, attempt=attempt)
        result.before = {row.answer_id: row for row in tried}
    cited: list[Any] = []
    for edit in edits:
        answer = answers[edit.answer_id]
        theirs = state_of(answer, paragraphs[answer.pk])
        base = bases.get(answer.pk, theirs)
        if edit.changes is not None:
            result.wanted[answer.pk] = mine = edit.changes.applied(base.pieces)
            base = dataclasses.replace(base, pieces=edit.changes.base(base.pieces))
            edit = dataclasses.replace(edit, paragraphs=mine)
        if edit.fields is not None:
            edit, result.fields[answer.pk] = fields.read(answer, base.content, theirs.content, edit)
        if answer.pk in result.before:
            if edit.fields is not None:
                fields.again(result.fields[answer.pk], edit.fields)
            result.stands[answer.pk] = answer.version, theirs.pieces
            continue
        merged, clash = _merge(answer, base, theirs, edit)
        if clash:
            result.clashes.append(clash)
        if edit.fields is not None:
            fields.note(answer, result.fields[answer.pk], merged.content, clash.values)
        follow(locked, answer, theirs.content, merged.content)
        cited += citation.changed(answer, theirs.content, merged.content)
        changed = writer.write(answer, paragraphs[answer.pk], theirs, merged)
        result.stands[answer.pk] = answer.version, merged.pieces
        if changed and answer.pk in bases:
            result.merged_with[answer.pk] = answer.before_me  # type: ignore[attr-defined]
    if cited:
        citation.follow(locked, cited)
    result.versions = writer.flush()
    if result.versions:
        starts = section.status == SectionStatus.NOT_STARTED
        if starts:
            moves.carry_out(section, SECTION_MOVES["start"], moves=SECTION_MOVES, by=by, save=False)
        recount(section, answers.values(), moves.STATUS_FIELDS if starts else ())
        if editorial:
            tell.focal_points(section.lead_id, kind="section_edited", subject=section, by=by)
    return result


def _check(edit: AnswerEdit, answers: dict[int, Answer], by: User, editorial: bool) -> None:
    """Raises Refused where the edit is of no answer here, of no version, or not for this person now."""
    answer = answers.get(edit.answer_id)
    if answer is None:
        raise Refused(_("This question does not belong to the section."), Denial.HIDDEN)
    if edit.changes is not None and not (answer.asked and KINDS[answer.question.kind].has_text):
        raise Refused(_("This question has no text."), Denial.HIDDEN)
    if edit.base_version is None:
        raise Refused(_("The page did not say which version it started from. Open it again and save once more."))
    if edit.base_version > answer.version:
        raise Refused(_("The page started from a version that does not exist. Open it again and save once more."))
    if not editorial:
        permissions.require(by, EDIT_ANSWER, answer)
    elif edit.content is not None or edit.fields is not None or edit.disposition is not None:
        raise Refused(_("Coordinators edit paragraphs and their order; the lead body changes the rest."))


def save_answer(answer: Answer, *, by: User, why: Why = Why.DRAFT, **edit: Any) -> Saved:
    """Save one answer; ``edit`` are the fields of AnswerEdit."""
    return save_answers(answer.section, [AnswerEdit(answer.pk, **edit)], by=by, why=why)


# --- merging -----------------------------------------------------------------------------


def _bases(
    edits: Sequence[AnswerEdit], answers: dict[int, Answer], now: Mapping[int, Iterable[Paragraph]]
) -> dict[int, State]:
    """What the stale edits started from, read from the versions; answers that have not moved on are left out."""
    stale = {
        edit.answer_id: edit.base_version
        for edit in edits
        if edit.base_version is not None
        and edit.answer_id in answers
        and edit.base_version != answers[edit.answer_id].version
    }
    return states_at(stale, now)


def _merge(answer: Answer, base: State, theirs: State, edit: AnswerEdit) -> tuple[State, AnswerClash]:
    """What the answer becomes, and what both sides changed."""
    clash = AnswerClash(answer)
    merged = State(list(theirs.pieces), theirs.content, theirs.disposition)
    if edit.paragraphs is not None and list(edit.paragraphs) != theirs.pieces:
        outcome = merge_paragraphs(base.pieces, theirs.pieces, cleaned(edit.paragraphs))
        merged.pieces, clash.texts = list(outcome.pieces), list(outcome.clashes)
    if edit.content is not None:
        kind = KINDS[answer.question.kind]
        merged.content, clash.values = kind.merge(base.content, theirs.content, edit.content)
    if edit.disposition is not None:
        mine = {name: edit.disposition.get(name) or _blank(name) for name in DISPOSITION_FIELDS}
        before = {name: base.disposition.get(name) or _blank(name) for name in DISPOSITION_FIELDS}
        if mine not in (before, theirs.disposition):
            if before == theirs.disposition:
                merged.disposition = mine
            else:
                clash.disposition = mine
    return merged, clash


def _blank(name: str) -> Any:
    return None if name.endswith("_id") else ""
