"""What the document says about itself: words, plain text, figures."""

from dataclasses import replace
from decimal import Decimal

import pytest

from exports.document import (
    Bullets,
    Cell,
    Labels,
    Paragraph,
    Run,
    Section,
    Table,
    Text,
    block_words,
    figure,
    is_numeric,
    legal_references,
    plain,
    section_words,
    tables,
    words,
)
from reporting.text.words import count
from tests.exports.documents import AGENCIES, REMITTANCES, bullets, paragraph, report, working


def test_words_run_from_the_title_to_the_last_paragraph():
    document = report()

    total = count(document.title) + sum(section_words(section) for section in document.sections)

    assert words(document) == total


def test_cover_abbreviations_and_annexes_do_not_count():
    document = report()

    bare = replace(document, cover=type(document.cover)(), abbreviations=(), annexes=(), references=(), statistics=())

    assert words(document) == words(bare)


def test_words_are_those_of_a_text_written_out_by_hand():
    section = Section(
        "Article 66: Recruitment",  # 3
        blocks=(
            paragraph(1, "No fee may be charged.", Run("", note=(Run("Section 9."),))),  # 5 + 2
            paragraph(2, "Half", Run("bold", bold=True), " words:", bullets("one", "two three")),  # 2 + 3
            Table("Fees by year", ("Year", "2024"), ((Cell("Fees"), Cell(Decimal("1250"))),), source="Bank"),  # 3+2+2+1
        ),
    )

    assert section_words(section) == 3 + 7 + 5 + 8


def test_a_han_character_counts_one_word():
    assert block_words(paragraph(1, "移徙工人 law")) == 5


def test_the_working_form_counts_answers_and_headings_but_no_questions():
    section = working().sections[1]

    assert section_words(section) == count(section.heading) + sum(
        block_words(block) for response in section.responses for block in response.blocks
    )


def test_plain_text_has_a_line_per_item_and_notes_at_its_end():
    content = (
        Text((Run("It forbids"), Run("", note=(Run("Act 12"),)), Run(":"))),
        Bullets(((Text((Run("fees"),)), bullets("all", ordered=True)), (Text((Run("debts"),)),))),
    )

    assert plain(content) == "It forbids¹:\n• fees\n  1. all\n• debts\n¹ Act 12"


@pytest.mark.parametrize(
    ("value", "shown"), [("1250", "1,250"), ("-3.50", "\u22123.50"), ("0", "0"), ("1E+3", "1,000"), ("999", "999")]
)
def test_figures_have_the_separators_of_the_language(value, shown):
    assert figure(Decimal(value), Labels()) == shown


def test_figures_in_french_have_a_comma():
    assert figure(Decimal("21200.5"), Labels(thousands="\u00a0", decimal=",")) == "21\u00a0200,5"


def test_a_column_under_a_year_holds_figures_also_when_none_is_known():
    table = Table("", ("Group", "2024", "Remarks"), ((Cell("All"), Cell("not available"), Cell("-")),))

    assert [is_numeric(table, column) for column in range(3)] == [False, True, False]


def test_tables_come_in_order_those_of_the_annex_last():
    assert list(tables(report())) == [AGENCIES, REMITTANCES]


def test_each_legal_reference_is_listed_once():
    document = working()

    assert len(list(legal_references(document))) == 2


def test_documents_are_equal_by_value():
    assert report() == report()
    assert Paragraph((Text((Run("a"),)),), 1) != Paragraph((Text((Run("a"),)),), 2)
