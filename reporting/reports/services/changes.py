"""Saves that a page makes by itself: changes in, and out what the page has to change to show what stands."""

import dataclasses
import datetime
import uuid
from collections.abc import Iterable, Mapping, Sequence

from django.db import transaction

from accounts.models import User
from reporting.reports.choices import Why
from reporting.reports.models import AnswerVersion, ParagraphVersion
from reporting.reports.services.answer import AnswerEdit, Saved, save_page
from reporting.reports.services.edits import FieldsSaved
from reporting.reports.services.typed import cleaned
from reporting.reports.services.versions import states_at
from reporting.text.changes import Box, Changes, between
from reporting.text.merge import Clash, merge_paragraphs
from reporting.text.pieces import Piece


@dataclasses.dataclass(frozen=True)
class TextEdit:
    """What a page changed in the text of one answer, or in its ``fields``, since the version that it knows.

    ``declined`` are a person's own texts, by key, against which that person chose another's: they go into the
    history before the rest is saved.
    """

    answer_id: int
    base_version: int
    changes: Changes | Box
    declined: dict[str, str] = dataclasses.field(default_factory=dict)
    fields: Mapping[str, str] | None = None


@dataclasses.dataclass
class TextSaved:
    """What the page must change to hold what stands, in the version that it knows from now on.

    ``by`` tells who changed what others changed meanwhile: name and moment by key of the paragraph. A clash is of
    texts alone; what stands in the answer is theirs, or the changed one where a side had removed it.
    """

    answer_id: int
    version: int
    changes: Changes
    clashes: list[Clash] = dataclasses.field(default_factory=list)
    by: dict[str, tuple[str, datetime.datetime]] = dataclasses.field(default_factory=dict)
    fields: FieldsSaved | None = None
    who: str = ""


@transaction.atomic
def save_changes(
    report: str,
    section: str,
    edits: Sequence[TextEdit],
    *,
    by: User,
    attempt: uuid.UUID,
    why: Why = Why.DRAFT,
) -> tuple[Saved, list[TextSaved]]:
    """Save changed paragraphs of a section, by the slugs in its address.

    Each ``attempt`` counts once, however often it is tried.

    Raises Refused as ``save_page`` does.
    """
    for each in edits:
        _keep_declined(report, section, each, by=by, why=why, attempt=attempt)
    wanted = [
        AnswerEdit(each.answer_id, each.base_version, changes=each.changes)
        if each.fields is None
        else AnswerEdit(each.answer_id, each.base_version, fields=each.fields)
        for each in edits
    ]
    saved = save_page(report, section, lambda _locked: wanted, by=by, why=why, attempt=attempt)
    return saved, [_told(saved, each) for each in edits]


def _keep_declined(report: str, section: str, edit: TextEdit, *, by: User, why: Why, attempt: uuid.UUID) -> None:
    """Put what was declined into the history, as a version that the next one takes back."""
    if not edit.declined or _was_tried(edit.answer_id, uuid.uuid5(attempt, "declined"), by):
        return

    def save(version: int, changes: Changes, attempt: uuid.UUID | None = None) -> tuple[int, Sequence[Piece]]:
        tried = [AnswerEdit(edit.answer_id, version, changes=changes)]
        saved = save_page(report, section, lambda _locked: tried, by=by, why=why, attempt=attempt)
        return saved.stands[edit.answer_id]

    version, stands = save(edit.base_version, Changes())
    texts = {piece.key: piece.text for piece in stands}
    for name, text in (("declined", edit.declined), ("chosen", {key: texts.get(key) for key in edit.declined})):
        version, _stands = save(version, Changes(text=text), uuid.uuid5(attempt, name))


def _was_tried(answer_id: int, attempt: uuid.UUID, by: User) -> bool:
    return AnswerVersion.objects.filter(answer=answer_id, by=by, attempt=attempt).exists()


def _told(saved: Saved, edit: TextEdit) -> TextSaved:
    pk = edit.answer_id
    version, stands = saved.stands[pk]
    if edit.fields is not None:
        who = saved.merged_with.get(pk, "")
        return TextSaved(pk, version, Changes(), fields=saved.fields[pk], who=who)
    wanted = saved.wanted[pk]
    told = TextSaved(pk, version, between(wanted, stands))
    earlier = saved.before.get(pk)
    mine = saved.versions.get(pk)
    if earlier is None:
        told.clashes = [clash for each in saved.clashes if each.answer.pk == pk for clash in each.texts]
    else:
        mine = earlier.number
        told.clashes = _clashes_at(edit, mine, wanted)
    keys = {*told.changes.text, *told.changes.after, *(each.key for each in told.clashes)}
    if keys and version - (mine is not None) > edit.base_version:
        told.by = _by(edit, mine, keys)
    return told


def _clashes_at(edit: TextEdit, number: int, wanted: Sequence[Piece]) -> list[Clash]:
    """What clashed when the save made the version of this number."""
    base = states_at({edit.answer_id: edit.base_version})[edit.answer_id].pieces
    theirs = states_at({edit.answer_id: number - 1})[edit.answer_id].pieces
    return list(merge_paragraphs(edit.changes.base(base), theirs, cleaned(wanted)).clashes)


def _by(edit: TextEdit, mine: int | None, keys: Iterable[str]) -> dict[str, tuple[str, datetime.datetime]]:
    rows = ParagraphVersion.objects.filter(
        answer=edit.answer_id, number__gt=edit.base_version, key__in=list(keys)
    ).exclude(number=mine or 0)
    told = rows.order_by("number").values_list("key", "version__by_name", "version__at")
    return {str(key): (name, at) for key, name, at in told}
