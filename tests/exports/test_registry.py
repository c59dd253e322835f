"""All formats of one document say the same."""

import subprocess
import sys
from pathlib import Path

import pytest
from django.utils import translation

import exports
from exports.document import Document, Paragraph, plain, texts
from exports.formats.exceptions import CannotRender
from exports.registry import FORMATS, reason
from tests.exports.documents import arabic, report, working
from tests.exports.reading import letters, pdf_text, rows, word


def paragraphs(document):
    for section in document.sections:
        for block in (*section.blocks, *(b for r in section.responses for b in r.blocks)):
            if isinstance(block, Paragraph):
                yield block


def test_formats_are_offered_in_this_order():
    assert [(each.slug, each.extension, str(each.label)) for each in FORMATS.values()] == [
        ("pdf", "pdf", "PDF"),
        ("docx", "docx", "Word"),
        ("xlsx", "xlsx", "Excel"),
        ("json", "json", "JSON"),
    ]


@pytest.mark.parametrize("make", [report, working])
def test_pdf_word_and_excel_hold_the_same_paragraphs_in_the_same_order(make):
    document = make()
    numbered = list(paragraphs(document))
    in_pdf = letters(pdf_text(FORMATS["pdf"].render(document)))
    in_word = letters("".join(each.text for each in word(FORMATS["docx"].render(document)).paragraphs))
    column = 2 if make is report else 7
    in_excel = [row for row in rows(FORMATS["xlsx"].render(document), "Answers")[1:] if row[column]]

    assert [(row[column], row[column + 1]) for row in in_excel] == [(p.number, plain(p.content)) for p in numbered]
    for text in (in_pdf, in_word):
        places = [text.find(letters(next(texts(p.content)).runs[0].text)) for p in numbered]
        assert -1 not in places
        assert places == sorted(places)


def test_an_arabic_report_leaves_in_every_format():
    for format in FORMATS.values():
        assert format.render(arabic())


def test_a_script_that_no_face_draws_is_named_in_the_sentence():
    document = Document("דין וחשבון")
    with pytest.raises(CannotRender) as error:
        FORMATS["pdf"].render(document)

    with translation.override("en"):
        assert reason(error.value) == ("A PDF in the script Hebrew is not available yet; take the Word or Excel file.")


def test_document_and_formats_know_nothing_of_django():
    code = (
        "import sys, exports.formats.pdf, exports.formats.docx, exports.formats.xlsx, exports.formats.json;"
        "sys.exit('django' in sys.modules)"
    )

    done = subprocess.run([sys.executable, "-c", code], cwd=Path(exports.__file__).parent.parent, check=False)

    assert done.returncode == 0
