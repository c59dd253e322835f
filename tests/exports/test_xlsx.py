"""Workbooks, opened again."""

from dataclasses import replace
from decimal import Decimal

import pytest

from exports.document import Cell, Column, Document, Listing, Section, Table, plain
from exports.formats.xlsx import render, render_listing
from tests.exports.documents import AGENCIES, arabic, paragraph, report, request, requests, working
from tests.exports.reading import book, rows


def every_cell(data):
    for sheet in book(data):
        for row in sheet.iter_rows():
            yield from row


def test_the_submission_form_has_answers_tables_and_references():
    assert book(render(report())).sheetnames == [
        "Answers", "Abbreviations", "Agencies", "Remittances", "Legal references", "Data dictionary",
    ]  # fmt: skip


def test_answers_hold_heading_article_number_and_text():
    document = report()

    answers = rows(render(document), "Answers")

    assert answers[0] == ("Heading", "Article", "Paragraph", "Text")
    assert answers[1:] == [
        (section.heading, section.article or None, block.number, plain(block.content))
        for section in document.sections
        for block in section.blocks
        if hasattr(block, "number")
    ]


def test_cells_of_a_table_have_types():
    data = render(report())

    table = rows(data, "Agencies")

    assert table[0] == ("Agencies", "2021", "2022", "2023", "2024", "2025", "Note")
    assert table[2][:6] == ("Inspected", 0, "not available", 61, 143, 188)
    assert table[3] == ("Sanctioned", "not applicable", 9, 12, None, 44, "2025: a")
    assert table[5][0] == "Table 1. Agencies licensed, inspected, sanctioned and closed"
    assert [row[0] for row in table[6:9]] == [
        "Unit: number of agencies",
        "Source: Ministry of Labour, register of agencies, 31 December of each year",
        "a  Of these, 27 licences were withdrawn.",
    ]


def test_the_working_form_has_cover_questions_statuses_and_requests():
    data = render(working())

    assert book(data).sheetnames == [
        "Cover", "Answers", "Abbreviations", "Agencies", "Remittances", "Legal references", "What is missing",
        "Requests", "Data dictionary",
    ]  # fmt: skip
    answers = rows(data, "Answers")
    assert answers[0] == (
        "Section", "Heading", "Article", "Code", "Question", "Status", "Disposition", "Paragraph", "Text",
        "Open checks", "Words", "Lead",
    )  # fmt: skip
    first = answers[1]
    assert (first[0], first[3], first[5], first[7], first[10], first[11]) == (
        "F2", "CMWP-F2.1", "Answered", 148, 16, "Ministry of Labour",
    )  # fmt: skip
    assert [row[10] for row in answers[1:3]] == [16, None]
    assert answers[-1][6].startswith("No data")


def test_every_sheet_of_a_list_has_a_frozen_head_and_filters():
    for sheet in book(render(working())):
        assert sheet.freeze_panes in ("A2", "B2")
        assert sheet.auto_filter.ref.startswith("A1:")
        assert sheet.merged_cells.ranges == set()
        assert all(dimension.width > 5 for dimension in sheet.column_dimensions.values())


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "#REF!", '=HYPERLINK("x","y")'])
def test_nothing_is_a_formula(text):
    document = Document(
        text,
        sections=(Section(text, article=text, blocks=(paragraph(1, text), Table(text, (text,), ((Cell(text),),)))),),
    )

    data = render(document)

    assert {cell.data_type for cell in every_cell(data)} <= {"s", "n"}
    answer = book(data)["Answers"]["D2"]
    assert answer.value == text
    assert answer.quotePrefix


def test_control_characters_go():
    data = render(Document("A", sections=(Section("B\x01", blocks=(paragraph(1, "a\x00b\x1fc\ud800"),)),)))

    assert rows(data, "Answers")[1] == ("B", None, 1, "abc")


def test_a_text_longer_than_a_cell_goes_on_in_the_next_row():
    words = " ".join(f"w{at}" for at in range(12_000))

    data = render(Document("A", sections=(Section("B", blocks=(paragraph(1, words),)),)))

    found = rows(data, "Answers")[1:]
    assert len(found) > 1
    assert "".join(row[3] for row in found) == words
    assert all(row[:3] == ("B", None, 1) for row in found)


def test_names_of_sheets_are_short_allowed_and_unlike():
    names = ["Answers", "A/B: [C]*?", "x" * 40, "x" * 40, "X" * 31, "'quoted'", "", "History"]
    blocks = tuple(replace(AGENCIES, name=name, label="") for name in names)

    sheets = book(render(Document("A", sections=(Section("B", blocks=blocks),)))).sheetnames

    assert len({name.casefold() for name in sheets}) == len(names) + 2
    assert all(0 < len(name) <= 31 and not set(name) & set("\\/*?:[]") for name in sheets)


def test_arabic_sheets_run_from_the_right():
    data = render(arabic())

    assert all(sheet.sheet_view.rightToLeft for sheet in book(data))
    assert rows(data, "الإجابات")[1][3].startswith("دخل القانون")


def test_the_same_document_gives_the_same_bytes():
    assert render(working()) == render(working())
    assert render_listing(requests()) == render_listing(requests())


def test_the_date_in_the_file_is_that_of_the_document():
    properties = book(render(report())).properties

    assert properties.created.isoformat() == properties.modified.isoformat() == "2027-03-18T09:30:00"


def test_a_list_keeps_numbers_and_empty_cells():
    assert rows(render_listing(requests()), "Requests") == [
        ("Title", "Status", "Amount asked", "Note"),
        ("Inspection of agencies", "Submitted", 85500, '=HYPERLINK("x")'),
        ("Pre-departure information", "Draft", None, "+41 22 000"),
    ]


def test_an_empty_list_is_still_a_file():
    data = render_listing(Listing("Requests", (Column("Title"),), ()))

    assert rows(data, "Requests") == [("Title",)]


def test_a_request_has_its_fields_and_tables():
    data = render(request())

    assert rows(data, "Table")[1] == ("Training", 40000, 25000)
    assert rows(data, "Text")[0] == ("Heading", "Text")


def test_a_request_without_a_line_at_its_foot_has_its_fields_too():
    data = render(replace(request(), foot=""))

    named = dict(row[:2] for row in rows(data, "Cover"))
    assert all(named[field.name] == field.value for field in request().cover.fields)


def test_decimals_are_exact_enough_to_be_read_back():
    table = Table("A", ("B", "2024"), ((Cell("x"), Cell(Decimal("3.5"))),), name="T")

    assert rows(render(Document("A", sections=(Section("B", blocks=(table,)),))), "T")[1] == ("x", 3.5)


def test_open_checks_stand_with_each_answer_and_say_when_its_section_is_too_long():
    document = working()
    long = replace(document, sections=tuple(replace(each, allotment=600) for each in document.sections))

    found = [[row[9] for row in rows(render(each), "Answers")[1:]] for each in (document, long)]

    over = "The section has 612 of 600 words."
    assert found[0] == [None, None, "One cell is empty.", *[None] * 5]
    assert found[1] == [over, None, f"One cell is empty. {over}", over, None, None, None, over]


def test_every_column_of_every_sheet_stands_in_the_data_dictionary():
    data = render(replace(working(), listings=()))

    told = rows(data, "Data dictionary")
    wanted = [
        (sheet.title, cell.value) for sheet in book(data) if sheet.title != "Data dictionary" for cell in sheet[1]
    ]
    assert told[0] == ("Sheet", "Column", "Meaning", "Allowed values")
    assert [row[:2] for row in told[1:]] == [each for each in wanted if each[1]]
    assert all(meaning and allowed for _, _, meaning, allowed in told[1:])
    assert ("Answers", "Status", "How far the answer is", "Answered; Incomplete; Not answered") in told


def test_a_statistical_series_has_its_chart_with_its_figures_on_the_same_sheet():
    data = render(report())

    sheet = book(data)["Agencies"]
    (chart,) = sheet._charts
    assert [series.tx.v for series in chart.series] == ["Licensed at year end", "Inspected", "Sanctioned"]
    assert [series.val.numRef.f for series in chart.series] == [f"'Agencies'!$B${at}:$F${at}" for at in (12, 13, 14)]
    assert {series.cat.numRef.f for series in chart.series} == {"'Agencies'!$B$11:$F$11"}
    figures = [[cell.value for cell in row] for row in sheet["A11:F14"]]
    assert figures[0] == ["Figures of the chart", "2021", "2022", "2023", "2024", "2025"]
    assert figures[2] == ["Inspected", 0, None, 61, 143, 188]  # words such as "not available" are not drawn as zero
    assert book(data)["Remittances"]._charts == []
