"""PDF files, opened again."""

import re
from dataclasses import replace
from decimal import Decimal

import pytest

from exports.bench import long_report
from exports.document import Abbreviation, Cell, Document, Run, Section, Table, plain, texts
from exports.formats.exceptions import CannotRender
from exports.formats.pdf import render
from exports.formats.pdf.text import REGULAR, Look, Piece, break_lines
from tests.exports.documents import bullets, paragraph, report, request, working
from tests.exports.reading import letters, pdf, pdf_text, squeezed


def simple(*blocks, title="A report"):
    return Document(title, sections=(Section("Article 1: One", blocks=blocks),))


def outline(reader, items=None):
    """Every bookmark with its page, from 1."""
    for item in reader.outline if items is None else items:
        if isinstance(item, list):
            yield from outline(reader, item)
        else:
            yield item.title, reader.get_destination_page_number(item) + 1


@pytest.fixture(scope="module")
def long():
    return long_report(6_000, 6)


def test_every_paragraph_stands_in_the_text_once_and_in_order():
    document = report()

    text = letters(pdf_text(render(document)))

    places = []
    for section in document.sections:
        for block in section.blocks:
            if hasattr(block, "number"):
                first = next(texts(block.content)).runs[0].text.split("\n")[0]
                assert text.count(letters(f"{block.number}.{first}")) == 1
                places.append(text.index(letters(f"{block.number}.{first}")))
    assert places == sorted(places)


def test_a_table_has_its_caption_its_cells_and_its_source():
    text = pdf_text(render(report()))

    assert "Table 1. Agencies licensed, inspected, sanctioned and closed (number of agencies)" in text
    assert "Inspected 0 not available 61 143 188" in text
    assert "Source: Ministry of Labour, register of agencies, 31 December of each year" in text


def test_what_looks_like_mark_up_is_printed_as_typed():
    typed = "a < b & c > d <b>not bold</i> <para> &amp; ]]> <script>alert(1)</script> %s {0}"

    assert typed in pdf_text(render(simple(paragraph(1, typed))))


def test_the_same_document_gives_the_same_bytes():
    assert render(report()) == render(report())


def test_the_date_in_the_file_is_that_of_the_document():
    assert pdf(render(report())).metadata.creation_date_raw == "D:20270318093000+00'00'"


def test_title_language_and_bookmarks_are_set():
    reader = pdf(render(report()))

    assert reader.metadata.title == report().title
    assert reader.trailer["/Root"]["/Lang"] == "en"
    assert reader.trailer["/Root"]["/ViewerPreferences"]["/DisplayDocTitle"] == True  # noqa: E712 a PDF object
    assert [title for title, _ in outline(reader)] == [
        "Abbreviations",
        *(section.heading for section in report().sections),
        "Legal references",
        "List of annexes",
        "Statistical annex",
        "Article 47: Transfer of earnings",
    ]


def test_contents_name_the_page_on_which_each_heading_stands(long):
    reader = pdf(render(long))
    pages = [squeezed(page.extract_text()) for page in reader.pages]
    contents = " ".join(pages[1 : next(number for title, number in outline(reader) if title == "Abbreviations") - 1])

    listed = {}
    for title, page in outline(reader):
        found = re.search(re.escape(title) + r"[ .]+(\d+)\b", contents)
        assert found, title
        listed[title] = int(found.group(1))
        assert letters(title) in letters(pages[page - 1])

    assert listed == dict(outline(reader))


def test_contents_that_take_several_pages_count_them():
    sections = tuple(Section(f"Article {at}: Number {at}", blocks=(paragraph(at, "Text."),)) for at in range(1, 121))

    reader = pdf(render(Document("A report", sections=sections)))

    pages = dict(outline(reader))
    assert pages["Article 1: Number 1"] > 3
    for title in ("Article 1: Number 1", "Article 120: Number 120"):
        listing = squeezed(" ".join(page.extract_text() for page in reader.pages[1 : pages["Article 1: Number 1"] - 1]))
        assert re.search(re.escape(title) + r"[ .]+(\d+)\b", listing).group(1) == str(pages[title])


def test_every_page_but_the_cover_says_which_of_how_many_it_is(long):
    pages = pdf(render(long)).pages

    assert "Page 1 of" not in pages[0].extract_text()
    for number, page in enumerate(pages[1:], start=2):
        assert f"Page {number} of {len(pages)}" in page.extract_text()


def test_all_fonts_are_ours_and_embedded():
    fonts = set()
    for page in pdf(render(working())).pages:
        for font in page["/Resources"]["/Font"].values():
            font = font.get_object()
            fonts.add(font["/BaseFont"].split("+")[-1])
            assert "/FontFile2" in font["/DescendantFonts"][0]["/FontDescriptor"]
            assert "/ToUnicode" in font

    assert fonts == {"ServandaSans-Regular", "ServandaSans-Bold", "ServandaSans-Italic"}


def test_a_footnote_stands_on_the_page_of_its_mark():
    blocks = [
        paragraph(at, "word " * 90, f"mark{at}", Run("", note=(Run(f"note{at} " + "small " * 20),)), " end. " * 30)
        for at in range(1, 40)
    ]

    pages = [page.extract_text() for page in pdf(render(simple(*blocks))).pages]

    for at in range(1, 40):
        marks = [number for number, page in enumerate(pages) if re.search(rf"mark{at}\D*{at}\b", page)]
        notes = [number for number, page in enumerate(pages) if re.search(rf"note{at}\b", page)]
        assert marks == notes, at
        assert len(notes) == 1


def test_a_footnote_longer_than_a_page_is_printed_whole():
    long_note = " ".join(f"w{at}" for at in range(2_000))

    text = pdf_text(render(simple(paragraph(1, "Text", Run("", note=(Run(long_note),))))))

    assert [f"w{at}" for at in range(2_000) if f"w{at}" not in set(text.split())] == []


def test_a_paragraph_over_several_pages_loses_nothing():
    words = [f"w{at}" for at in range(3_000)]

    text = pdf_text(render(simple(paragraph(1, " ".join(words)))))

    assert [word for word in words if word not in set(text.split())] == []


def test_a_table_over_several_pages_repeats_its_head():
    rows = tuple((Cell(f"Group {at}"), Cell(Decimal(at))) for at in range(200))

    pages = [page.extract_text() for page in pdf(render(simple(Table("Long", ("Groups", "2024"), rows)))).pages]

    with_rows = [page for page in pages if "Group 1" in page]
    assert len(with_rows) > 3
    assert all("Groups" in page and "2024" in page for page in with_rows)


def test_a_cell_higher_than_a_page_is_printed_whole():
    words = [f"w{at}" for at in range(2_500)]
    table = Table("Wide", ("Name", "Text"), ((Cell("One"), Cell(" ".join(words))),))

    text = pdf_text(render(simple(table)))

    assert [word for word in words if word not in set(text.split())] == []


def test_a_table_with_many_columns_stays_within_the_page():
    heads = tuple(f"Column number {at}" for at in range(16))
    table = Table("Wide", heads, ((*(Cell(Decimal(123456)) for _ in heads),),))

    assert pdf_text(render(simple(table))).count("123,456") == 16


def test_a_word_wider_than_the_page_is_broken():
    address = "https://laws.arcadia.example/" + "very-long-part/" * 30

    assert letters(address) in letters(pdf_text(render(simple(paragraph(1, address)))))


def test_lines_keep_within_their_room():
    pieces = [Piece("supercalifragilistic " * 9 + "x" * 300, Look(REGULAR, 10))]

    lines = break_lines(pieces, 120)

    assert all(line.width <= 120.01 for line in lines)
    assert all(
        abs(sum(shaped.width * look.size for shaped, look, _ in line.bits) - line.width) < 0.01 for line in lines
    )


def test_lists_keep_their_marks_and_levels():
    text = pdf_text(render(simple(paragraph(1, "It forbids:", bullets("fees", "debts", ordered=True, start=3)))))

    assert "1. It forbids: 3. fees 4. debts" in text


def test_a_paragraph_that_begins_with_a_list_has_its_number():
    assert "7. • fees" in pdf_text(render(simple(paragraph(7, bullets("fees")))))


def test_links_can_be_followed():
    uris = [
        annotation.get_object()["/A"]["/URI"]
        for page in pdf(render(report())).pages
        for annotation in page.get("/Annots", ())
        if "/URI" in annotation.get_object().get("/A", {})
    ]

    assert uris == ["https://register.arcadia.example/agencies"]


def test_the_submission_form_shows_nothing_of_the_work():
    document = working()
    clean = replace(report(), sections=tuple(replace(section, responses=()) for section in document.sections))

    text = pdf_text(render(clean))

    for word in ("In review", "Ministry of Justice", "612", "Draft", "Lead"):
        assert word not in text


def test_the_working_form_shows_questions_statuses_leads_and_what_is_missing():
    text = pdf_text(render(working()))

    assert "In review · Lead: Ministry of Labour · With: Ministry of Justice · Due: 2 December 2026" in text
    assert "Words: 612 of 700" in text
    assert "1. Who may recruit for work abroad, and under what supervision? CMWP-F2.1 · Answered 148. Recruit" in text
    assert "No data: the census is not finished; expected in June 2027." in text
    assert "What is missing Section Code Question What is missing F2 CMWP-F2.2 Agencies licensed" in text
    assert "44a" in text
    assert "not entered" in text


def test_every_page_of_the_working_form_is_marked_and_dated():
    for page in pdf(render(working())).pages:
        text = page.extract_text()
        assert "Draft" in text
        assert "Working form, 24 November 2026" in text


def test_a_request_is_a_letter_without_cover_and_contents():
    reader = pdf(render(request()))

    assert len(reader.pages) <= 2
    text = squeezed(reader.pages[0].extract_text())
    assert "Request for technical cooperation: inspection of recruitment agencies" in text
    assert "Contents" not in text
    assert "Training 40,000 25,000" in text


def test_a_script_that_no_face_draws_is_refused_with_a_sentence_that_helps():
    with pytest.raises(CannotRender, match="A PDF in Hebrew is not available yet; take the Word or Excel") as error:
        render(simple(paragraph(1, "The word עובד.")))

    assert error.value.script == "Hebrew"


def test_greek_cyrillic_and_accents_are_drawn():
    sentence = "Ελλάδα, Россия, Україна, Łódź, İstanbul, Việt Nam, œuvre: “quoted” – 5 € … №"

    assert sentence in pdf_text(render(simple(paragraph(1, sentence))))


def test_an_empty_report_is_still_a_file():
    assert len(pdf(render(Document("A report"))).pages) == 1


def test_headings_that_leap_a_level_are_drawn():
    document = Document("A", abbreviations=(Abbreviation("A", "B"),), sections=(Section("Deep", level=3),))

    assert "Deep" in pdf_text(render(document))


def test_nothing_of_the_text_is_lost_in_a_long_report(long):
    text = letters(pdf_text(render(long)))

    for section in long.sections:
        for block in section.blocks:
            if hasattr(block, "content"):
                words = plain(block.content).split("\n")[0].split()
                assert letters(" ".join(words[:4])) in text


def test_the_heading_of_a_part_stands_on_the_page_on_which_its_first_section_begins():
    apart = []
    for lines in range(20, 60):
        filler = tuple(paragraph(number, "One line.") for number in range(1, lines))
        document = Document(
            "Report",
            sections=(
                Section("First section", blocks=filler),
                Section("Part of interest", level=1),
                Section("Section of interest", blocks=(paragraph(lines, "Its text."),)),
            ),
        )
        pages = [page.extract_text() for page in pdf(render(document)).pages][2:]
        together = [[words in text for words in ("Part of", "Section of", "Its text.")] for text in pages]
        apart += [lines for found in together if len(set(found)) != 1]

    assert apart == []
