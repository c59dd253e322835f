"""The demonstration's reports, of real length, say the same in every format, and only what their reader may see."""

import datetime
import json
import re
import shutil
import subprocess
from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from typing import Any

import pytest
from django.core.management import call_command
from django.db import transaction
from jsonschema import Draft202012Validator
from openpyxl import load_workbook

from accounts.exceptions import Refused
from accounts.models import User
from config import demonstration
from exports import exporting
from exports.assemble import document_for
from exports.document import (
    SUBMISSION,
    WORKING,
    Annex,
    Document,
    Paragraph,
    Table,
    blocks_of,
    plain,
    printed,
    tables,
    texts,
)
from exports.formats.schema import document_schema
from exports.registry import FORMATS
from reporting.reports import freeze
from reporting.reports.models import Answer, Attachment, Report
from reporting.reports.presenters.check import total_words
from tests.exports.reading import book, letters, pdf_text, word

AT = datetime.datetime(2026, 11, 24, 9, 30, tzinfo=datetime.UTC)
REPORTS = ["ARC/cmw-2-periodic", "ARC/cmw-3-periodic", "QAM/cmw-2-periodic"]
LATIN = REPORTS[:2]
DRAFT = REPORTS[1]


@pytest.fixture(scope="module", autouse=True)
def world(django_db_setup, django_db_blocker) -> Iterator[None]:
    """The demonstration, built once for this module and rolled back after it: each test is a savepoint in it."""
    with django_db_blocker.unblock(), transaction.atomic():
        call_command("load_catalogue", verbosity=0)
        demonstration.build(lambda line: None)
        yield
        transaction.set_rollback(True)
    document_of.cache_clear()
    made.cache_clear()


pytestmark = pytest.mark.django_db


def report_of(name: str) -> Report:
    state, slug = name.split("/")
    rows = Report.objects.select_related("cycle__instrument", "cycle__mechanism", "state_party")
    return rows.get(state_party__code=state, slug=slug)


@cache
def document_of(name: str, form: str) -> Document:
    return document_for(freeze.content(report_of(name)), form=form, generated_at=AT)


@cache
def made(name: str, form: str, format: str) -> bytes:
    return FORMATS[format].render(document_of(name, form))


def written(name: str) -> list[str]:
    """The paragraphs that people wrote in a report's questions asked, read from the tables, in order."""
    answers = report_of(name).answers.filter(asked=True, disposition="").order_by("section__position")
    rows = answers.order_by("section__position", "question__position").prefetch_related("paragraphs")
    return [each.text for answer in rows for each in answer.paragraphs.all() if each.text.strip()]


def numbered(document: Document) -> list[Paragraph]:
    found = [b for s in document.sections for b in blocks_of(s) if isinstance(b, Paragraph)]
    return [each for each in found if each.number is not None]


def said(paragraph: Paragraph) -> str:
    """The text of a paragraph without marks of lists and notes, which formats draw in their own ways."""
    return letters("".join(run.text for text in texts(paragraph.content) for run in text.runs))


def table_rows(table: Table) -> list[list[Any]]:
    return [list(table.head), *([cell.value for cell in row] for row in table.rows)]


# --- the document -------------------------------------------------------------------------


@pytest.mark.parametrize("form", [SUBMISSION, WORKING])
@pytest.mark.parametrize("name", REPORTS)
def test_every_paragraph_written_stands_once_in_order_and_numbers_run_on(name, form):
    document = document_of(name, form)
    references = {answer.pk for answer in report_of(name).answers.exclude(disposition="")}

    found = numbered(document)

    assert [each.number for each in found] == list(range(1, len(found) + 1))
    bare = [letters(re.sub(r"[*_\\]|\[\^?\w*\](\(.*?\))?", "", text)) for text in written(name)]
    own = [
        said(each) for each in found if not plain(each.content).startswith(("There has been", "Reference", "This is"))
    ]
    assert len(own) == len(bare) > 20
    assert [each[:25] for each in own] == [each.lstrip("-")[:25] for each in bare]
    assert len(found) - len(own) <= len(references)


@pytest.mark.parametrize("name", REPORTS)
def test_both_forms_give_a_paragraph_and_a_table_the_same_number(name):
    submission, working = (document_of(name, form) for form in (SUBMISSION, WORKING))

    assert [(p.number, plain(p.content)) for p in numbered(working)] == [
        (p.number, plain(p.content)) for p in numbered(submission)
    ]
    by_label = {table.label: table_rows(table) for table in tables(submission)}
    assert {table.label: table_rows(table) for table in tables(working) if table.label} == by_label
    assert len(by_label) > 5


@pytest.mark.parametrize("name", REPORTS)
def test_counters_agree_with_the_document(name):
    report = report_of(name)
    content = freeze.content(report)
    stored = list(report.sections.order_by("position").values_list("words", "paragraphs"))

    assert [(each["words"], each["paragraphs"]) for each in content["sections"]] == stored


@pytest.mark.parametrize("form", [SUBMISSION, WORKING])
def test_the_list_of_annexes_names_the_annex_and_no_internal_file(form):
    files = Attachment.objects.filter(section__report=report_of(DRAFT)).order_by("file_name")
    assert [(each.file_name, each.is_annex, each.content_type.rpartition(".")[2]) for each in files] == [
        ("licensed-agencies-2026.xlsx", True, "sheet"),
        ("survey-method.pdf", False, "application/pdf"),
    ]

    assert document_of(DRAFT, form).annexes == (
        Annex("Register of licensed employment agencies, 30 June 2026 (extract)", "licensed-agencies-2026.xlsx"),
    )
    text = letters(pdf_text(made(DRAFT, form, "pdf")))
    assert (letters("licensed-agencies-2026.xlsx") in text, letters("survey-method") in text) == (True, False)


def test_the_files_of_the_demonstration_open():
    workbook, note = Attachment.objects.order_by("file_name")

    with workbook.file.open() as data:
        [sheet] = load_workbook(data).worksheets
        assert [cell.value for cell in sheet[1]][:2] == ["Licence", "Agency"]
        assert [cell.value for cell in sheet[2]][-3:] == ["2023-09-04", "2027-09-03", 412]
    with note.file.open() as data:
        assert "1,200 returned workers" in " ".join(pdf_text(data.read()).split())


@pytest.mark.parametrize("name", REPORTS)
def test_the_checks_count_the_words_of_the_submission_form(name):
    report = report_of(name)

    assert total_words(report) == freeze.total_words(freeze.content(report)) > 0


# --- the formats ----------------------------------------------------------------------------


def in_order(text: str, wanted: list[str]) -> list[str]:
    """What of ``wanted`` is not found in ``text`` after what came before it, or is found twice."""
    at, wrong = 0, []
    for each in wanted:
        found = text.find(each, at)
        if found < 0 or text.count(each) != wanted.count(each):
            wrong.append(each[:80])
        else:
            at = found + len(each)
    return wrong


def pdf_to_text(data: bytes) -> str:
    """The words of a PDF in the order in which they are drawn."""
    done = subprocess.run(["pdftotext", "-nopgbrk", "-raw", "-", "-"], input=data, capture_output=True, check=True)
    return done.stdout.decode()


@pytest.mark.parametrize("form", [SUBMISSION, WORKING])
@pytest.mark.parametrize("name", LATIN)
def test_the_pdf_has_every_paragraph_with_its_number(name, form):
    document = document_of(name, form)
    text = letters(pdf_text(made(name, form, "pdf")))

    # A paragraph may run over the foot of a page; its beginning and its number stand together.
    assert in_order(text, [f"{each.number}.{said(each)[:30]}" for each in numbered(document)]) == []


@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="pdftotext was not found")
@pytest.mark.parametrize("name", LATIN)
def test_another_reader_of_pdf_finds_the_same(name):
    text = letters(pdf_to_text(made(name, SUBMISSION, "pdf")))

    assert (
        in_order(text, [f"{each.number}.{said(each)[:30]}" for each in numbered(document_of(name, SUBMISSION))]) == []
    )


@pytest.mark.parametrize("form", [SUBMISSION, WORKING])
@pytest.mark.parametrize("name", REPORTS)
def test_word_numbers_the_same_paragraphs(name, form):
    file = word(made(name, form, "docx"))

    found = [letters(each.text) for each in file.paragraphs if each.style.name == "Numbered Paragraph"]

    first = [
        letters("".join(run.text for run in next(texts(p.content)).runs)) for p in numbered(document_of(name, form))
    ]
    assert found == first
    assert numbers_in_word(file) == [each.number for each in numbered(document_of(name, form))]


def numbers_in_word(file: Any) -> list[int]:
    """What Word counts: paragraphs of one numbering go on, another begins at its own start."""
    space = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
    starts = {
        each.get(f"{space}numId"): int(each.find(f"{space}lvlOverride/{space}startOverride").get(f"{space}val"))
        for each in file.part.numbering_part.element.findall(f"{space}num")
        if each.find(f"{space}lvlOverride") is not None
    }
    numbers, last = [], dict[str, int]()
    for each in file.paragraphs:
        if each.style.name == "Numbered Paragraph":
            numbering = each._p.find(f"{space}pPr/{space}numPr/{space}numId").get(f"{space}val")
            last[numbering] = last.get(numbering, starts[numbering] - 1) + 1
            numbers.append(last[numbering])
    return numbers


@pytest.mark.parametrize("form", [SUBMISSION, WORKING])
@pytest.mark.parametrize("name", REPORTS)
def test_excel_has_a_row_for_each_paragraph(name, form):
    document = document_of(name, form)
    column = 2 if form == SUBMISSION else 7
    sheet = book(made(name, form, "xlsx"))[document.labels.answers]

    rows = [row for row in sheet.iter_rows(min_row=2, values_only=True) if row[column]]

    assert [row[column] for row in rows] == [each.number for each in numbered(document)]
    assert [row[column + 1] for row in rows] == [plain(each.content) for each in numbered(document)]


@pytest.mark.parametrize("form", [SUBMISSION, WORKING])
@pytest.mark.parametrize("name", REPORTS)
def test_tables_have_the_same_cells_in_word_and_excel(name, form):
    document = document_of(name, form)
    labels = document.labels
    empty = "" if form == SUBMISSION else labels.not_entered
    workbook = book(made(name, form, "xlsx"))
    in_word = [
        [[cell.text for cell in row.cells] for row in table.rows] for table in word(made(name, form, "docx")).tables
    ]

    for table in tables(document):
        shown = [list(table.head), *([(printed(c, labels) or empty) + c.mark for c in row] for row in table.rows)]
        assert shown in in_word
        sheet = [row[: len(table.head)] for row in workbook[table.name].iter_rows(values_only=True)]
        wanted = [[_typed(value) for value in row] for row in table_rows(table)]
        assert [list(row) for row in sheet[: len(wanted)]] == wanted
    assert len(list(tables(document))) > 5


def _typed(value: Any) -> Any:
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return value or None


@pytest.mark.parametrize("name", LATIN)
def test_the_pdf_has_every_row_of_every_table(name):
    document = document_of(name, SUBMISSION)
    text = letters(pdf_text(made(name, SUBMISSION, "pdf")))

    rows = [
        "".join(letters(printed(cell, document.labels) + cell.mark) for cell in row)
        for table in tables(document)
        for row in table.rows
        if all(len(printed(cell, document.labels)) < 25 for cell in row)
    ]

    assert len(rows) > 15
    assert [row for row in rows if row not in text] == []


@pytest.mark.parametrize("form", [SUBMISSION, WORKING])
@pytest.mark.parametrize("name", REPORTS)
def test_json_is_the_document(name, form):
    content = json.loads(made(name, form, "json"))["document"]

    found = [b for s in content["sections"] for b in _json_blocks(s) if b["is"] == "Paragraph" and "number" in b]
    assert [each["number"] for each in found] == [each.number for each in numbered(document_of(name, form))]
    assert FORMATS["json"].render(document_of(name, form)) == made(name, form, "json")
    assert list(Draft202012Validator(document_schema()).iter_errors(json.loads(made(name, form, "json")))) == []


def _json_blocks(section: dict[str, Any]) -> list[dict[str, Any]]:
    return [*section.get("blocks", []), *(b for r in section.get("responses", []) for b in r.get("blocks", []))]


# --- parts and readers ------------------------------------------------------------------------


def person(login: str) -> User:
    return User.objects.get(email=f"{login}@arcadia.example")


def test_a_section_alone_has_the_numbers_that_it_has_in_the_whole():
    whole = document_of(DRAFT, WORKING)
    coordinator, report = person("coordinator"), report_of(DRAFT)

    for section in report.sections.select_related("section", "report__cycle").order_by("-position")[:12]:
        part = document_for(exporting.section_content(section, coordinator), form=WORKING, generated_at=AT)
        [same] = [each for each in whole.sections if each.code == section.code]
        [own] = [each for each in part.sections if each.code == section.code]
        assert own == same


def readable(user: User, report: Report) -> set[int]:
    """Answers that a body leads or was asked for, worked out from the facts and not from grants."""
    mine = set(user.memberships.values_list("body_id", flat=True))
    led = Answer.objects.filter(report=report, section__lead__in=mine)
    asked = Answer.objects.filter(report=report, contributions__body__in=mine).exclude(
        contributions__status="withdrawn"
    )
    return {*led.values_list("pk", flat=True), *asked.values_list("pk", flat=True)}


@pytest.mark.parametrize("login", ["labour.focal", "labour.drafter", "justice.focal", "justice.drafter"])
def test_a_ministry_exports_what_it_sees_under_the_numbers_of_the_whole(login):
    user, report = person(login), report_of(DRAFT)
    allowed = readable(user, report)
    codes = dict(report.answers.filter(asked=True).values_list("pk", "question__code"))

    document = document_for(exporting.report_content(report, user), form=WORKING, generated_at=AT)

    whole = {r.code: r for s in document_of(DRAFT, WORKING).sections for r in s.responses}
    own = {r.code: r for s in document.sections for r in s.responses}
    assert set(own) == {code for pk, code in codes.items() if pk in allowed}
    assert 0 < len(own) < len(whole)
    assert [code for code, response in own.items() if response != whole[code]] == []
    secret = [p.text[:60] for a in report.answers.exclude(pk__in=allowed) for p in a.paragraphs.all() if p.text.strip()]
    everything = FORMATS["json"].render(document).decode()
    assert secret
    assert [text for text in secret if json.dumps(text, ensure_ascii=False)[1:-1] in everything] == []


def test_bodies_read_different_things_and_the_coordinator_all():
    report = report_of(DRAFT)
    seen = {}
    for login in ("coordinator", "labour.focal", "justice.focal"):
        content = exporting.report_content(report, person(login))
        seen[login] = {answer["code"] for section in content["sections"] for answer in section["answers"]}

    assert seen["labour.focal"] != seen["justice.focal"]
    assert seen["coordinator"] > seen["labour.focal"] | seen["justice.focal"]


@pytest.mark.parametrize("login", ["mission", "nhri", "admin"])
def test_who_has_no_part_in_the_draft_exports_nothing(login):
    with pytest.raises(Refused):
        exporting.report_content(report_of(DRAFT), person(login))


def test_the_other_state_exports_nothing():
    with pytest.raises(Refused):
        exporting.report_content(report_of(DRAFT), User.objects.get(email="coordinator@qamar.example"))
