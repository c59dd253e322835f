"""The document of a report says what was frozen, and counts the same."""

import datetime
from dataclasses import replace

from exports.assemble import document_for
from exports.document import SUBMISSION, WORKING, Abbreviation, Labels, legal_line, words
from exports.formats.strings import strings
from exports.registry import FORMATS
from reporting.reports import freeze
from tests.exports.reading import book, letters, pdf, pdf_text, rows, word

AT = datetime.datetime(2026, 11, 24, tzinfo=datetime.UTC)
TABLE = {
    "type": "table",
    "place": "annex",
    "caption": "Agencies",
    "head": ["", "2025"],
    "rows": [[{"value": "Licensed", "is_number": False, "mark": ""}, {"value": "12", "is_number": True, "mark": ""}]],
    "notes": [],
    "source": "Register.",
}


def answer(code: str, *, text: str = "", blocks=()) -> dict:
    paragraphs = [{"key": "k", "text": text, "origin": "", "words": 3}] if text else []
    return {
        "code": code, "number": "1", "kind": "narrative", "question": "?", "is_required": False, "is_exported": True,
        "asked": True, "is_answered": True, "disposition": None, "choice": "", "paragraphs": paragraphs,
        "blocks": list(blocks), "words": 3 if text else 0, "paragraph_count": len(paragraphs), "missing": 0,
    }  # fmt: skip


def section(code: str, part: str, heading: str, *answers: dict, words: int) -> dict:
    return {
        "code": code, "short_code": code, "part": part, "title": heading, "heading": heading, "articles": ["66"],
        "status": "cleared", "status_label": "Cleared", "lead": "", "contributors": [], "due_on": "",
        "allotment": None, "is_set_aside": False, "answers": list(answers), "paragraphs": 0, "words": words,
    }  # fmt: skip


def content_of(*sections: dict, status: str = "endorsed") -> dict:
    return {
        "report": {
            "title": "Third report", "kind": "periodic", "kind_label": "", "slug": "cmw-3-periodic",
            "state": {"code": "ARC", "name": "Arcadia", "full_name": ""}, "instrument": None,
            "mechanism": {"code": "CMW", "name": "Committee"}, "numbers": "3", "language": "en", "due_on": "",
            "coordinating_body": "", "word_limit": None, "last_year": 2025, "status": status, "status_label": "",
        },
        "parts": [{"code": "I", "title": "Part one"}, {"code": "II", "title": "Part two"}],
        "sections": list(sections),
        "annexes": [],
    }  # fmt: skip


def test_a_section_of_which_only_an_annex_table_is_printed_has_no_heading_in_the_text_and_counts_nothing():
    content = content_of(
        section("A1", "I", "Article 7", answer("A1-Q1", text="Three plain words"), words=5),
        section("A2", "II", "Article 66", answer("A2-Q1", blocks=[TABLE]), words=0),
    )

    document = document_for(content, form=SUBMISSION, generated_at=AT)

    assert [each.heading for each in document.sections] == ["Part one", "Article 7"]
    assert [each.heading for each in document.statistics] == ["Article 66"]
    assert words(document) == freeze.total_words(content)


def test_a_submission_form_that_is_not_the_file_of_a_submission_says_so_and_when_it_was_made():
    one = section("A1", "I", "Article 7", answer("A1-Q1", text="Three plain words"), words=5)

    marks = [
        (document.watermark, document.foot)
        for document in (
            document_for(content_of(one, status="drafting"), form=SUBMISSION, generated_at=AT),
            document_for(content_of(one, status="transmitted"), form=SUBMISSION, generated_at=AT),
            document_for(content_of(one), form=SUBMISSION, generated_at=AT, is_final=True),
        )
    ]

    assert marks == [
        ("Draft", "Draft of 24 November 2026, 00:00. Not endorsed."),
        ("", "Copy of 24 November 2026, 00:00. The endorsed files are kept with the submission."),
        ("", ""),
    ]


def test_the_mark_of_a_draft_stands_in_every_format():
    one = section("A1", "I", "Article 7", answer("A1-Q1", text="Three plain words"), words=5)
    draft = document_for(content_of(one, status="drafting"), form=SUBMISSION, generated_at=AT)
    mark = letters(draft.foot)

    files = {slug: each.render(draft) for slug, each in FORMATS.items()}

    feet = [p.text for p in word(files["docx"]).sections[0].footer.paragraphs]
    cells = [cell for row in rows(files["xlsx"], "Cover") for cell in row]
    assert letters(pdf_text(files["pdf"])).count(mark) == len(pdf(files["pdf"]).pages)
    assert "Draft" in pdf_text(files["pdf"])
    assert [mark in letters(foot) for foot in feet] == [True]
    assert draft.foot in cells
    assert draft.foot in files["json"].decode()


def test_the_file_of_a_submission_has_no_cover_sheet_and_no_word_about_the_work():
    one = section("A1", "I", "Article 7", answer("A1-Q1", text="Three plain words"), words=5)
    final = document_for(content_of(one), form=SUBMISSION, generated_at=AT, is_final=True)

    assert book(FORMATS["xlsx"].render(final)).sheetnames == ["Answers", "Data dictionary"]
    shown = [text for text in strings(replace(final, labels=Labels())) if text and text not in set(strings(Labels()))]
    assert sorted(set(shown)) == sorted(
        {
            "submission", "report", "en", "ltr", "Third report", "Arcadia", "Committee", "Addressee", "Part one",
            "Article 7", "66", "Three plain words",
        } - set(strings(Labels()))
    )  # fmt: skip


def test_laws_are_listed_once_and_abbreviations_that_the_text_defines_with_their_meaning():
    law = {"title": "Aliens Act", "number": "No. 3", "date": "2015-03-02", "article": "31", "link": ""}
    cited = {"type": "references", "items": [law]}
    content = content_of(
        section("A1", "I", "A", answer("Q1", text="The **National** Statistics Office (NSO) counts."), words=5),
        section("A2", "II", "B", answer("Q2", blocks=[cited]), answer("Q3", blocks=[cited]), words=0),
    )

    document = document_for(content, form=SUBMISSION, generated_at=AT)

    assert document.abbreviations == (Abbreviation("NSO", "National Statistics Office"),)
    assert [(each.title, each.date) for each in document.references] == [("Aliens Act", "2 March 2015")]
    assert legal_line(document.references[0], document.labels) == "Aliens Act, No. 3, 2 March 2015, article 31"


def test_the_numbers_of_a_part_are_those_of_the_whole():
    later = answer("Q9", text="Later") | {"first_paragraph": 41, "first_table": 7}
    content = content_of(section("A1", "I", "A", later, answer("Q10", blocks=[TABLE]), words=5))
    content["sections"][0]["answers"][1] |= {"first_paragraph": 45, "first_table": 7}

    document = document_for(content, form=WORKING, generated_at=AT)

    [section_] = [each for each in document.sections if each.responses]
    assert [response.blocks[0].number for response in section_.responses[:1]] == [41]
    assert section_.responses[1].blocks[0].label == "Table 7"
