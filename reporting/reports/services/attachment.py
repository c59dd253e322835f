"""Files of a section or an answer: internal, until a coordinator makes them annexes to the report.

An answer of kind ``files`` lists its files in its content; a file that its answer no longer names is
removed, and what was stored stays, for the submissions that name it.
"""

import dataclasses
import datetime
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.core.files.base import File
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts import files, history, moves, permissions
from accounts.exceptions import Refused
from accounts.models import User
from reporting.questionnaires.choices import QuestionKind
from reporting.reports.models import Answer, Attachment, LibraryVersion, ReportSection
from reporting.reports.permissions import COORDINATE_REPORT, UPLOAD_TO_SECTION
from reporting.reports.services.edits import AnswerEdit
from reporting.reports.services.locked import Locked

LONGEST_TITLE = 200  # characters
FILE_FACTS = ("file_name", "content_type", "size", "sha256")  # what a file is, wherever it is kept


@files.with_its_files
@transaction.atomic
def upload(section: ReportSection, *, file: File, by: User, title: str = "") -> Attachment:
    """Keep a file with the section as a whole.

    Raises Refused, with a reason fit to show, for a file that is empty, too large, by its content
    of no accepted type, or with the section already.
    """
    section = moves.lock(section, "report__cycle", "section", "lead")
    permissions.require(by, UPLOAD_TO_SECTION, section)
    received = files.receive(file)
    same = section.attachments.filter(answer=None, sha256=received.sha256, removed_at=None).first()
    if same is not None:
        raise Refused(already_here(same))
    attachment = _stored(section, None, received, title, by)
    attachment.save()
    record("attachment.upload", attachment, by=by)
    return attachment


def _stored(
    section: ReportSection, answer: Answer | None, received: files.Received, title: str, by: User
) -> Attachment:
    """The row of a file that is on disk now; to be saved."""
    attachment = Attachment(
        state_party_id=section.state_party_id,
        section=section,
        answer=answer,
        title=(title.strip() or received.name)[:LONGEST_TITLE],
        file_name=received.name,
        content_type=received.content_type,
        size=received.size,
        sha256=received.sha256,
        uploaded_by=by,
        uploaded_at=timezone.now(),
    )
    received.store_in(attachment.file)
    return attachment


def from_library(answer: Answer, version: LibraryVersion, title: str, *, by: User) -> Attachment:
    """The file of an item of the library as a file of an answer whose section the caller has locked: no second copy.

    Raises Refused where the answer has the very same bytes already.
    """
    same = same_file(answer, version.sha256)
    if same is not None:
        raise Refused(already_here(same))
    attachment = Attachment(
        state_party_id=answer.state_party_id,
        section=answer.section,
        answer=answer,
        title=title[:LONGEST_TITLE],
        file=version.file.name,
        library_version=version,
        uploaded_by=by,
        uploaded_at=timezone.now(),
        **{name: getattr(version, name) for name in FILE_FACTS},
    )
    attachment.save()
    record("attachment.upload", attachment, by=by)
    return attachment


def with_files(locked: Locked, edits: Sequence[AnswerEdit]) -> list[AnswerEdit]:
    """Keep the files that come with a save; the edits then name them in their content: one statement for all.

    Each gets the title typed beside it, or else its own name. Raises Refused where the answer has the file already.
    """
    placed: list[tuple[int, str, Attachment]] = []
    for place, edit in enumerate(edits):
        for key, received in (edit.uploads or {}).items():
            answer = locked.answers[edit.answer_id]
            _refuse_twice(locked, answer, received.sha256, [row for _place, _key, row in placed])
            title = _title_beside(edit.content or answer.content, key)
            placed.append((place, key, _stored(locked.section, answer, received, title, locked.by)))
    result = list(edits)
    if not placed:
        return result
    Attachment.objects.bulk_create(row for _place, _key, row in placed)
    for place, key, row in placed:
        locked.files[row.pk] = row
        record("attachment.upload", row, by=locked.by)
        content = result[place].content or locked.answers[edits[place].answer_id].content
        entries = {entry["key"]: entry for entry in content.get("files", [])}
        entries[key] = {**entries.get(key, {"key": key}), "title": row.title, "attachment": row.pk}
        result[place] = dataclasses.replace(result[place], content={**content, "files": list(entries.values())})
    return result


def _title_beside(content: Mapping[str, Any], key: str) -> str:
    return next((str(each.get("title", "")) for each in content.get("files", []) if each["key"] == key), "")


def _refuse_twice(locked: Locked, answer: Answer, sha256: str, beside: Iterable[Attachment]) -> None:
    """Raises Refused where the answer has the very same bytes already, or gets them beside."""
    same = locked.file_with(answer, sha256) or next(
        (row for row in beside if (row.answer_id, row.sha256) == (answer.pk, sha256)), None
    )
    if same is not None:
        raise Refused(already_here(same))


def same_file(answer: Answer, sha256: str) -> Attachment | None:
    """The file of an answer with these very bytes, if it has one."""
    return Attachment.objects.filter(answer=answer, sha256=sha256, removed_at__isnull=True).first()


def already_here(same: Attachment) -> str:
    return _("This file is here already, as “%(title)s”.") % {"title": same.title}


def record(act: str, attachment: Attachment, *, by: User) -> None:
    slug = attachment.section.report.slug
    history.record(act, by=by, subject=attachment, context=slug, file=attachment.file_name, sha256=attachment.sha256)


def named_in(content: Mapping[str, Any]) -> dict[int, str]:
    """The titles of the files that the content of an answer names, by id."""
    return {entry["attachment"]: entry.get("title", "") for entry in content.get("files", []) if "attachment" in entry}


def follow(locked: Locked, answer: Answer, before: Mapping[str, Any], after: Mapping[str, Any]) -> None:
    """Bring the files of an answer in line with the content that a save gives it: titles, and what is removed.

    Raises Refused where the content names a file that is none of this answer.
    """
    named = named_in(after)
    if answer.question.kind != QuestionKind.FILES or named == named_in(before):
        return
    known = {pk: row for pk, row in locked.files.items() if row.answer_id == answer.pk}
    if not named.keys() <= known.keys():
        raise Refused(_("The page named a file that is not of this answer. Open it again and choose the file anew."))
    changed = []
    for pk, row in known.items():
        title = named.get(pk, row.title)[:LONGEST_TITLE] or row.title
        removed_at: datetime.datetime | None = None if pk in named else row.removed_at or locked.at
        if (title, removed_at) == (row.title, row.removed_at):
            continue
        is_gone = removed_at is not None and row.removed_at is None
        row.title, row.removed_at, row.section = title, removed_at, locked.section
        changed.append(row)
        if is_gone:
            record("attachment.remove", row, by=locked.by)
    Attachment.objects.bulk_update(changed, ["title", "removed_at"])


def lock(attachment: Attachment) -> Attachment:
    """The file as it stands, locked. Raises Refused once it is removed."""
    attachment = moves.lock(
        attachment, "section__report__cycle", "section__section", "answer__question", "library_version__item"
    )
    if attachment.removed_at is not None:
        raise Refused(_("This file has been removed already."))
    return attachment


def make_annex(attachment: Attachment, *, by: User) -> Attachment:
    """Let the file go to the mechanism with the report, as an annex."""
    return _set_annex(attachment, is_annex=True, by=by)


def make_internal(attachment: Attachment, *, by: User) -> Attachment:
    """Keep the file inside the State."""
    return _set_annex(attachment, is_annex=False, by=by)


@transaction.atomic
def _set_annex(attachment: Attachment, *, is_annex: bool, by: User) -> Attachment:
    attachment = lock(attachment)
    permissions.require(by, COORDINATE_REPORT, attachment.section.report)
    if attachment.is_annex == is_annex:
        raise Refused(
            _("This file is an annex to the report already.") if is_annex else _("This file is internal already.")
        )
    kept = attachment.library_version
    if is_annex and kept is not None and not kept.item.is_public:
        raise Refused(
            _("“%(title)s” is internal in the library, so it cannot go out with the report.") % {"title": kept.item}
        )
    attachment.is_annex = is_annex
    attachment.save(update_fields=["is_annex"])
    record("attachment.make_annex" if is_annex else "attachment.make_internal", attachment, by=by)
    return attachment
