"""What a table computes stands in every format as on the page, and counts where the table stands in the text."""

import datetime
import io

import pytest

from exports.assemble import document_for
from exports.document import WORKING, words
from exports.registry import FORMATS
from reporting.questionnaires.kinds import KINDS
from reporting.questionnaires.kinds.layout import table_definition
from reporting.reports import freeze
from reporting.reports.freeze_tables import caption_of, printed_table, table_words
from tests.exports.reading import book, letters, pdf_text, word
from tests.exports.test_assemble import answer, content_of, section

AT = datetime.datetime(2026, 11, 24, tzinfo=datetime.UTC)
DEFINITION = table_definition(
    {"measures": [{"name": "Complaints", "unit": "cases"}], "rows": {"fixed": ["courts", "police"]}, "years": 2}
)
CONTENT = {
    "cells": {"f1/m1/2024": "1250", "f2/m1/2024": "30", "f1/m1/2025": "1100", "f2/m1/2025": "20"},
    "notes": {"f1/m1/2024": "Provisional."},
    "place": "text",
}


def document(place: str):
    (block,) = KINDS["table"].blocks({**CONTENT, "place": place}, DEFINITION, [2024, 2025])
    table = printed_table(block, caption_of("Complaints", ""))
    asked = {**answer("A1-Q1", blocks=[table]), "kind": "table"}
    asked["words"] = table_words(table) if place == "text" else 0
    printed = section("A1", "I", "Article 7", asked, words=asked["words"] + 2 if place == "text" else 0)
    return content_of(printed)


@pytest.mark.parametrize("place", ["text", "annex"])
def test_the_words_of_computed_totals_are_counted_as_the_document_counts_them(place: str) -> None:
    content = document(place)

    made = document_for(content, form="submission", generated_at=AT)

    assert words(made) == freeze.total_words(content)


@pytest.mark.parametrize("format", ["pdf", "docx"])
def test_total_change_and_note_are_read_again_from_the_text_formats(format: str) -> None:
    data = FORMATS[format].render(document_for(document("annex"), form=WORKING, generated_at=AT))

    if format == "pdf":
        text = letters(pdf_text(data))
    else:
        text = letters(" ".join(cell.text for table in word(data).tables for row in table.rows for cell in row.cells))

    assert "Change" in text
    assert "Totaloftherows" in text
    assert "1,280" in text.replace("\u202f", ",")
    assert "160" in text


def test_total_and_change_are_numbers_in_the_workbook() -> None:
    data = FORMATS["xlsx"].render(document_for(document("annex"), form=WORKING, generated_at=AT))

    lines = [tuple(row) for sheet in book(data).worksheets for row in sheet.iter_rows(values_only=True)]
    (total,) = [row for row in lines if row[0] == "Total of the rows"]

    assert [each for each in total if isinstance(each, int | float)] == [1280, 1120, -160]
    assert io.BytesIO(data).read(2) == b"PK"
