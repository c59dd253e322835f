"""Saving answers: merged with what others saved meanwhile, versioned, counted, in one transaction.

A save names, for each answer, the version that it started from. If the answer has moved on,
paragraphs and values that only one side changed are merged; what both changed is refused and
comes back with both texts, while the rest of the save stands.
"""

import copy
import dataclasses
import datetime
import uuid
from collections.abc import Iterable, Sequence
from typing import Any

from django.db import transaction
from django.db.models import prefetch_related_objects
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts import moves, permissions
from accounts.choices import Role
from accounts.exceptions import Refused
from accounts.models import User
from reporting.questionnaires.kinds import KINDS
from reporting.reports.choices import DRAFT, Change, ContributionStatus, SectionStatus, Why
from reporting.reports.models import Answer, AnswerVersion, Paragraph, ParagraphVersion, ReportSection
from reporting.reports.permissions import EDIT_ANSWER, EDIT_EDITORIALLY
from reporting.reports.services.attachment import follow
from reporting.reports.services.counting import measure, recount
from reporting.reports.services.recipients import tell
from reporting.reports.services.typed import cleaned
from reporting.reports.services.versions import DISPOSITION_FIELDS, State, leaves, state_of, states_at, version_digest
from reporting.reports.workflow import SECTION_MOVES
from reporting.text import words
from reporting.text.changes import Box, Changes
from reporting.text.merge import Clash, LeafClash, merge_paragraphs
from reporting.text.pieces import Piece, kept_in_order


@dataclasses.dataclass(frozen=True)
class AnswerEdit:
    """What a page, a row of a workbook or the API asks of one answer; None leaves that part as it is.

    ``disposition`` maps the names of DISPOSITION_FIELDS to values. Instead of all ``paragraphs`` there
    may be the ``changes`` to those of the version.
    """

    answer_id: int
    base_version: int | None
    paragraphs: Sequence[Piece] | None = None
    changes: Changes | Box | None = None
    content: dict[str, Any] | None = None
    disposition: dict[str, Any] | None = None


@dataclasses.dataclass
class AnswerClash:
    """What both sides changed in one answer: theirs stands, mine is kept here until a person chooses."""

    answer: Answer
    texts: list[Clash] = dataclasses.field(default_factory=list)
    values: list[LeafClash] = dataclasses.field(default_factory=list)
    disposition: dict[str, Any] | None = None

    def __bool__(self) -> bool:
        return bool(self.texts or self.values or self.disposition)


@dataclasses.dataclass
class Saved:
    """The outcome of a save: new versions by answer id, clashes, and who else changed what was merged."""

    section: ReportSection
    at: datetime.datetime
    versions: dict[int, int] = dataclasses.field(default_factory=dict)
    clashes: list[AnswerClash] = dataclasses.field(default_factory=list)
    merged_with: dict[int, str] = dataclasses.field(default_factory=dict)
    # By answer id: paragraphs that the edit wanted, version and paragraphs now, the version that an earlier try made.
    wanted: dict[int, list[Piece]] = dataclasses.field(default_factory=dict)
    stands: dict[int, tuple[int, list[Piece]]] = dataclasses.field(default_factory=dict)
    before: dict[int, AnswerVersion] = dataclasses.field(default_factory=dict)


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
    """Save what changed in the answers of one section.

    ``attempt`` is the identifier that a page gave to this save: tried again after a lost reply, it counts once.
    ``sources`` says of copied paragraphs, by key, where they come from (fields of ``Paragraph``).
    Raises Refused when an edit names no version, when the answer is not in the section, or when
    the state or the grants stand against it; then nothing of the save stands.
    """
    edits = list(edits)
    section, answers = _lock(section)
    now = timezone.now()
    result = Saved(section=section, at=now)
    editorial = why == Why.EDITORIAL
    if editorial:
        permissions.require(by, EDIT_EDITORIALLY, section)
    elif not permissions.person(by).holds(DRAFT, section):
        prefetch_related_objects([section], "contributions__answers")
    paragraphs = _paragraphs([edit.answer_id for edit in edits])
    bases = _bases(edits, answers)
    writer = _Writer(section=section, by=by, at=now, why=why, sources=sources or {})
    if attempt is not None:
        writer.attempt = attempt
        tried = AnswerVersion.objects.filter(answer__in=answers, by=by, attempt=attempt)
        result.before = {row.answer_id: row for row in tried}
    for edit in edits:
        answer = answers.get(edit.answer_id)
        if answer is None:
            raise Refused(_("This question does not belong to the section."))
        if edit.base_version is None:
            raise Refused(_("The page did not say which version it started from. Open it again and save once more."))
        if edit.base_version > answer.version:
            raise Refused(_("The page started from a version that does not exist. Open it again and save once more."))
        if not editorial:
            permissions.require(by, EDIT_ANSWER, answer)
        elif edit.content is not None or edit.disposition is not None:
            raise Refused(_("Coordinators edit paragraphs and their order; the lead body changes the rest."))
        theirs = state_of(answer, paragraphs[answer.pk])
        base = bases.get(answer.pk, theirs)
        if edit.changes is not None:
            result.wanted[answer.pk] = mine = edit.changes.applied(base.pieces)
            base = dataclasses.replace(base, pieces=edit.changes.base(base.pieces))
            edit = dataclasses.replace(edit, paragraphs=mine)
        if answer.pk in result.before:
            result.stands[answer.pk] = answer.version, theirs.pieces
            continue
        merged, clash = _merge(answer, base, theirs, edit)
        if clash:
            result.clashes.append(clash)
        follow(answer, theirs.content, merged.content, by=by)
        before_me = answer.changed_by_name  # type: ignore[attr-defined]
        writer.write(answer, paragraphs[answer.pk], theirs, merged)
        result.stands[answer.pk] = answer.version, merged.pieces
        if answer.pk in bases and writer.touched(answer):
            result.merged_with[answer.pk] = before_me
    result.versions = writer.flush()
    if result.versions:
        recount(section, answers.values())
        if section.status == SectionStatus.NOT_STARTED:
            moves.carry_out(section, SECTION_MOVES["start"], moves=SECTION_MOVES, by=by)
        if editorial:
            tell.focal_points(section.lead_id, kind="section_edited", subject=section, by=by)
    return result


def save_answer(answer: Answer, *, by: User, why: Why = Why.DRAFT, **edit: Any) -> Saved:
    """Save one answer; ``edit`` are the fields of AnswerEdit."""
    return save_answers(answer.section, [AnswerEdit(answer.pk, **edit)], by=by, why=why)


# --- reading under the lock --------------------------------------------------------------


def _lock(section: ReportSection) -> tuple[ReportSection, dict[int, Answer]]:
    """The section and all its answers as they stand, locked: one statement, and one for contributions on demand."""
    rows = (
        Answer.objects.select_for_update(of=("self", "section"))
        .filter(section_id=section.pk)
        .select_related(
            "section__section__part",
            "section__report__cycle",
            "section__lead",
            "question",
            "target_submission__report",
            "target_question__section__part",
            "changed_by",
        )
        .order_by("question__position")
    )
    answers = {row.pk: row for row in rows}
    if not answers:
        raise Refused(_("Nothing is asked in this section."))
    locked = next(iter(answers.values())).section
    for answer in answers.values():
        answer.section = locked
        answer.changed_by_name = str(answer.changed_by or "")  # type: ignore[attr-defined]
    return locked, answers


def _paragraphs(answer_ids: list[int]) -> dict[int, list[Paragraph]]:
    found: dict[int, list[Paragraph]] = {pk: [] for pk in answer_ids}
    for row in Paragraph.objects.filter(answer__in=answer_ids).order_by("answer", "position", "pk"):
        found[row.answer_id].append(row)
    return found


def _bases(edits: Sequence[AnswerEdit], answers: dict[int, Answer]) -> dict[int, State]:
    """What the stale edits started from, read from the versions; answers that have not moved on are left out."""
    stale = {
        edit.answer_id: edit.base_version
        for edit in edits
        if edit.base_version is not None
        and edit.answer_id in answers
        and edit.base_version != answers[edit.answer_id].version
    }
    return states_at(stale)


# --- merging -----------------------------------------------------------------------------


def _merge(answer: Answer, base: State, theirs: State, edit: AnswerEdit) -> tuple[State, AnswerClash]:
    """What the answer becomes, and what both sides changed."""
    clash = AnswerClash(answer)
    merged = State(list(theirs.pieces), theirs.content, theirs.disposition)
    if edit.paragraphs is not None:
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


# --- writing -----------------------------------------------------------------------------


class _Writer:
    """Collects what a save changes and writes it with as many statements for one answer as for a hundred."""

    attempt: uuid.UUID | None = None

    def __init__(
        self, *, section: ReportSection, by: User, at: datetime.datetime, why: Why, sources: dict[str, dict[str, Any]]
    ) -> None:
        self.section, self.by, self.at, self.why, self.sources = section, by, at, why, sources
        self.origin_id = _origin(section, by, why)
        self.answers: list[Answer] = []
        self.versions: list[AnswerVersion] = []
        self.changes: list[tuple[int, ParagraphVersion]] = []
        self.kept: list[Paragraph] = []
        self.removed: list[int] = []

    def touched(self, answer: Answer) -> bool:
        return any(answer is each for each in self.answers)

    def write(self, answer: Answer, rows: list[Paragraph], before: State, after: State) -> None:
        """Note what changes in one answer; nothing, and there is no version."""
        changes = self._paragraph_changes(answer, rows, after.pieces)
        if not changes and after.content == before.content and after.disposition == before.disposition:
            self._measure(answer, rows, after)  # a page may ask for the counters all the same
            return
        self._note_origins(answer, before.content, after.content)
        answer.content = after.content
        for name, value in after.disposition.items():
            setattr(answer, name, value)
        if after.disposition != before.disposition:
            answer.confirmed_by = answer.confirmed_at = None
        answer.version += 1
        answer.changed_by, answer.changed_at = self.by, self.at
        kept = {str(row.key): row for row in [*rows, *self.kept] if row.answer_id == answer.pk}
        self._measure(answer, [kept[piece.key] for piece in after.pieces], after)
        version = AnswerVersion(
            state_party_id=answer.state_party_id,
            answer=answer,
            number=answer.version,
            by=self.by,
            by_name=str(self.by),
            at=self.at,
            why=self.why,
            attempt=self.attempt,
            content={"content": after.content, "disposition": after.disposition},
            order=[piece.key for piece in after.pieces],
            previous_sha256=answer.version_sha256,
        )
        version.sha256 = answer.version_sha256 = version_digest(version, changes)
        for change in changes:
            change.number = answer.version
            self.changes.append((len(self.versions), change))
        self.versions.append(version)
        self.answers.append(answer)

    def _paragraph_changes(self, answer: Answer, rows: list[Paragraph], after: list[Piece]) -> list[ParagraphVersion]:
        old = {str(row.key): row for row in rows}
        new = {piece.key for piece in after}
        in_place = kept_in_order(list(old), [piece.key for piece in after])
        changes = []
        for position, piece in enumerate(after):
            row = old.get(piece.key)
            change = self._kept(answer, row, piece, position)
            if change is None and piece.key not in in_place:
                change = Change.MOVED
            if change is not None:
                origin = old[piece.key].origin_id if row is not None else self.origin_id
                changes.append(self._change(answer, piece.key, change, position, piece.text, origin))
        for key, row in old.items():
            if key not in new:
                self.removed.append(row.pk)
                changes.append(self._change(answer, key, Change.REMOVED, row.position, "", row.origin_id))
        return changes

    def _kept(self, answer: Answer, row: Paragraph | None, piece: Piece, position: int) -> Change | None:
        """Queue the paragraph's row if anything of it changes; says if its text came or changed."""
        if row is None:
            row = Paragraph(
                state_party_id=answer.state_party_id,
                answer=answer,
                key=uuid.UUID(piece.key),
                origin_id=self.origin_id,
                **self.sources.get(piece.key, {}),
            )
            change: Change | None = Change.ADDED
        elif row.text != piece.text:
            change = Change.CHANGED
        elif row.position != position:
            row.position = position
            self.kept.append(row)
            return None
        else:
            return None
        row.text, row.position, row.words = piece.text, position, words.count_markup(piece.text)
        row.written_by, row.written_at = self.by, self.at
        row.is_editorial = self.why == Why.EDITORIAL
        self.kept.append(row)
        return change

    def _change(
        self, answer: Answer, key: str, change: Change, position: int, text: str, origin: int | None
    ) -> ParagraphVersion:
        return ParagraphVersion(
            state_party_id=answer.state_party_id,
            answer=answer,
            key=uuid.UUID(key),
            change=change,
            position=position,
            text=text,
            origin_id=origin,
        )

    def _note_origins(self, answer: Answer, before: dict[str, Any], after: dict[str, Any]) -> None:
        """Keep, by leaf, the body that wrote a value, where it is not the lead."""
        old, new = dict(leaves(before)), dict(leaves(after))
        changed = {path for path in new if old.get(path) != new[path]}
        origins = {path: body for path, body in answer.origins.items() if path in new and path not in changed}
        if self.origin_id is not None and self.origin_id != self.section.lead_id:
            origins.update(dict.fromkeys(changed, self.origin_id))
        answer.origins = origins

    def _measure(self, answer: Answer, rows: list[Paragraph], after: State) -> None:
        measure(answer, rows, after.content)

    def flush(self) -> dict[int, int]:
        """Write everything; returns the new version by answer id."""
        if not self.answers:
            return {}
        if self.removed:
            Paragraph.objects.filter(pk__in=self.removed).delete()
        if self.kept:
            # Without their ids, new and old rows go in one statement, matched by answer and key.
            Paragraph.objects.bulk_create(
                [_without_id(row) for row in self.kept],
                update_conflicts=True,
                unique_fields=["answer", "key"],
                update_fields=["position", "text", "words", "written_by", "written_at", "is_editorial"],
            )
        Answer.objects.bulk_update(self.answers, ANSWER_FIELDS)
        made = AnswerVersion.objects.bulk_create(self.versions)
        for index, change in self.changes:
            change.version = made[index]
        ParagraphVersion.objects.bulk_create([change for _index, change in self.changes])
        return {answer.pk: answer.version for answer in self.answers}


def _without_id(row: Paragraph) -> Paragraph:
    twin = copy.copy(row)
    twin.pk = None
    return twin


ANSWER_FIELDS = [
    "content",
    "origins",
    *(name.removesuffix("_id") for name in DISPOSITION_FIELDS),
    "confirmed_by",
    "confirmed_at",
    "version",
    "version_sha256",
    "changed_by",
    "changed_at",
    "is_answered",
    "words",
    "paragraph_count",
]


def _origin(section: ReportSection, by: User, why: Why) -> int | None:
    """The body that a new paragraph or value comes from: the lead, the body asked, or the coordinating body."""
    if why == Why.EDITORIAL:
        return section.report.cycle.coordinating_body_id
    who = permissions.person(by)
    if who.is_in(section.lead_id, Role.DRAFTER, Role.FOCAL_POINT):
        return section.lead_id
    mine = who.bodies(Role.DRAFTER, Role.FOCAL_POINT)
    live = [row for row in section.contributions.all() if row.status != ContributionStatus.WITHDRAWN]
    asked = [row.body_id for row in live if row.body_id in mine]
    return asked[0] if asked else None
