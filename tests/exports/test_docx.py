"""Word files, opened again."""

from io import BytesIO
from zipfile import ZipFile

from docx.oxml.ns import qn
from lxml import etree

from exports.document import Document, Paragraph, Run, Section
from exports.formats.docx import render
from tests.exports.documents import arabic, bullets, paragraph, report, request, working
from tests.exports.reading import word, word_notes, word_paragraphs


def xml(data, part="word/document.xml"):
    with ZipFile(BytesIO(data)) as archive:
        return etree.fromstring(archive.read(part))


def starts(data):
    """The first number of each numbering, by its number."""
    root = xml(data, "word/numbering.xml")
    found = {}
    for num in root.findall(qn("w:num")):
        start = num.find(f"{qn('w:lvlOverride')}/{qn('w:startOverride')}")
        found[num.get(qn("w:numId"))] = None if start is None else int(start.get(qn("w:val")))
    return found


def numbers(data):
    """The number that Word will give to each numbered paragraph, with its text."""
    first, running = starts(data), {}
    for each in word(data).paragraphs:
        if each.style.name != "Numbered Paragraph":
            continue
        num = each._p.pPr.numPr.numId.val
        running[num] = running.get(num, first[str(num)] - 1) + 1
        yield running[num], each.text


def test_headings_are_real_and_in_order():
    data = render(report())

    headings = [(p.style.name, p.text) for p in word(data).paragraphs if p.style.name.startswith("Heading")]

    assert headings == [
        ("Heading 1", "Abbreviations"),
        *((f"Heading {section.level}", section.heading) for section in report().sections),
        ("Heading 1", "Legal references"),
        ("Heading 1", "List of annexes"),
        ("Heading 1", "Statistical annex"),
        ("Heading 2", "Article 47: Transfer of earnings"),
    ]


def test_numbered_paragraphs_run_on():
    assert [number for number, _ in numbers(render(report()))] == [1, 2, 3, 4, 5, 6]


def test_numbers_are_those_of_the_document_also_where_they_leap():
    blocks = (
        paragraph(148, "One."),
        paragraph(149, "Two."),
        paragraph(None, "Not numbered."),
        paragraph(200, "Three."),
    )

    data = render(Document("A", sections=(Section("B", blocks=blocks),)))

    assert list(numbers(data)) == [(148, "One."), (149, "Two."), (200, "Three.")]


def test_footnotes_are_real():
    assert word_notes(render(report())) == [
        "Minutes of 4 June 2026, unpublished.",
        "English, French, Greek (Ελληνικά), Russian (Русский) and Spanish.",
    ]


def test_each_mark_refers_to_its_footnote():
    references = xml(render(report())).iter(qn("w:footnoteReference"))

    assert [reference.get(qn("w:id")) for reference in references] == ["1", "2"]


def test_tables_have_a_head_that_repeats_and_their_source_under_them():
    data = render(report())

    table = word(data).tables[0]

    assert [cell.text for cell in table.rows[2].cells] == ["Inspected", "0", "not available", "61", "143", "188"]
    assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
    assert word_paragraphs(data, "Source")[0].startswith("Source: Ministry of Labour")


def test_lists_of_an_answer_count_for_themselves():
    blocks = (
        paragraph(1, "First:", bullets("a", "b", ordered=True)),
        paragraph(2, "Second:", bullets("c", ordered=True, start=4)),
    )

    data = render(Document("A", sections=(Section("B", blocks=blocks),)))

    items = [p for p in word(data).paragraphs if p.style.name == "List Number"]
    begin = starts(data)
    assert [begin[str(p._p.pPr.numPr.numId.val)] for p in items] == [1, 1, 4]


def test_arabic_runs_from_the_right():
    data = render(arabic())

    body = xml(data)
    figures = [p for p in body.iter(qn("w:p")) if "".join(p.itertext()) == "276"]
    paragraphs = [p for p in body.iter(qn("w:p")) if p.findall(qn("w:r")) and p not in figures]
    assert all(p.find(f"{qn('w:pPr')}/{qn('w:bidi')}") is not None for p in paragraphs)
    assert all(
        t.getparent().find(f"{qn('w:rPr')}/{qn('w:rtl')}") is not None for p in paragraphs for t in p.iter(qn("w:t"))
    )
    assert body.find(f".//{qn('w:bidiVisual')}") is not None
    assert body.find(f".//{qn('w:sectPr')}/{qn('w:bidi')}") is not None
    assert [p.find(f".//{qn('w:bidi')}") for p in figures] == [None]  # else a minus stands behind its figure
    assert word_notes(data) == ["الجريدة الرسمية"]
    assert [cell.text for cell in word(data).tables[0].rows[1].cells] == ["المرخصة", "276"]


def test_the_page_is_a4_in_times_new_roman_12():
    document = word(render(report()))

    section = document.sections[0]
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)
    normal = document.styles["Normal"]
    assert (normal.font.name, normal.font.size.pt) == ("Times New Roman", 12)


def test_the_same_document_gives_the_same_bytes():
    assert render(report()) == render(report())


def test_properties_hold_title_language_and_the_date_of_the_document():
    properties = word(render(report())).core_properties

    assert (properties.title, properties.language) == (report().title, "en")
    assert properties.created.isoformat() == properties.modified.isoformat() == "2027-03-18T09:30:00+00:00"


def test_control_characters_and_mark_up_do_no_harm():
    text = "a <b>&amp; \x00\x08 b ]]>"

    data = render(Document("A", sections=(Section("B", blocks=(paragraph(1, text),)),)))

    assert word_paragraphs(data, "Numbered Paragraph") == ["a <b>&amp;  b ]]>"]


def test_the_working_form_is_marked_dated_and_lists_what_is_missing():
    data = render(working())

    section = word(data).sections[0]
    assert section.header.paragraphs[0].text.startswith("Draft · ")
    assert section.first_page_header.paragraphs[0].text == "Draft"
    assert "Working form, 24 November 2026" in section.footer.paragraphs[0].text
    assert [cell.text for cell in word(data).tables[-1].rows[1].cells][1] == "CMWP-F2.2"
    assert "2. Agencies licensed, inspected, sanctioned, closed" in word_paragraphs(data, "Question")


def test_a_request_is_a_letter():
    data = render(request())

    assert word_paragraphs(data, "TOC Heading") == []
    assert word_paragraphs(data, "Title") == [request().title]


def test_a_paragraph_without_content_keeps_its_number():
    data = render(Document("A", sections=(Section("B", blocks=(Paragraph((), 1), paragraph(2, Run("x")))),)))

    assert list(numbers(data)) == [(1, ""), (2, "x")]
