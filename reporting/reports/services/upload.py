"""Files that come with a save, and taking one off: content and files change in one transaction."""

import dataclasses
from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts import files, moves, permissions
from accounts.models import User
from reporting.reports.models import Answer, Attachment, ReportSection
from reporting.reports.permissions import UPLOAD_TO_SECTION
from reporting.reports.services import attachment as attachments
from reporting.reports.services.answer import AnswerEdit, Saved, save_answers

Uploads = Mapping[int, Mapping[str, files.Received]]


@files.with_its_files
@transaction.atomic
def save_with_files(section: ReportSection, edits: Iterable[AnswerEdit], uploads: Uploads, *, by: User) -> Saved:
    """Save answers with the files chosen in them: all of it, or nothing and no file.

    ``uploads`` are files by answer id and by the key of the entry of the content that each belongs to.
    Raises Refused as ``save_answers`` does, and where the answer has the same file already.
    """
    section = moves.lock(section, "report__cycle", "section", "lead")
    rows = Answer.objects.filter(section=section, pk__in=uploads).select_related("question")
    answers = {row.pk: row for row in rows}
    completed = []
    for edit in edits:
        answer = answers.get(edit.answer_id)
        if answer is not None and uploads.get(answer.pk):
            answer.section = section
            content = _with_files(answer, edit.content or answer.content, uploads[answer.pk], by=by)
            edit = dataclasses.replace(edit, content=content)
        completed.append(edit)
    return save_answers(section, completed, by=by)


def _with_files(
    answer: Answer, content: Mapping[str, Any], received: Mapping[str, files.Received], *, by: User
) -> dict[str, Any]:
    """The content with an entry for each file, under the title typed beside it or else the file's name."""
    entries = {entry["key"]: entry for entry in content.get("files", [])}
    for key, each in received.items():
        entry = entries.get(key, {"key": key})
        kept = attachments.keep(answer.section, each, title=entry.get("title", ""), answer=answer, by=by)
        entries[key] = {**entry, "title": kept.title, "attachment": kept.pk}
    return {**content, "files": list(entries.values())}


@transaction.atomic
def remove(attachment: Attachment, *, by: User) -> Attachment:
    """Take a file off its answer; an entry that is a link too stays as the link. What was stored stays."""
    moves.lock(attachment.section)  # before the file, as every save does
    attachment = attachments.lock(attachment)
    answer = attachment.answer
    if answer is None:
        permissions.require(by, UPLOAD_TO_SECTION, attachment.section)
        attachment.removed_at = timezone.now()
        attachment.save(update_fields=["removed_at"])
        attachments.record("attachment.remove", attachment, by=by)
        return attachment
    entries = []
    for entry in answer.content.get("files", []):
        if entry.get("attachment") == attachment.pk:
            entry = {name: value for name, value in entry.items() if name != "attachment"}
            if not entry.get("link"):
                continue
        entries.append(entry)
    content = {"files": entries} if entries else {}
    save_answers(attachment.section, [AnswerEdit(answer.pk, answer.version, content=content)], by=by)
    attachment.refresh_from_db()
    return attachment
