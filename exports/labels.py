"""The words that the formats add, in the language of the document."""

from django.utils import formats, translation
from django.utils.translation import gettext as _

from exports.document import Labels


def labels_for(language: str) -> Labels:
    with translation.override(language):
        return Labels(
            contents=_("Contents"),
            abbreviations=_("Abbreviations"),
            statistics=_("Statistical annex"),
            references=_("Legal references"),
            annexes=_("List of annexes"),
            missing=_("What is missing"),
            nothing_missing=_("Nothing is missing."),
            page=_("Page {page} of {pages}"),
            source=_("Source: {source}"),
            note=_("Note: {note}"),
            unit=_("Unit: {unit}"),
            caption=_("{label}. {caption}"),
            lead=_("Lead: {lead}"),
            contributors=_("With: {bodies}"),
            due=_("Due: {date}"),
            words=_("Words: {words}"),
            words_of=_("Words: {words} of {allotment}"),
            not_entered=_("not entered"),
            cited_article=_("article {article}"),
            cited_articles=_("articles {article}"),
            cover=_("Cover"),
            answers=_("Answers"),
            abbreviation=_("Abbreviation"),
            meaning=_("Meaning"),
            table=_("Table"),
            section=_("Section"),
            heading=_("Heading"),
            article=_("Article"),
            question=_("Question"),
            question_code=_("Code"),
            status=_("Status"),
            disposition=_("Disposition"),
            paragraph=_("Paragraph"),
            text=_("Text"),
            words_column=_("Words"),
            lead_column=_("Lead"),
            title=_("Title"),
            number=_("Number"),
            date=_("Date"),
            link=_("Link"),
            file=_("File"),
            thousands=formats.get_format("THOUSAND_SEPARATOR"),
            decimal=formats.get_format("DECIMAL_SEPARATOR"),
        )
