"""Taking a file off: content and file change in one transaction."""

from django.db import transaction
from django.utils import timezone

from accounts import moves, permissions
from accounts.models import User
from reporting.reports.models import Attachment
from reporting.reports.permissions import UPLOAD_TO_SECTION
from reporting.reports.services import attachment as attachments
from reporting.reports.services.answer import AnswerEdit, save_answers


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
