"""Writing what a save changed: answers, paragraphs and their versions, each in one statement."""

import copy
import uuid
from typing import Any

from django.db import IntegrityError
from django.utils.translation import gettext as _

from accounts.exceptions import Refused
from reporting.reports.choices import Change, Why
from reporting.reports.models import Answer, AnswerVersion, Paragraph, ParagraphVersion
from reporting.reports.services.counting import measure
from reporting.reports.services.locked import Locked
from reporting.reports.services.versions import DISPOSITION_FIELDS, State, leaves, version_digest
from reporting.text import words
from reporting.text.folding import fold
from reporting.text.pieces import Piece, kept_in_order


class Writer:
    """Collects what a save changes and writes it with as many statements for one answer as for a hundred."""

    def __init__(
        self, locked: Locked, why: Why, sources: dict[str, dict[str, Any]], attempt: uuid.UUID | None = None
    ) -> None:
        self.locked, self.by, self.at, self.why, self.sources = locked, locked.by, locked.at, why, sources
        self.attempt = attempt
        self.answers: list[Answer] = []
        self.versions: list[AnswerVersion] = []
        self.changes: list[tuple[int, ParagraphVersion]] = []
        self.kept: list[Paragraph] = []
        self.removed: list[int] = []

    def touched(self, answer: Answer) -> bool:
        return any(answer is each for each in self.answers)

    def write(self, answer: Answer, rows: list[Paragraph], before: State, after: State) -> bool:
        """Note what changes in one answer, and say whether anything does; nothing, and there is no version."""
        origin_id = self._origin(answer)
        kept, changes = self._paragraph_changes(answer, rows, after.pieces, origin_id)
        if not changes and after.content == before.content and after.disposition == before.disposition:
            return False
        self._note_origins(answer, before.content, after.content, origin_id)
        answer.content = after.content
        for name, value in after.disposition.items():
            setattr(answer, name, value)
        if after.disposition != before.disposition:
            answer.confirmed_by = answer.confirmed_at = None
        answer.version += 1
        answer.changed_by, answer.changed_at = self.by, self.at
        measure(answer, kept, after.content)
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
        return True

    def _origin(self, answer: Answer) -> int | None:
        """The body that a new paragraph or value comes from."""
        if self.why == Why.EDITORIAL:
            return self.locked.section.report.cycle.coordinating_body_id
        return self.locked.origin_of(answer)

    def _paragraph_changes(
        self, answer: Answer, rows: list[Paragraph], after: list[Piece], origin_id: int | None
    ) -> tuple[list[Paragraph], list[ParagraphVersion]]:
        """The rows of the answer as it becomes, those that change queued to be written; and what a version says."""
        old = {str(row.key): row for row in rows}
        new = {piece.key for piece in after}
        in_place = kept_in_order(list(old), [piece.key for piece in after])
        kept, changes = [], []
        for position, piece in enumerate(after):
            row, change = self._kept(answer, old.get(piece.key), piece, position, origin_id)
            kept.append(row)
            if change is None and piece.key not in in_place:
                change = Change.MOVED
            if change is not None:
                changes.append(self._change(answer, piece.key, change, position, piece.text, row.origin_id))
        for key, row in old.items():
            if key not in new:
                self.removed.append(row.pk)
                changes.append(self._change(answer, key, Change.REMOVED, row.position, "", row.origin_id))
        return kept, changes

    def _kept(
        self, answer: Answer, row: Paragraph | None, piece: Piece, position: int, origin_id: int | None
    ) -> tuple[Paragraph, Change | None]:
        """The paragraph's row, queued if anything of it changes; and whether its text came or changed."""
        change = Change.CHANGED
        if row is None:
            change = Change.ADDED
            row = Paragraph(
                state_party_id=answer.state_party_id,
                answer=answer,
                key=uuid.UUID(piece.key),
                origin_id=origin_id,
                **self.sources.get(piece.key, {}),
            )
        elif row.text == piece.text:
            if row.position != position:
                row.position = position
                self.kept.append(row)
            return row, None
        row.text, row.position, row.words = piece.text, position, words.count_markup(piece.text)
        row.folded = fold(piece.text)
        row.written_by, row.written_at = self.by, self.at
        row.is_editorial = self.why == Why.EDITORIAL
        self.kept.append(row)
        return row, change

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

    def _note_origins(
        self, answer: Answer, before: dict[str, Any], after: dict[str, Any], origin_id: int | None
    ) -> None:
        """Keep, by leaf, the body that wrote a value, where it is not the lead."""
        if before == after:
            return
        old, new = dict(leaves(before)), dict(leaves(after))
        changed = {path for path in new if old.get(path) != new[path]}
        origins = {path: body for path, body in answer.origins.items() if path in new and path not in changed}
        if origin_id is not None and origin_id != self.locked.section.lead_id:
            origins.update(dict.fromkeys(changed, origin_id))
        answer.origins = origins

    def flush(self) -> dict[int, int]:
        """Write everything; returns the new version by answer id."""
        if not self.answers:
            return {}
        if self.removed:
            Paragraph.objects.filter(pk__in=self.removed).delete()
        if self.kept:
            self._write_paragraphs()
        # By their ids, so that each row is changed in place: one statement, as cheap for one answer as for many.
        Answer.objects.bulk_create(self.answers, update_conflicts=True, unique_fields=["id"], update_fields=FIELDS)
        made = AnswerVersion.objects.bulk_create(self.versions)
        for index, change in self.changes:
            change.version = made[index]
        ParagraphVersion.objects.bulk_create([change for _index, change in self.changes])
        return {answer.pk: answer.version for answer in self.answers}

    def _write_paragraphs(self) -> None:
        """New rows and old in one statement: without their ids, matched by answer and key."""
        try:
            Paragraph.objects.bulk_create(
                [_without_id(row) for row in self.kept],
                update_conflicts=True,
                unique_fields=["answer", "key"],
                update_fields=["position", "text", "folded", "words", "written_by", "written_at", "is_editorial"],
            )
        except IntegrityError:  # the key stands in another answer
            raise Refused(_("The page sent a paragraph of another answer. Open it again and save.")) from None


def _without_id(row: Paragraph) -> Paragraph:
    twin = copy.copy(row)
    twin.pk = None
    return twin


FIELDS = [
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
