"""Files of the demonstration: a real PDF or workbook, made as the product makes its own, added as people add one."""

import datetime
from decimal import Decimal
from typing import Any

from django.core.files.base import ContentFile
from django.utils import timezone

from config.demonstration.states import World
from exports import document as doc
from exports.formats import pdf, xlsx
from reporting.reports.models import ReportSection
from reporting.reports.services.attachment import make_annex, upload


def add(world: World, section: ReportSection, wanted: list[dict[str, Any]], state: str, day: datetime.date) -> None:
    """Add each file to the section as a whole, and let those that a coordinator is named for go out as annexes."""
    for each in wanted:
        with world.clock.on(day):
            data = _workbook(each) if "columns" in each else letter(each)
            attachment = upload(
                section,
                file=ContentFile(data, name=each["name"]),
                title=each["title"],
                by=world.person(state, each["by"]),
            )
        if "annex_by" in each:
            with world.clock.on(day + datetime.timedelta(days=1)):
                make_annex(attachment, by=world.person(state, each["annex_by"]))


def _workbook(said: dict[str, Any]) -> bytes:
    """One sheet."""
    return xlsx.render_listing(
        doc.Listing(
            title=said["sheet"],
            columns=tuple(doc.Column(heading, width) for heading, width in said["columns"]),
            rows=tuple(tuple(map(_cell, row)) for row in said["rows"]),
            generated_at=timezone.now(),
        )
    )


def _cell(value: Any) -> Decimal | str:
    """Numbers are numbers, days are written out."""
    return Decimal(value) if isinstance(value, int) else str(value)


def letter(said: dict[str, Any]) -> bytes:
    """A few pages of text under a title."""
    blocks = [doc.Paragraph((doc.Text((doc.Run(text.strip()),)),)) for text in said["paragraphs"]]
    return pdf.render(
        doc.Document(
            title=said["title"],
            shape=doc.LETTER,
            generated_at=timezone.now(),
            author=said["author"],
            cover=doc.Cover(under=(said["author"],)),
            sections=(doc.Section(said["heading"], blocks=tuple(blocks)),),
        )
    )
