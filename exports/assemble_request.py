"""From the content of a request (reporting.assistance.freeze) to a document: a letter. Asks no database."""

import datetime
import json
from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.utils import formats, timezone, translation
from django.utils.translation import gettext as _

from exports import document as doc
from exports.labels import labels_for
from reporting.assistance.choices import Kind
from reporting.assistance.freeze import SCHEMA, name_here


def document_for_request(content: dict[str, Any], *, language: str, generated_at: datetime.datetime) -> doc.Document:
    """The letter of one request, its headings in ``language``; it holds what its content's reader may see."""
    with translation.override(language):
        return doc.Document(
            title=content["title"],
            form=doc.SUBMISSION,
            shape=doc.LETTER,
            language=language,
            direction="rtl" if translation.get_language_bidi() else "ltr",
            generated_at=generated_at,
            author=content["state"]["name"],
            subject=_("Request for technical cooperation %(reference)s") % {"reference": content["reference"]}
            if content["reference"]
            else _("Request for technical cooperation"),
            cover=doc.Cover(
                over=(_("Request for technical cooperation"),),
                under=(content["state"]["full_name"] or content["state"]["name"],),
                fields=tuple(_head(content)),
            ),
            running_head=" · ".join(filter(None, (content["reference"], content["title"]))),
            watermark=_("Draft") if content["is_draft"] else "",
            sections=tuple(_sections(content)),
            labels=labels_for(language),
        )


def _head(content: dict[str, Any]) -> Iterator[doc.Field]:
    if content["reference"]:
        yield doc.Field(_("Reference"), content["reference"])
    if content["submitted_at"]:
        yield doc.Field(_("Submitted on"), _day(content["submitted_at"][:10]))
    yield doc.Field(
        _("Provisions"), "; ".join(f"{row['instrument']} {row['article']}" for row in content["provisions"])
    )
    yield doc.Field(_("Themes"), "; ".join(name_here(row, "title") for row in content["themes"]))
    yield doc.Field(_("Kind of assistance"), "; ".join(str(Kind(code).label) for code in content["kinds"]))
    yield doc.Field(_("Needed by"), _day(content["needed_by_on"]))
    yield doc.Field(_("Responsible body"), content["responsible"])
    counterpart = content["counterpart"]
    parts = (counterpart[name] for name in ("name", "unit", "email", "phone"))
    yield doc.Field(_("Counterpart"), ", ".join(part for part in parts if part))
    language = dict(settings.LANGUAGES).get(content["language"], content["language"])
    yield doc.Field(_("Language"), str(language))
    yield doc.Field(_("Agencies addressed"), ", ".join(row["code"] for row in content["agencies"]))
    for name, day in (
        (_("Resident Coordinator informed on"), content["resident_coordinator_informed_on"]),
        (_("Workers' and employers' organizations consulted on"), content["social_partners_consulted_on"]),
    ):
        if day:
            yield doc.Field(name, _day(day))
    if content["targets"]:
        yield doc.Field(_("Sustainable Development Goals, targets"), ", ".join(content["targets"]))
    if content["security_forces"]:
        yield doc.Field(_("Security forces"), _("Police, border, prison or armed forces take part."))
    authorisation = content["authorisation"]
    if authorisation:
        said = (authorisation["office"], _day(authorisation["on"]), authorisation["reference"])
        yield doc.Field(_("Authorised by"), ", ".join(part for part in said if part))
    elif content["is_enquiry"]:
        yield doc.Field(_("Authorised by"), _("Enquiry: sent without an authorisation"))


def _sections(content: dict[str, Any]) -> Iterator[doc.Section]:
    for heading, name in (
        (_("Need"), "need"),
        (_("What is in place"), "in_place"),
        (_("What is missing"), "missing"),
        (_("Why now"), "why_now"),
        (_("Tried before"), "tried_before"),
        (_("Recommendations"), "recommendations"),
        (_("Link to plans"), "plan_link"),
    ):
        said = content[name]
        text = said if isinstance(said, str) else "\n\n".join(said)  # each recommendation a paragraph
        if text.strip():
            yield doc.Section(heading=heading, level=2, blocks=tuple(_paragraphs(text)))
    if content["positions"]:
        rows = tuple(
            tuple(doc.Cell(text) for text in (row["agency"], row["status_label"], _day(str(row["since"])[:10])))
            for row in content["positions"]
        )
        table = doc.Table(
            caption=_("Where each agency stands"),
            head=(_("Agency"), _("Position"), _("Since")),
            rows=rows,
            name=_("Positions"),
        )
        yield doc.Section(heading=_("Agencies"), level=2, blocks=(table,))


def _paragraphs(text: str) -> Iterator[doc.Block]:
    for part in text.split("\n\n"):
        if part.strip():
            yield doc.Paragraph((doc.Text((doc.Run(part.strip()),)),))


def _day(iso: str) -> str:
    try:
        return formats.date_format(datetime.date.fromisoformat(iso), "DATE_FORMAT")
    except ValueError:
        return ""


def plain_request(content: dict[str, Any]) -> bytes:
    """The content of a request as JSON, every field of it: UTF-8, keys in order, no blanks."""
    said = {"schema": "servanda.request", "number": SCHEMA, "request": content}
    return json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def listing_of_requests(
    rows: list[dict[str, str]], *, filters: list[tuple[str, str]], language: str, generated_at: datetime.datetime
) -> doc.Listing:
    """A list of requests as one sheet; each row maps the names below to text, the cover names the filters."""
    with translation.override(language):
        made = formats.date_format(timezone.localtime(generated_at), "DATETIME_FORMAT")
        cover = (
            doc.Field(_("Made on"), made),
            doc.Field(_("Requests"), str(len(rows))),
            *(doc.Field(name, value) for name, value in filters),
        )
        columns = (
            doc.Column(_("Reference"), 16),
            doc.Column(_("State party"), 18),
            doc.Column(_("Title"), 60),
            doc.Column(_("Status"), 24),
            doc.Column(_("Kind of assistance"), 36),
            doc.Column(_("Provisions"), 30),
            doc.Column(_("Needed by"), 18),
            doc.Column(_("Agencies addressed"), 28),
        )
        names = ("reference", "state", "title", "status", "kinds", "provisions", "needed_by", "agencies")
        return doc.Listing(
            title=_("Requests"),
            columns=columns,
            rows=tuple(tuple(row[name] for name in names) for row in rows),
            cover=cover if filters else (*cover, doc.Field(_("Filters"), _("none"))),
            cover_name=_("Cover"),
            language=language,
            direction="rtl" if translation.get_language_bidi() else "ltr",
            generated_at=generated_at,
        )
