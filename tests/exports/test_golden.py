"""The golden report says the same in Word, Excel, JSON and PDF, in every language of the interface."""

from collections import Counter

import pytest

from exports.document import SUBMISSION, WORKING, Run, blocks_of, printed, tables, texts, words
from exports.document import Paragraph as DocumentParagraph
from exports.formats import docx, json, pdf, xlsx
from reporting.questionnaires.kinds import KINDS
from reporting.reports import freeze
from tests.exports import golden
from tests.exports.reading import book, letters, word
from tests.exports.said import in_excel, in_json, in_pdf, in_word, tokens

pytestmark = pytest.mark.usefixtures("translated")
both = pytest.mark.parametrize("form", [SUBMISSION, WORKING])
every = pytest.mark.parametrize("language", golden.LANGUAGES)


@pytest.fixture
def document(translated, language, form):
    return golden.document(language, form)


def test_each_language_has_its_own_words_around_the_text():
    assert len({golden.document(language).labels.contents for language in golden.LANGUAGES}) == len(golden.LANGUAGES)


def test_every_kind_of_question_is_asked_and_one_of_each_is_answered():
    asked = [answer for section in golden.content("en")["sections"] for answer in section["answers"]]

    assert {answer["kind"] for answer in asked} == set(KINDS)
    assert [answer["code"] for answer in asked if not answer["is_answered"]] == ["A1-Q3", "A4-Q3", "A4-Q4"]
    assert [bool(each["disposition"]["prints"]) for each in asked if each["disposition"]] == [True, False]
    assert max(len(table.rows) for table in tables(golden.document("en"))) == 40


@both
@every
def test_word_says_what_json_says(document):
    wanted, found = in_json(json.render(document), document.labels), in_word(docx.render(document), document.labels)

    if document.form != SUBMISSION:  # an empty cell says so
        entered = letters(document.labels.not_entered)
        found.tables = [[["" if cell == entered else cell for cell in row] for row in rows] for rows in found.tables]
    assert found.paragraphs == wanted.paragraphs
    assert found.notes == wanted.notes
    assert found.tables == wanted.tables
    assert found.marks == wanted.marks


@both
@every
def test_excel_says_what_json_says(document):
    wanted = in_json(json.render(document), document.labels)
    names = [table.name for table in tables(document)]

    found = in_excel(xlsx.render(document), document.labels, names)

    assert found.paragraphs == wanted.paragraphs
    assert found.notes == wanted.notes
    assert found.tables == wanted.tables
    assert found.marks == wanted.marks


@every
@pytest.mark.parametrize("form", [SUBMISSION])
def test_json_has_all_that_the_report_has(document):
    said = in_json(json.render(document), document.labels)

    assert [number for number, _ in said.paragraphs] == list(range(1, len(said.paragraphs) + 1))
    assert len(said.notes) == len(golden.NOTES)
    assert all(any(letters(text) in each for _, each in said.paragraphs) for text in golden.TEXTS.values())
    assert [len(table) for table in said.tables] == [len(table.rows) + 1 for table in tables(document)]
    assert any(said.marks)


@every
@pytest.mark.parametrize("form", [SUBMISSION])
def test_pdf_has_every_word_of_the_report(document, tmp_path):
    wanted: Counter[str] = Counter()
    for section in (*document.sections, *document.statistics):
        wanted += tokens(section.heading)
        for block in blocks_of(section):
            if isinstance(block, DocumentParagraph):
                wanted += tokens(f"{block.number} {plain_words(block)}")
    for table in tables(document):
        wanted += tokens(" ".join((table.label, table.caption, table.source, *table.notes, *table.head)))
        wanted += sum(
            (tokens(printed(cell, document.labels) + cell.mark) for row in table.rows for cell in row), Counter()
        )

    lacking = wanted - in_pdf(pdf.render(document), tmp_path)

    assert lacking == Counter()


def plain_words(block):
    """Text and notes of a paragraph, without marks."""
    runs = [run for text in texts(block.content) for run in text.runs]
    return "".join(run.text if not run.note else f" {said(run.note)} " for run in runs)


def said(runs: tuple[Run, ...]) -> str:
    return "".join(run.text for run in runs)


@every
@pytest.mark.parametrize("form", [SUBMISSION])
def test_the_words_are_counted_as_the_report_counts_them(document, language):
    assert words(document) == freeze.total_words(golden.content(language))


@every
@pytest.mark.parametrize("form", [WORKING])
def test_what_is_missing_stands_in_word_and_excel(document):
    assert document.missing
    sheet = book(xlsx.render(document))[document.labels.missing]
    assert [row[3] for row in sheet.iter_rows(min_row=2, values_only=True)] == [each.what for each in document.missing]
    shown = {paragraph.text for paragraph in word(docx.render(document)).paragraphs}
    assert {each.what for each in document.missing} <= shown
