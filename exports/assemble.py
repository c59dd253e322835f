"""From the content of a report (reporting.reports.freeze) to a document: numbering, order, words around it.

Asks no database. Two forms: the submission form is what Geneva gets; the working form shows the
questions, statuses, who leads, and at its end what is missing.
"""

import datetime
from collections.abc import Iterable, Iterator
from decimal import Decimal
from itertools import count
from typing import Any

from django.conf import settings
from django.template.defaultfilters import filesizeformat
from django.utils import formats, timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.files import kind_name
from exports import abbreviations, two_languages
from exports import document as doc
from exports.labels import labels_for
from reporting.reports import freeze
from reporting.reports.choices import ENDORSED_OR_LATER
from reporting.text import markup


def document_for(
    content: dict[str, Any], *, form: str, generated_at: datetime.datetime, is_final: bool = False
) -> doc.Document:
    """The document of a report, or of the sections that its content holds, in the content's language.

    Only the file of a submission is ``is_final``: everything else in the submission form says on each page that it
    is a draft, or a copy, and when it was made.
    """
    language = content["report"]["language"]
    with translation.override(language):
        if form == doc.SUBMISSION:
            return _Submission(content, generated_at, is_final=is_final).document()
        return _Working(content, generated_at).document()


class _Form:
    """What both forms share: the head data, numbering, and how blocks become blocks."""

    form = doc.SUBMISSION

    def __init__(self, content: dict[str, Any], generated_at: datetime.datetime) -> None:
        self.content, self.report, self.generated_at = content, content["report"], generated_at
        self.paragraph_number: Iterator[int] = count(1)
        self.table_number: Iterator[int] = count(1)
        self.statistics: dict[str, list[doc.Block]] = {}
        self.references: list[doc.LegalReference] = []
        self.links: list[doc.Annex] = []

    def document(self) -> doc.Document:
        sections = tuple(self.sections())
        return doc.Document(
            title=self.report["title"],
            form=self.form,
            language=self.report["language"],
            direction="rtl" if translation.get_language_bidi() else "ltr",
            generated_at=self.generated_at,
            author=self.report["state"]["name"],
            subject=self._instrument_title(),
            cover=self.cover(),
            running_head=self.running_head(),
            foot=self.foot(),
            watermark=self.watermark(),
            abbreviations=tuple(self.abbreviations()),
            sections=sections,
            statistics=tuple(self._statistics()),
            references=tuple(dict.fromkeys(self.references)),  # each once, where it is first cited
            annexes=(*(doc.Annex(each["title"], each["file_name"]) for each in self.content["annexes"]), *self.links),
            missing=self.missing(),
            labels=labels_for(self.report["language"]),
        )

    # -- around the text

    def _instrument_title(self) -> str:
        instrument = self.report["instrument"]
        return instrument["title"] if instrument else self.report["mechanism"]["name"]

    def cover(self) -> doc.Cover:
        state = self.report["state"]
        return doc.Cover(
            over=(self._instrument_title(),),
            under=(state["full_name"] or state["name"],),
            fields=tuple(self.cover_fields()),
        )

    def cover_fields(self) -> Iterator[doc.Field]:
        yield doc.Field(_("Addressee"), self.report["mechanism"]["name"])
        yield from two_languages.cover_fields(self.content)

    def running_head(self) -> str:
        return self.report["title"]

    def foot(self) -> str:
        return ""

    def watermark(self) -> str:
        return ""

    def missing(self) -> tuple[doc.Missing, ...] | None:
        return None

    def abbreviations(self) -> Iterator[doc.Abbreviation]:
        """The short forms that the text itself defines."""
        return iter(
            abbreviations.defined_in(
                markup.plain(paragraph["text"])
                for section in self.content["sections"]
                for answer in section["answers"]
                if self.prints(answer)
                for paragraph in answer["paragraphs"]
            )
        )

    def prints(self, answer: dict[str, Any]) -> bool:
        return bool(answer["is_exported"])

    # -- parts and sections

    def sections(self) -> Iterator[doc.Section]:
        """Parts and sections in order. A section of which nothing stands here still fills the annexes."""
        by_part: dict[str, list[doc.Section]] = {}
        for section in self.content["sections"]:
            made = self.section(section)
            if self.shows(section):
                by_part.setdefault(section["part"], []).append(made)
        for part in self.content["parts"]:
            if part["code"] in by_part:
                yield doc.Section(heading=part["title"], level=1)
                yield from by_part[part["code"]]

    def shows(self, section: dict[str, Any]) -> bool:
        raise NotImplementedError

    def section(self, section: dict[str, Any]) -> doc.Section:
        raise NotImplementedError

    def number_from(self, answer: dict[str, Any]) -> None:
        """Go on with the numbers that the answer has in the whole report, of which this may be a part."""
        if "first_paragraph" in answer:
            self.paragraph_number, self.table_number = count(answer["first_paragraph"]), count(answer["first_table"])

    def blocks(self, section: dict[str, Any], answer: dict[str, Any]) -> Iterator[doc.Block]:
        """Numbered paragraphs and tables of one answer; what belongs to an annex is put aside for it."""
        self.number_from(answer)
        disposition = answer["disposition"]
        if disposition and disposition["prints"]:
            text = doc.Text((doc.Run(disposition["prints"]),))
            yield doc.Paragraph((text,), number=next(self.paragraph_number))
        for paragraph in answer["paragraphs"]:
            yield doc.Paragraph(self._paragraph(paragraph), next(self.paragraph_number))
        for block in answer["blocks"]:
            yield from self._block(section, answer, block)

    def _paragraph(self, paragraph: dict[str, Any]) -> tuple[doc.Text | doc.Bullets, ...]:
        made = _converted(markup.blocks(paragraph["text"]))
        return tuple(two_languages.marked(made, self.content) if paragraph.get("untranslated") else made)

    def _block(self, section: dict[str, Any], answer: dict[str, Any], block: dict[str, Any]) -> Iterator[doc.Block]:
        match block["type"]:
            case "table" if block["place"] == "text":
                yield self._table(answer, block)
            case "table":
                self._aside(section, self._table(answer, block))
            case "references":
                self.references += [_reference(item) for item in block["items"]]
            case "figure":
                self._aside(section, doc.Fields((doc.Field(_name(answer), _figure(block)),)))
            case "date":
                day = formats.date_format(datetime.date.fromisoformat(block["date"]), "DATE_FORMAT")
                value = f"{day}. {block['note']}" if block["note"] else day
                self._aside(section, doc.Fields((doc.Field(_name(answer), value),)))
            case "files":
                self._files(section, block)

    def _files(self, section: dict[str, Any], block: dict[str, Any]) -> None:
        """Links are listed with the annexes; a file is internal, unless it is an annex and stands there already."""
        self.links += [doc.Annex(each["title"], link=each["link"]) for each in block["items"] if _is_link(each)]

    def _table(self, answer: dict[str, Any], block: dict[str, Any]) -> doc.Table:
        """A table; one that the report leaves out has no number."""
        label = _("Table %(number)d") % {"number": next(self.table_number)} if answer["is_exported"] else ""
        return doc.Table(
            caption=block["caption"],
            label=label,
            head=tuple(block["head"]),
            rows=tuple(tuple(_cell(cell) for cell in row) for row in block["rows"]),
            source=block["source"],
            notes=tuple(block["notes"]),
            name=label,
        )

    def _aside(self, section: dict[str, Any], block: doc.Block) -> None:
        self.statistics.setdefault(section["heading"], []).append(block)

    def _statistics(self) -> Iterator[doc.Section]:
        for heading, blocks in self.statistics.items():
            yield doc.Section(heading=heading, level=2, blocks=tuple(blocks))


class _Submission(_Form):
    form = doc.SUBMISSION

    def __init__(self, content: dict[str, Any], generated_at: datetime.datetime, *, is_final: bool) -> None:
        super().__init__(content, generated_at)
        self.is_final = is_final

    def watermark(self) -> str:
        return _("Draft") if not self.is_final and self.report["status"] not in _ENDORSED else ""

    def foot(self) -> str:
        if self.is_final:
            return ""
        at = {"date": _moment(self.generated_at)}
        if self.report["status"] in _ENDORSED:
            return _("Copy of %(date)s. The endorsed files are kept with the submission.") % at
        return " ".join(filter(None, [_("Draft of %(date)s. Not endorsed.") % at, two_languages.remark(self.content)]))

    def shows(self, section: dict[str, Any]) -> bool:
        return freeze.is_printed(section)

    def section(self, section: dict[str, Any]) -> doc.Section:
        blocks = [
            block for answer in section["answers"] if answer["is_exported"] for block in self.blocks(section, answer)
        ]
        return doc.Section(
            heading=section["heading"], level=2, article=", ".join(section["articles"]), blocks=tuple(blocks)
        )


class _Working(_Form):
    form = doc.WORKING

    def shows(self, section: dict[str, Any]) -> bool:
        return True

    def prints(self, answer: dict[str, Any]) -> bool:
        return bool(answer["asked"])

    def watermark(self) -> str:
        return "" if self.report["status"] in _ENDORSED else _("Draft")

    def foot(self) -> str:
        return _("Working form of %(date)s. Not for transmission.") % {"date": _moment(self.generated_at)}

    def cover_fields(self) -> Iterator[doc.Field]:
        report = self.report
        yield doc.Field(_("Addressee"), report["mechanism"]["name"])
        yield doc.Field(_("Kind of report"), report["kind_label"])
        yield doc.Field(_("Status"), report["status_label"])
        if report["due_on"]:
            due = formats.date_format(datetime.date.fromisoformat(report["due_on"]), "DATE_FORMAT")
            yield doc.Field(_("Due on"), due)
        yield doc.Field(_("Coordinating body"), report["coordinating_body"])
        total = freeze.total_words(self.content)
        words = formats.number_format(total)
        if report["word_limit"]:
            words = _("%(words)s of %(limit)s") % {
                "words": words,
                "limit": formats.number_format(report["word_limit"]),
            }
        yield doc.Field(_("Words"), words)
        yield doc.Field(_("Language"), language_name(report["language"]))

    def section(self, section: dict[str, Any]) -> doc.Section:
        responses = tuple(self._response(section, answer) for answer in section["answers"] if answer["asked"])
        due = section["due_on"]
        return doc.Section(
            heading=f"{section['short_code']} {section['heading']}",
            level=2,
            code=section["short_code"],
            article=", ".join(section["articles"]),
            responses=responses,
            status=section["status_label"],
            lead=section["lead"],
            contributors=tuple(section["contributors"]),
            due=formats.date_format(datetime.date.fromisoformat(due), "DATE_FORMAT") if due else "",
            words=section["words"],
            allotment=section["allotment"],
        )

    def _response(self, section: dict[str, Any], answer: dict[str, Any]) -> doc.Response:
        disposition = answer["disposition"]
        return doc.Response(
            number=answer["number"],
            code=answer["code"],
            question=answer["question"],
            status=_("Answered") if answer["is_answered"] else _("Not answered"),
            disposition=disposition["sentence"] if disposition else "",
            choice=answer["choice"],
            blocks=tuple(self._working_blocks(section, answer)),
            missing=_what_is_missing(answer),
            words=answer["words"],
        )

    def _working_blocks(self, section: dict[str, Any], answer: dict[str, Any]) -> Iterator[doc.Block]:
        """Everything stands under its question; what the report leaves out has no number."""
        self.number_from(answer)
        disposition = answer["disposition"]
        if disposition and disposition["prints"] and answer["is_exported"]:
            text = doc.Text((doc.Run(disposition["prints"]),))
            yield doc.Paragraph((text,), number=next(self.paragraph_number))
        for paragraph in answer["paragraphs"]:
            number = next(self.paragraph_number) if answer["is_exported"] else None
            yield doc.Paragraph(self._paragraph(paragraph), number)
        for block in answer["blocks"]:
            if block["type"] == "table":
                yield self._table(answer, block)
            elif block["type"] == "references":
                yield doc.References(tuple(_reference(item) for item in block["items"]))
            else:
                yield from self._put_here(section, answer, block)

    def _files(self, section: dict[str, Any], block: dict[str, Any]) -> None:
        self._aside(section, doc.Fields(tuple(_file(each) for each in block["items"])))

    def _put_here(self, section: dict[str, Any], answer: dict[str, Any], block: dict[str, Any]) -> Iterable[doc.Block]:
        list(self._block(section, answer, block))
        return self.statistics.pop(section["heading"], [])

    def missing(self) -> tuple[doc.Missing, ...]:
        return tuple(
            doc.Missing(section["short_code"], answer["code"], answer["question"], _what_is_missing(answer))
            for section in self.content["sections"]
            for answer in section["answers"]
            if answer["asked"] and _what_is_missing(answer)
        )


_ENDORSED = {str(status) for status in ENDORSED_OR_LATER}


# --- small parts -------------------------------------------------------------------------


def _what_is_missing(answer: dict[str, Any]) -> str:
    if answer["disposition"]:
        return ""
    if not answer["is_answered"]:
        return _("Required, and not answered.") if answer["is_required"] else _("Not answered.")
    if answer["kind"] == "table" and answer["missing"]:
        return ngettext("One cell is empty.", "%(count)d cells are empty.", answer["missing"]) % {
            "count": answer["missing"]
        }
    return ""


def _converted(blocks: Iterable[markup.Block]) -> Iterator[doc.Text | doc.Bullets]:
    """The mark-up of an answer as blocks of the document."""
    for block in blocks:
        if isinstance(block, markup.Text):
            yield doc.Text(tuple(_run(run) for run in block.runs))
        else:
            items = tuple(tuple(_converted(item)) for item in block.items)
            yield doc.Bullets(items, ordered=block.ordered, start=block.start)


def _run(run: markup.Run) -> doc.Run:
    return doc.Run(run.text, run.bold, run.italic, run.link, tuple(_run(each) for each in run.note))


def _cell(cell: dict[str, Any]) -> doc.Cell:
    value: Decimal | str = Decimal(cell["value"]) if cell["is_number"] else cell["value"]
    return doc.Cell(value, cell["mark"])


def _is_link(item: dict[str, Any]) -> bool:
    return bool(item["link"]) and not item["attachment"]


def _file(item: dict[str, Any]) -> doc.Field:
    """A file of the working form's list: name, kind, size, whether it goes out; or a link."""
    if "file_name" not in item:
        return doc.Field(item["title"], item["link"] or "", item["link"])
    said = [item["file_name"], kind_name(item["content_type"]), filesizeformat(item["size"])]
    said.append(_("Annex to the report") if item["is_annex"] else _("Internal"))
    return doc.Field(item["title"], " · ".join([*said, *([item["link"]] if item["link"] else [])]), item["link"])


def _moment(at: datetime.datetime) -> str:
    return formats.date_format(timezone.localtime(at), "DATETIME_FORMAT")


def language_name(code: str) -> str:
    """The name of a language in the language of the moment, where the product knows it."""
    return str(dict(settings.LANGUAGES).get(code, code))


def _reference(item: dict[str, str]) -> doc.LegalReference:
    date = item["date"]
    if len(date) == 10 and date[4] == "-":
        date = formats.date_format(datetime.date.fromisoformat(date), "DATE_FORMAT")
    return doc.LegalReference(item["title"], item["number"], date, item["article"], item["link"])


def _name(answer: dict[str, Any]) -> str:
    return answer["question"].strip().rstrip(".؟?。 ")


def _figure(block: dict[str, Any]) -> str:
    value = " ".join(part for part in (block["value"], block["unit"]) if part)
    if block["year"]:
        value = _("%(value)s (%(year)s)") % {"value": value, "year": block["year"]}
    details = [part for part in (block["source"], block["note"]) if part]
    return ". ".join([value, *details])
