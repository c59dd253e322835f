"""Files of submissions: made once from the frozen content, stored, and served from the store ever after."""

import hashlib
import logging
from typing import Any

from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction
from django.db.models.fields.json import KT
from django.utils import timezone
from django.utils.translation import gettext as _

from exports.assemble import document_for
from exports.document import SUBMISSION
from exports.models import StoredFile
from exports.registry import FORMATS
from reporting.reports.models import Report, Submission

log = logging.getLogger("servanda")


class Damaged(Exception):
    """The stored bytes are gone, or no longer those that were made; nothing is handed out in their place."""


def stored(report: Report) -> list[tuple[Submission, dict[str, StoredFile]]]:
    """The submissions of a report, without their content, each with its files in its own language that exist, by
    format: two statements."""
    said = {"language": KT("content__report__language"), "working": KT("content__working__report__language")}
    rows = report.submissions.defer("content").annotate(**said)
    found: dict[int, tuple[Any, dict[str, StoredFile]]] = {row.pk: (row, {}) for row in rows}
    for file in StoredFile.objects.filter(submission__report=report):
        submission, files = found[file.submission_id]
        if file.language == submission.language:
            files[file.format] = file
    return list(found.values())


def content_of(submission: Submission, language: str) -> dict[str, Any] | None:
    """What was frozen in a language: the text submitted, or the working text beside it; None in any other."""
    for content in (submission.content, submission.content.get("working")):
        if content is not None and content["report"]["language"] == language:
            return content  # type: ignore[no-any-return]
    return None


def languages_of(submission: Submission) -> list[str]:
    """The languages in which the submission has files, the one that is submitted first."""
    contents = (submission.content, submission.content.get("working"))
    return [content["report"]["language"] for content in contents if content is not None]


def file_of(submission: Submission, format_slug: str, language: str | None = None) -> StoredFile:
    """The file of a submission in a format, in the language that is submitted or in the working one: the one that was
    made, or, the first time, made now.

    Raises CannotRender where the format cannot hold the text. Two at once make one file: the
    second finds the first one's row, and its own bytes, which are the same, are dropped.
    """
    language = language or submission.content["report"]["language"]
    content = content_of(submission, language)
    if content is None:
        raise LookupError(language)
    known = StoredFile.objects.filter(submission=submission, format=format_slug, language=language).first()
    if known is not None:
        return known
    wanted = FORMATS[format_slug]
    document = document_for(content, form=SUBMISSION, generated_at=submission.recorded_at, is_final=True)
    data = wanted.render(document)
    name = file_name(submission, wanted.extension, language)
    row = StoredFile(
        state_party_id=submission.state_party_id,
        submission=submission,
        format=format_slug,
        language=language,
        name=name,
        size=len(data),
        sha256=hashlib.sha256(data).hexdigest(),
        made_at=timezone.now(),
    )
    row.file.save(name, ContentFile(data), save=False)
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError:
        row.file.delete(save=False)
        return StoredFile.objects.get(submission=submission, format=format_slug, language=language)
    return row


def data_of(file: StoredFile) -> bytes:
    """The bytes of a stored file, held against the hash that was taken when they were made. Raises Damaged."""
    try:
        with file.file.open("rb") as source:
            data: bytes = source.read()
    except OSError as error:
        log.error("stored file %s (%s) cannot be read: %s", file.pk, file.file.name, error)
        raise Damaged from error
    if hashlib.sha256(data).hexdigest() != file.sha256:
        log.error("stored file %s (%s) is not what was made: SHA-256 differs", file.pk, file.file.name)
        raise Damaged
    return data


def damaged_sentence() -> str:
    return _("The stored file is damaged, so it is not handed out. Whoever runs the machine can restore it.")


def file_name(submission: Submission, extension: str, language: str) -> str:
    """Such as "ARC-cmw-3-periodic-1.pdf": State, report, number of the submission; "-1-ar" in the working language."""
    report = submission.content["report"]
    other = "" if language == report["language"] else f"-{language}"
    return f"{report['state']['code']}-{report['slug']}-{submission.number}{other}.{extension}"
