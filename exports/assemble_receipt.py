"""The receipt of a submission as a letter: what was endorsed, by whom, its files with their hashes, how it went on."""

import datetime
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from django.utils import formats, timezone, translation
from django.utils.translation import gettext as _

from exports import document as doc
from exports.assemble import language_name
from exports.labels import labels_for
from exports.models import StoredFile
from exports.registry import FORMATS
from reporting.reports.models import Submission, Transmission


def document_for_receipt(
    submission: Submission,
    *,
    files: list[StoredFile],
    transmissions: list[Transmission],
    language: str,
    generated_at: datetime.datetime,
) -> doc.Document:
    """``transmissions`` are those that the reader may see, the first sent first."""
    with translation.override(language):
        content = submission.content
        return doc.Document(
            title=_("Receipt of submission %(number)d") % {"number": submission.number},
            shape=doc.LETTER,
            language=language,
            direction="rtl" if translation.get_language_bidi() else "ltr",
            generated_at=generated_at,
            author=content["report"]["state"]["name"],
            subject=content["report"]["title"],
            cover=doc.Cover(under=(content["report"]["title"],), fields=tuple(_fields(submission, generated_at))),
            running_head=content["report"]["title"],
            sections=tuple(_sections(submission, files, transmissions)),
            labels=labels_for(language),
        )


def _fields(submission: Submission, at: datetime.datetime) -> Iterator[doc.Field]:
    state = submission.content["report"]["state"]
    yield doc.Field(_("State party"), state["full_name"] or state["name"])
    yield doc.Field(_("Addressee"), submission.content["report"]["mechanism"]["name"])
    yield doc.Field(_("Endorsed by"), submission.authority)
    yield doc.Field(_("Endorsed on"), _day(submission.endorsed_on))
    if submission.reference:
        yield doc.Field(_("Reference"), submission.reference)
    yield doc.Field(_("Recorded"), f"{submission.recorded_by}, {_moment(submission.recorded_at)}")
    yield doc.Field(_("Words"), formats.number_format(submission.words))
    yield doc.Field(_("Paragraphs"), formats.number_format(submission.paragraphs))
    yield doc.Field(_("SHA-256 of the content"), submission.sha256)
    yield doc.Field(_("Made on"), _moment(at))


def _sections(
    submission: Submission, files: list[StoredFile], transmissions: list[Transmission]
) -> Iterator[doc.Section]:
    rows: list[tuple[Any, ...]] = [
        (f"{FORMATS[row.format].label}, {language_name(row.language)}", row.name, row.size, row.sha256) for row in files
    ]
    rows += [(_("Annex"), each["title"], each["size"], each["sha256"]) for each in submission.content["annexes"]]
    if rows:
        table = doc.Table(
            caption=_("Files and annexes"),
            head=(_("File"), _("Name"), _("Bytes"), "SHA-256"),
            rows=tuple((doc.Cell(a), doc.Cell(b), doc.Cell(Decimal(c)), doc.Cell(d)) for a, b, c, d in rows),
        )
        yield doc.Section(heading=_("Files"), level=2, blocks=(table,))
    for row in transmissions:
        fields = doc.Fields(tuple(doc.Field(name, value) for name, value in _course(row) if value))
        yield doc.Section(heading=_("Transmission"), level=2, blocks=(fields,))


def _course(row: Transmission) -> Iterator[tuple[str, str]]:
    yield _("Note verbale"), row.note_verbale
    yield _("Sent on"), _day(row.sent_on)
    yield _("Addressee"), row.addressee
    yield _("Files"), ", ".join(str(FORMATS[slug].label) for slug in row.files.split() if slug in FORMATS)
    yield _("Received on"), _day(row.received_on)
    yield _("Acknowledgement"), row.acknowledgement
    yield _("Document symbol"), row.symbol
    yield _("Returned by the secretariat on"), _day(row.returned_on)


def _day(day: datetime.date | None) -> str:
    return formats.date_format(day, "DATE_FORMAT") if day else ""


def _moment(at: datetime.datetime) -> str:
    return formats.date_format(timezone.localtime(at), "DATETIME_FORMAT")
