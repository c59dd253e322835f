"""Values of every kind go out in a workbook and come back: cell by cell, and nothing else moves."""

import datetime
import random
import shutil
import subprocess
from types import SimpleNamespace

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from reporting.reports.models import AnswerVersion, Paragraph, Report
from reporting.reports.services.answer import AnswerEdit, save_answers
from reporting.text.merge import merge_words
from reporting.text.pieces import Piece
from tests.exports.workbook import filling
from tests.exports.workbook.full import answer, full, put
from tests.reporting.reports import factories as made
from tests.routes.matrix import undone

pytestmark = pytest.mark.django_db


@pytest.fixture
def report(cast) -> Report:
    return full(cast)


def brought(report, by, book) -> SimpleNamespace:
    """The workbook handed in and applied: what it held before, the entries of its preview."""
    filled = filling.handed_in(report, filling.saved(book), by)
    preview = filling.previewed(filled, report, by)
    filling.applied(filled, report, by)
    return SimpleNamespace(filled=filled, entries=[each for plan in preview.planned for each in plan.entries])


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("who", ["jonas", "rosa"])
def test_a_workbook_of_all_kinds_handed_in_untouched_changes_nothing(cast, translated, report, who, language):
    by, before = getattr(cast, who), AnswerVersion.objects.count()
    _row, data = filling.downloaded(report, by, language=language)

    filled = filling.handed_in(report, data, by)
    filling.applied(filled, report, by)

    assert (filled.changes, filled.problems, filled.remarks) == ({}, [], [])
    assert filled.unchanged > 30
    assert AnswerVersion.objects.count() == before


# (sheet, words of the row, column, what is typed, question, place in the content, what is stored)
TYPED = [
    ("F1", "Answer", "answer", "No", "F1-Q2", ("choice",), "no"),
    ("F1-Q3", "Permits", "y2025", 1300, "F1-Q3", ("cells", "m1/m1/2025"), "1300"),
    ("F1-Q3", "Permits", "y2025", "1 300", "F1-Q3", ("cells", "m1/m1/2025"), "1300"),
    ("F1-Q3", "Permits", "y2025", "1,300", "F1-Q3", ("cells", "m1/m1/2025"), "1300"),
    ("F1-Q3", "Permits", "y2025", "١٣٠٠", "F1-Q3", ("cells", "m1/m1/2025"), "1300"),
    ("F1-Q3", "Permits", "y2025", 0.1, "F1-Q3", ("cells", "m1/m1/2025"), "0.1"),
    ("F1-Q3", "Permits", "y2025", "suppressed", "F1-Q3", ("cells", "m1/m1/2025"), "suppressed"),
    ("F1-Q3", "Permits", "y2024", "..", "F1-Q3", ("cells", "m1/m1/2024"), "not_available"),
    ("F1-Q3", "Permits", "method", "=Register", "F1-Q3", ("sources", "m1", "method"), "=Register"),
    ("F1-Q3", "F1-Q3.2", "y2025", 601, "F1-Q3", ("breakdowns", "sex", "cells", "r1/2025"), "601"),
    ("F1-Q3", "F1-Q3.2", "label", "Girls", "F1-Q3", ("breakdowns", "sex", "rows", 0, "label"), "Girls"),
    ("G1", "Value", "answer", 4, "G1-Q2", ("value",), "4"),
    ("G1", "Year", "answer", 2023, "G1-Q2", ("year",), "2023"),
    ("G1", "Date", "answer", datetime.date(2024, 4, 1), "G1-Q3", ("date",), "2024-04-01"),
    ("G1", "Date", "answer", "1.4.2024", "G1-Q3", ("date",), "2024-04-01"),
    ("G1", "Note", "answer", "-later", "G1-Q3", ("note",), "-later"),
]  # fmt: skip


@pytest.mark.parametrize(("sheet", "about", "column", "typed", "code", "path", "stored"), TYPED)
def test_a_value_typed_in_a_cell_is_stored_as_the_page_would(
    cast, report, sheet, about, column, typed, code, path, stored
):
    _row, data = filling.downloaded(report, cast.jonas)
    book = filling.opened(data)
    cell = filling.cell(book, sheet, about, column)
    cell.value = typed
    if isinstance(typed, str):
        cell.data_type = "s"
    others = dict(report.answers.exclude(question__code__endswith=code).values_list("pk", "version"))

    brought(report, cast.jonas, book)

    content = answer(report, code).content
    for step in path:
        content = content[step]
    assert content == stored
    assert dict(report.answers.exclude(question__code__endswith=code).values_list("pk", "version")) == others


def test_a_percentage_under_a_format_is_the_number_that_people_see(cast, report):
    _row, data = filling.downloaded(report, cast.jonas)
    book = filling.opened(data)
    cell = filling.cell(book, "F1-Q3", "Permits", "y2025")
    cell.value, cell.number_format = 0.25, "0%"

    brought(report, cast.jonas, book)

    assert answer(report, "F1-Q3").content["cells"]["m1/m1/2025"] == "25"


def test_an_emptied_cell_takes_its_value_away(cast, report):
    _row, data = filling.downloaded(report, cast.jonas)
    book = filling.opened(data)
    filling.cell(book, "F1-Q3", "Permits", "y2024").value = None
    filling.cell(book, "G1", "Note").value = None

    brought(report, cast.jonas, book)

    assert answer(report, "F1-Q3").content["cells"] == {"m1/m1/2025": "1250"}
    assert answer(report, "G1-Q3").content == {"date": "2024-03-31"}


def test_empty_rows_take_new_rows_of_a_breakdown_and_new_laws(cast, report):
    _row, data = filling.downloaded(report, cast.jonas)
    book = filling.opened(data)
    filling.cell(book, "F1-Q3", "F1-Q3.4", "label").value = "Not stated"
    filling.cell(book, "F1-Q3", "F1-Q3.4", "y2025").value = 7
    brought(report, cast.jonas, book)
    _row, data = filling.downloaded(report, cast.rosa)
    book = filling.opened(data)
    filling.cell(book, "F2-Q2", "F2-Q2.2", "title").value = "Labour Code"
    filling.cell(book, "F2-Q2", "F2-Q2.2", "date").value = "March 1996"
    brought(report, cast.rosa, book)

    sex = answer(report, "F1-Q3").content["breakdowns"]["sex"]
    laws = answer(report, "F2-Q2").content["references"]
    assert [row["label"] for row in sex["rows"]] == ["Women", "Men", "Not stated"]
    assert sex["cells"][f"{sex['rows'][2]['key']}/2025"] == "7"
    assert [(law["title"], law.get("date")) for law in laws] == [
        ("Act on Agencies", "2019-03-04"),
        ("Labour Code", "March 1996"),
    ]


def test_a_value_that_cannot_be_read_is_told_with_its_place_and_the_rest_arrives(cast, report):
    _row, data = filling.downloaded(report, cast.jonas)
    book = filling.opened(data)
    cell = filling.cell(book, "F1-Q3", "Permits", "y2025")
    cell.value = "about a thousand"
    filling.cell(book, "F1-Q3", "Permits", "y2024").value = 900

    found = brought(report, cast.jonas, book)

    wrong = [(each.sheet, each.where, each.reason) for each in found.entries if each.status == "error"]
    sentence = "“about a thousand” is not a number. Enter a number or mark it “not available”."
    assert wrong == [("F1-Q3", cell.coordinate, sentence)]
    assert answer(report, "F1-Q3").content["cells"] == {"m1/m1/2025": "1250", "m1/m1/2024": "900"}


def test_cells_changed_here_and_there_are_put_together_and_the_same_cell_clashes(cast, report):
    _row, data = filling.downloaded(report, cast.jonas)
    content = answer(report, "F1-Q3").content
    put(report, "F1-Q3", {**content, "cells": {"m1/m1/2025": "1400", "m1/m1/2024": "800"}}, cast.dana)
    book = filling.opened(data)
    filling.cell(book, "F1-Q3", "Permits", "y2025").value = 1300
    filling.cell(book, "F1-Q3", "Permits", "source").value = "Register"
    filled = filling.handed_in(report, filling.saved(book), cast.jonas)
    entries = [each for plan in filling.previewed(filled, report, cast.jonas).planned for each in plan.entries]
    clash = next(each for each in entries if each.status == "clash")

    filling.applied(filled, report, cast.jonas, {clash.name: "mine"})

    assert sorted(each.status for each in entries) == ["clash", "new"]
    assert (clash.base, clash.theirs, clash.mine) == ("1250", "1400", "1300")
    after = answer(report, "F1-Q3").content
    assert after["cells"] == {"m1/m1/2025": "1300", "m1/m1/2024": "800"}
    assert after["sources"]["m1"] == {"source": "Register", "reference_date": "2025-01-01"}


def test_marks_and_choices_are_said_in_the_language_of_the_workbook(cast, translated, report):
    _row, data = filling.downloaded(report, cast.jonas, language="ar")
    book = filling.opened(data)
    page = book["F1-Q3"]
    mark = page.cell(filling.row(page, "F1-Q3.1"), filling.column(page, "y2024"))
    words = mark.value
    page.cell(mark.row, filling.column(page, "y2025")).value = words

    brought(report, cast.jonas, book)

    assert page.sheet_view.rightToLeft is True
    assert words == "غير متاح"
    assert answer(report, "F1-Q3").content["cells"]["m1/m1/2025"] == "not_available"


# --- what a spreadsheet does to a workbook -------------------------------------------------


def test_a_workbook_edited_and_saved_by_libreoffice_still_works(cast, report, tmp_path):
    soffice = shutil.which("soffice")
    assert soffice, "LibreOffice (soffice) is missing, so nobody knows whether a workbook survives it"
    _row, data = filling.downloaded(report, cast.jonas)
    book = filling.opened(data)
    filling.cell(book, "F1", "New paragraph").value = "=One more, “quoted”\nin two lines"
    filling.cell(book, "F1", "New paragraph").data_type = "s"
    filling.cell(book, "F1-Q3", "Permits", "y2025").value = 1300
    filling.cell(book, "G1", "Date").value = datetime.date(2024, 4, 1)
    (tmp_path / "work.xlsx").write_bytes(filling.saved(book))
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    command = [soffice, "--headless", profile, "--convert-to", "xlsx", "--outdir", str(tmp_path / "out")]
    subprocess.run([*command, str(tmp_path / "work.xlsx")], check=True, capture_output=True, timeout=180)

    filled = filling.handed_in(report, (tmp_path / "out" / "work.xlsx").read_bytes(), cast.jonas)
    changed = sorted(field for fields in filled.changes.values() for field in fields)
    filling.applied(filled, report, cast.jonas)

    assert (filled.problems, filled.remarks) == ([], [])
    assert changed[:2] == ["cell-m1/m1/2025", "date"]
    assert len(changed) == 3
    assert answer(report, "F1-Q3").content["cells"]["m1/m1/2025"] == "1300"
    assert answer(report, "G1-Q3").content["date"] == "2024-04-01"
    texts = Paragraph.objects.filter(answer__report=report).order_by("pk").values_list("text", flat=True)
    assert list(texts) == ["Agencies need a licence.", "=One more, “quoted”\nin two lines"]


def test_sheets_renamed_and_rows_sorted_are_understood_by_their_identifiers(cast, report):
    _row, data = filling.downloaded(report, cast.jonas)
    book = filling.opened(data)
    filling.cell(book, "F1", "Paragraph 1").value = "Agencies need two licences."
    book["F1"].title = "My own name"
    page = book["My own name"]
    lines = [[cell.value for cell in line] for line in page.iter_rows(min_row=filling.FIRST)]
    random.Random(3).shuffle(lines)
    for at, line in enumerate(lines, start=filling.FIRST):
        for place, value in enumerate(line, start=1):
            page.cell(at, place).value = value

    found = brought(report, cast.jonas, book)

    assert (found.filled.problems, found.filled.remarks) == ([], [])
    assert [(each.status, each.mine) for each in found.entries] == [("new", "Agencies need two licences.")]


# --- random edits on both sides ------------------------------------------------------------

TEXT = "Agencies need a licence."
CELLS = {"m1/m1/2025": "y2025", "m1/m1/2024": "y2024"}
NUMBERS = st.sampled_from(["1250", "not_available", "", "1", "20", "suppressed"])
WORDS = st.sampled_from([TEXT, "Agencies now need a licence.", "Agencies need a licence and pay.", "Nothing.", ""])
SIDE = st.fixed_dictionaries({**dict.fromkeys(CELLS, NUMBERS), "text": WORDS})


@pytest.fixture
def work(cast, report) -> bytes:
    return filling.downloaded(report, cast.jonas)[1]


def standing(report) -> dict[str, str]:
    cells = answer(report, "F1-Q3").content.get("cells", {})
    texts = Paragraph.objects.filter(answer=answer(report, "F1-Q1")).values_list("text", flat=True)
    return {**{name: cells.get(name, "") for name in CELLS}, "text": "|".join(texts)}


def write_on_the_page(cast, report, side: dict[str, str]) -> None:
    row = answer(report, "F1-Q1")
    key = str(row.paragraphs.get().key)
    edit = AnswerEdit(row.pk, row.version, paragraphs=[Piece(key, side["text"])])
    save_answers(made.section(report, "f1"), [edit], by=cast.dana)
    content = answer(report, "F1-Q3").content
    put(report, "F1-Q3", {**content, "cells": {name: side[name] for name in CELLS if side[name]}}, cast.dana)


def write_in_the_workbook(data: bytes, side: dict[str, str]) -> bytes:
    book = filling.opened(data)
    filling.cell(book, "F1", "Paragraph 1").value = side["text"] or None
    for name, column in CELLS.items():
        words = side[name].replace("_", " ")
        filling.cell(book, "F1-Q3", "Permits", column).value = int(words) if words.isdecimal() else words or None
    return filling.saved(book)


def expected(base: str, page: str, work: str, *, is_text: bool, choice: str) -> tuple[str, bool]:
    """What must stand, and whether both sides clash."""
    if work in (base, page) or page == base:
        return (page if work in (base, page) else work), False
    together = merge_words(base, work, page) if is_text and work and page else None
    if together is not None:
        return together, False
    return (work if choice == "mine" else page), True


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@example(
    here={"m1/m1/2025": "1250", "m1/m1/2024": "1250", "text": "Agencies need a licence."},
    there={"m1/m1/2025": "", "m1/m1/2024": "", "text": "Agencies need a licence."},
    choice="mine",
)
@given(here=SIDE, there=SIDE, choice=st.sampled_from(["mine", "theirs"]))
def test_edits_that_do_not_clash_arrive_clashes_are_told_and_nothing_else_changes(
    cast, report, work, here, there, choice
):
    with undone():
        base = standing(report)
        write_on_the_page(cast, report, here)
        others = report.answers.exclude(question__code__endswith="F1-Q1").exclude(question__code__endswith="F1-Q3")
        before = list(others.order_by("pk").values_list("pk", "version", "content"))
        filled = filling.handed_in(report, write_in_the_workbook(work, there), cast.jonas)
        entries = [each for plan in filling.previewed(filled, report, cast.jonas).planned for each in plan.entries]
        clashes = {each.path[-1] if each.path else "text": each.name for each in entries if each.status == "clash"}

        filling.applied(filled, report, cast.jonas, dict.fromkeys(clashes.values(), choice))

        after = standing(report)
        for name in (*CELLS, "text"):
            sides = base[name], here[name], there[name]
            wanted, clash = expected(*sides, is_text=name == "text", choice=choice)
            assert (name, after[name], name in clashes) == (name, wanted, clash)
        assert list(others.order_by("pk").values_list("pk", "version", "content")) == before
        assert answer(report, "F1-Q3").content["sources"]["m1"]["source"] == "Labour force survey"
