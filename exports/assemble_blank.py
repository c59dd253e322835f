"""A questionnaire, or one section of it, to print or to fill in by hand or in Word: nothing is answered in it."""

import datetime
from collections.abc import Iterator

from django.utils import translation
from django.utils.translation import gettext as _

from exports import document as doc
from exports.labels import labels_for
from reporting.questionnaires.presenters import Edition, QuestionLine, SectionLine, TableSketch

LINES = 3  # empty ones under a question
EMPTY_ROWS = 4  # of a table whose rows are added by whoever fills it in


def document_for_blank(
    edition: Edition, *, section: str, language: str, generated_at: datetime.datetime
) -> doc.Document | None:
    """``section`` is a short code, empty for all of it; None where there is no such section."""
    with translation.override(language):
        sections = tuple(_sections(edition, section))
        if not sections:
            return None
        title = edition.title.text
        return doc.Document(
            title=title,
            form=doc.WORKING,
            language=language,
            direction="rtl" if translation.get_language_bidi() else "ltr",
            generated_at=generated_at,
            author="Servanda",
            subject=title,
            cover=doc.Cover(fields=(doc.Field(_("Edition"), edition.questionnaire.edition),)),
            running_head=title,
            sections=sections,
            labels=labels_for(language),
        )


def _sections(edition: Edition, wanted: str) -> Iterator[doc.Section]:
    for part in edition.parts:
        found = [each for each in part.sections if not wanted or each.code.casefold() == wanted.casefold()]
        if found:
            yield doc.Section(heading=part.title.text, level=1)
        for each in found:
            yield doc.Section(
                heading=f"{each.code} {each.title.text}",
                level=2,
                code=each.code,
                article=each.articles,
                blocks=tuple(_guidance(each)),
                responses=tuple(_response(question) for question in each.questions),
            )


def _guidance(section: SectionLine) -> Iterator[doc.Block]:
    for point in section.guidance.text or []:
        yield _paragraph(doc.Run(point["text"], italic=True))


def _response(question: QuestionLine) -> doc.Response:
    empty = (_paragraph(doc.Run("…" * 40)) for _line in range(LINES))
    blocks = tuple(_tables(question.table) if question.table else empty)
    return doc.Response(
        number=question.number,
        code=question.code,
        question=question.text.text,
        status=" · ".join([question.kind, *question.remarks]),
        blocks=blocks,
    )


def _tables(sketch: TableSketch) -> Iterator[doc.Block]:
    """One empty table for each thing that is counted; the last full years as columns."""
    years = [_("Year") + " …" for _year in range(sketch.years)]
    rows = sketch.rows or [f"{sketch.open_row} …"] * EMPTY_ROWS
    for measure in sketch.measures:
        yield doc.Table(
            caption=measure["name"],
            head=("", *years),
            rows=tuple((doc.Cell(row), *(doc.Cell("…") for _year in years)) for row in rows),
            unit=str(measure["unit"]),
        )
    if sketch.breakdowns:
        yield _paragraph(doc.Run(_("Also by: %(names)s") % {"names": "; ".join(sketch.breakdowns)}))


def _paragraph(*runs: doc.Run) -> doc.Paragraph:
    return doc.Paragraph((doc.Text(runs),))
