"""The document of a report says what was frozen, and counts the same."""

import datetime

from exports.assemble import document_for
from exports.document import SUBMISSION, words
from reporting.reports import freeze

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


def test_a_section_of_which_only_an_annex_table_is_printed_has_no_heading_in_the_text_and_counts_nothing():
    content = {
        "report": {
            "title": "Third report", "kind": "periodic", "kind_label": "", "slug": "cmw-3-periodic",
            "state": {"code": "ARC", "name": "Arcadia", "full_name": ""}, "instrument": None,
            "mechanism": {"code": "CMW", "name": "Committee"}, "numbers": "3", "language": "en", "due_on": "",
            "coordinating_body": "", "word_limit": None, "last_year": 2025, "status": "endorsed", "status_label": "",
        },
        "parts": [{"code": "I", "title": "Part one"}, {"code": "II", "title": "Part two"}],
        "sections": [
            section("A1", "I", "Article 7", answer("A1-Q1", text="Three plain words"), words=5),
            section("A2", "II", "Article 66", answer("A2-Q1", blocks=[TABLE]), words=0),
        ],
        "annexes": [],
    }  # fmt: skip

    document = document_for(content, form=SUBMISSION, generated_at=AT)

    assert [each.heading for each in document.sections] == ["Part one", "Article 7"]
    assert [each.heading for each in document.statistics] == ["Article 66"]
    assert words(document) == freeze.total_words(content)
