"""What changed between two submissions or drafts, by words, as far as both may be read: as a page and as a PDF."""

import re
import time
from dataclasses import replace
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some
from pypdf import PdfReader

from exports.assemble_comparison import document_for_comparison
from exports.comparing import compare
from exports.document import Document, Paragraph, Run, Section, Text
from exports.formats import docx, pdf
from reporting.reports.models import Submission
from reporting.reports.services.move import move_report
from reporting.reports.services.section import move_section
from reporting.reports.services.submission import take_back
from tests.exports.documents import ENDORSED, report, working
from tests.reporting.reports import factories as made


def document(**sections: list[str]) -> Document:
    return Document(
        "A report",
        sections=tuple(
            Section(
                heading,
                blocks=tuple(Paragraph((Text((Run(text),)),), n) for n, text in enumerate(texts, start=1)),
            )
            for heading, texts in sections.items()
        ),
    )


def told(old: Document, new: Document) -> list[tuple[str, list[tuple[str, str]]]]:
    """Sections with their stretches: kind, and the words with what was added in {} and removed in []."""
    marks = {"same": "{}", "added": "{{{}}}", "removed": "[{}]"}
    return [
        (
            section.kind,
            [
                (item.kind, "".join(marks[change.kind].format(change.text) for change in item.words))
                for item in section.items
            ],
        )
        for section in compare(old, new).sections
    ]


LAW = "The Act on recruitment of 2023 forbids fees."


def test_a_changed_paragraph_is_told_by_words_and_the_others_stand():
    old = document(One=[LAW, "Courts decide.", "It ends here."])
    new = document(One=[LAW.replace("2023", "2026"), "Courts decide.", "Something new."])

    assert told(old, new) == [
        (
            "changed",
            [
                ("changed", "The Act on recruitment of [2023]{2026} forbids fees."),
                ("same", "Courts decide."),
                ("added", "{Something new.}"),
                ("removed", "[It ends here.]"),
            ],
        )
    ]


def test_a_paragraph_put_in_between_moves_no_other():
    assert told(document(One=["A law.", "A court."]), document(One=["A law.", "An act on ships.", "A court."])) == [
        ("changed", [("same", "A law."), ("added", "{An act on ships.}"), ("same", "A court.")])
    ]


def test_sections_that_came_and_went_stand_in_their_places():
    old, new = document(One=["a"], Two=["b"], Three=["c"]), document(One=["a"], Three=["c"], Four=["d"])

    assert told(old, new) == [
        ("same", [("same", "a")]),
        ("removed", [("removed", "[b]")]),
        ("same", [("same", "c")]),
        ("added", [("added", "{d}")]),
    ]


def test_a_section_with_another_heading_is_known_by_its_articles():
    old = Document("x", sections=(Section("Article 66: Recruitment", article="66"),))
    new = Document("x", sections=(Section("Article 66: Fees", article="66"),))

    [section] = compare(old, new).sections

    assert [(change.kind, change.text) for change in section.heading][1:] == [
        ("removed", "Recruitment"),
        ("added", "Fees"),
    ]


@pytest.mark.parametrize("make", [report, working])
def test_a_document_is_the_same_as_itself(make):
    found = compare(make(), make())

    assert found.is_same
    assert (found.words("added"), found.words("removed")) == (0, 0)


WORDS = some.lists(some.sampled_from(["law", "court", "fee", "of", "the"]), max_size=6)
TEXTS = some.lists(WORDS.map(" ".join), max_size=8)


@settings(max_examples=60, deadline=None)
@given(TEXTS, TEXTS)
def test_nothing_is_lost_on_either_side(before, after):
    found = compare(document(One=before), document(One=after)).sections[0].items

    def side(kind: str) -> list[str]:
        gone = "removed" if kind == "added" else "added"
        return ["".join(c.text for c in item.words if c.kind != gone) for item in found if item.kind != gone]

    assert sorted(side("removed")) == sorted(before)
    assert side("added") == after


def printed() -> Document:
    old = document(One=[LAW, "Courts decide."])
    new = document(One=[LAW.replace("forbids", "allows"), "Courts decide."])
    return document_for_comparison(
        compare(old, new), old="First", new="Second", author="Arcadia", language="en", generated_at=ENDORSED
    )


def test_the_pdf_says_in_words_what_was_removed_and_draws_lines_under_and_through():
    data = pdf.render(printed())

    page = PdfReader(BytesIO(data)).pages[0]
    plain = replace(
        printed(),
        sections=tuple(
            replace(section, blocks=tuple(_plain(block) for block in section.blocks)) for section in printed().sections
        ),
    )
    lines = [_lines(each) for each in (data, pdf.render(plain))]
    assert "The Act on recruitment of 2023 [forbids]allows fees." in " ".join(page.extract_text().split())
    assert lines[0] == lines[1] + 2


def _lines(data: bytes) -> int:
    drawn = PdfReader(BytesIO(data)).pages[0].get_contents().get_data()
    return len(re.findall(rb" l S", drawn))


def _plain(block):
    return replace(
        block,
        content=tuple(
            replace(text, runs=tuple(replace(run, inserted=False, deleted=False) for run in text.runs))
            for text in block.content
        ),
    )


def test_word_strikes_and_underlines():
    from docx import Document as Word

    file = Word(BytesIO(docx.render(printed())))

    runs = [run for paragraph in file.paragraphs for run in paragraph.runs]
    assert [run.text for run in runs if run.font.strike] == ["[forbids]"]
    assert "allows" in [run.text for run in runs if run.font.underline]


# --- who compares what --------------------------------------------------------------------


@pytest.fixture
def twice(cast, settings, tmp_path):
    """A report endorsed, taken back, changed by Rosa in F2, and endorsed again."""
    from reporting.reports.services.submission import endorse
    from reporting.reports.services.validation import record_reply

    settings.MEDIA_ROOT = tmp_path
    row = made.endorsed(cast)
    row = take_back(row, by=cast.amina, reason="A figure is wrong.")
    move_section(made.section(row, "f2"), move="reopen", by=cast.amina, reason="A figure.")
    key = str(made.section(row, "f2").answers.get(question__code__endswith="F2-Q1").paragraphs.get().key)
    made.write(made.section(row, "f2"), "The better text of f2.", cast.rosa, key=key)
    move_section(made.section(row, "f2"), move="send_for_review", by=cast.rosa)
    move_section(made.section(row, "f2"), move="clear", by=cast.amina)
    row.refresh_from_db()
    move_report(row, move="consolidate", by=cast.amina)
    row = move_report(row, move="validate", by=cast.amina, until=row.status_at.date().replace(year=2999))
    for body, by in ((cast.health, cast.jonas), (cast.justice, cast.rosa)):
        record_reply(row, body=body, reply="no_objection", by=by)
    endorse(row, authority="Council", endorsed_on=row.status_at.date(), by=cast.amina, corrigendum_note="A figure.")
    row.refresh_from_db()
    return row


def page(client, old: str, new: str) -> str:
    return client.get("/compare/", {"old": old, "new": new}).content.decode()


def test_two_submissions_are_compared_by_words_on_the_page_and_as_pdf(cast, twice, signed_in):
    client = signed_in(cast.mina)
    said = page(client, f"{twice.slug}.1", f"{twice.slug}.2")
    file = client.get("/compare/comparison.pdf", {"old": f"{twice.slug}.1", "new": f"{twice.slug}.2"})

    assert re.search(r"The <ins>.{0,60}better </ins>text of f2", said)
    assert "1 word added" in said
    assert "better" in PdfReader(BytesIO(file.content)).pages[0].extract_text()
    assert Submission.objects.count() == 2


def test_a_draft_is_compared_as_far_as_its_reader_sees_it(cast, settings, tmp_path, signed_in):
    settings.MEDIA_ROOT = tmp_path
    row = made.report(cast)
    made.write(made.section(row, "f1"), "The text of Health.", cast.jonas)
    made.write(made.section(row, "f2"), "The text of Justice.", cast.rosa)
    other = made.endorsed(cast)

    said = page(signed_in(cast.rosa), f"{other.slug}.1", row.slug)

    assert "Justice" in said
    assert "of Health" not in re.sub("<[^>]+>", "", said)


def test_nobody_chooses_what_they_may_not_read(cast, twice, signed_in):
    for name in ("idris", "nuri"):
        client = signed_in(getattr(cast, name))
        said = client.get("/compare/", {"old": f"{twice.slug}.1", "new": f"{twice.slug}.2"})
        file = client.get("/compare/comparison.pdf", {"old": f"{twice.slug}.1", "new": f"{twice.slug}.2"})

        assert (said.status_code, file.status_code) == (422, 404)
        assert "better" not in said.content.decode()
        assert twice.title not in said.content.decode()


def test_the_same_twice_and_nothing_at_all_get_a_sentence(cast, twice, signed_in):
    client = signed_in(cast.amina)

    assert "Choose two that are not the same." in page(client, f"{twice.slug}.1", f"{twice.slug}.1")
    assert client.get("/compare/", {"old": "", "new": ""}).status_code == 422


def test_the_page_costs_the_same_however_many_reports_there_are(cast, twice, signed_in, statements):
    client = signed_in(cast.amina)
    client.get("/compare/")
    with statements() as few:
        client.get("/compare/")
    made.endorsed(cast)
    made.report(cast)
    with statements() as more:
        client.get("/compare/")

    assert len(more) == len(few)


def test_a_long_report_is_compared_quickly():
    def long(end: str) -> Document:
        return document(
            **{f"S{s}": [f"{LAW} Number {s} {n}{end} " + "of the court " * 20 for n in range(20)] for s in range(30)}
        )

    before, after = long(""), long("x")
    start = time.process_time()

    compare(before, after)

    assert time.process_time() - start < 8
