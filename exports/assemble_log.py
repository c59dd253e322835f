"""The acts of one report as an annex: a list for Excel, and a table for print."""

import datetime
from typing import Any

from django.utils import formats, timezone, translation
from django.utils.translation import gettext as _

from exports import document as doc
from exports.labels import labels_for


def listing_of_log(lines: list[dict[str, Any]], *, language: str, generated_at: datetime.datetime) -> doc.Listing:
    """``lines`` as accounts.presenters.record gives them."""
    with translation.override(language):
        widths = (24, 24, 44, 44, 50)
        columns = tuple(doc.Column(name, width) for name, width in zip(_head(), widths, strict=True))
        return doc.Listing(
            title=_("Log"),
            columns=columns,
            rows=tuple(_row(line) for line in lines),
            language=language,
            direction="rtl" if translation.get_language_bidi() else "ltr",
            generated_at=generated_at,
        )


def document_for_log(
    lines: list[dict[str, Any]], *, title: str, state: str, language: str, generated_at: datetime.datetime
) -> doc.Document:
    with translation.override(language):
        table = doc.Table(
            caption=_("Every act in this report, the oldest first"),
            head=_head(),
            rows=tuple(tuple(doc.Cell(text) for text in _row(line)) for line in lines),
        )
        return doc.Document(
            title=_("Log"),
            shape=doc.LETTER,
            language=language,
            direction="rtl" if translation.get_language_bidi() else "ltr",
            generated_at=generated_at,
            author=state,
            subject=title,
            cover=doc.Cover(under=(title,), fields=(doc.Field(_("Made on"), _moment(generated_at)),)),
            running_head=title,
            sections=(doc.Section(heading=_("Acts"), level=2, blocks=(table,)),) if lines else (),
            labels=labels_for(language),
        )


def _head() -> tuple[str, ...]:
    return (_("When"), _("Who"), _("Did what"), _("On what"), _("Reason"))


def _row(line: dict[str, Any]) -> tuple[str, ...]:
    return (_moment(line["at"]), str(line["actor"]), line["act"], str(line["subject"]), str(line["reason"]))


def _moment(at: datetime.datetime) -> str:
    return formats.date_format(timezone.localtime(at), "DATETIME_FORMAT")
