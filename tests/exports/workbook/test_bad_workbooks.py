"""Workbooks that are foreign, old, damaged or booby-trapped: each is told in a sentence, none changes anything."""

import io
import itertools
import struct
import uuid
import zipfile
from types import SimpleNamespace

import pytest
from openpyxl import Workbook as Book
from openpyxl.drawing.image import Image
from openpyxl.worksheet.formula import ArrayFormula
from PIL import Image as Picture

from accounts.exceptions import Refused
from exports.models import FilledWorkbook, Workbook
from exports.workbook import guard, reading
from exports.workbook.sentences import say
from reporting.reports.models import AnswerVersion, Report
from tests.exports.workbook import filling
from tests.exports.workbook.full import answer, full
from tests.reporting.reports import factories as made

pytestmark = pytest.mark.django_db
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
OFFICE = "application/vnd.openxmlformats-officedocument.spreadsheetml"


@pytest.fixture
def w(cast) -> SimpleNamespace:
    report = full(cast)
    row, data = filling.downloaded(report, cast.jonas)
    return SimpleNamespace(cast=cast, report=report, row=row, data=data)


def packed(**parts: bytes) -> bytes:
    """A zip of parts; "__" stands for "/" and "_0" for "."."""
    return zipped({name.replace("__", "/").replace("_0", "."): data for name, data in parts.items()})


def zipped(parts: dict[str, bytes], level: int = zipfile.ZIP_DEFLATED) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", level) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return file.getvalue()


def parts_of(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def with_parts(data: bytes, **more: bytes) -> bytes:
    return zipped(
        {**parts_of(data), **{name.replace("__", "/").replace("_0", "."): each for name, each in more.items()}}
    )


def replaced(data: bytes, part: str, old: bytes, new: bytes) -> bytes:
    parts = parts_of(data)
    assert old in parts[part]
    return zipped({**parts, part: parts[part].replace(old, new)})


def edited(w, change) -> bytes:
    book = filling.opened(w.data)
    change(book)
    return filling.saved(book)


# --- files that are refused as a whole -----------------------------------------------------


def flagged_as_encrypted(w) -> bytes:
    """The flag of encryption set in the list of the zip."""
    data = bytearray(w.data)
    at = data.index(b"PK\x01\x02")
    struct.pack_into("<H", data, at + 8, 1)
    return bytes(data)


def a_part_twice(w) -> bytes:
    file = io.BytesIO(w.data)
    with zipfile.ZipFile(file, "a") as archive:
        archive.writestr("XL/workbook.xml", b"<workbook/>")
    return file.getvalue()


def flipped(w) -> bytes:
    """One byte of a packed part is another."""
    data = bytearray(w.data)
    with zipfile.ZipFile(io.BytesIO(w.data)) as archive:
        info = archive.getinfo("xl/workbook.xml")
    data[info.header_offset + 30 + len(info.filename) + info.compress_size // 2] ^= 0xFF
    return bytes(data)


def of_another_state(w) -> bytes:
    Workbook.objects.filter(pk=w.row.pk).update(state_party=w.cast.qamar)
    return w.data


def of_another_report(w) -> bytes:
    Workbook.objects.filter(pk=w.row.pk).update(report=made.report(w.cast))
    return w.data


def of_an_old_edition(w) -> bytes:
    Workbook.objects.filter(pk=w.row.pk).update(edition_sha256="1" * 64)
    return w.data


def with_a_sheet_of_another(w) -> bytes:
    _row, data = filling.downloaded(w.report, w.cast.jonas)
    other = filling.opened(data)["G1"]["B1"].value
    return edited(w, lambda book: setattr(book["G1"]["B1"], "value", other))


def without_its_sheets(book) -> None:
    for name in book.sheetnames[1:]:
        del book[name]


def with_many_sheets(book) -> None:
    for number in range(401):
        book.create_sheet(f"Mine {number}")


def foreign(w) -> bytes:
    book = Book()
    book.active["A1"] = "My own list"
    return filling.saved(book)


ENTITIES = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><sst>&b;</sst>'
BOMB = b"0" * (40 * 1024 * 1024)
FILES = {
    "nothing at all": (lambda w: b"", "empty"),
    "eleven megabytes": (lambda w: b"PK\x03\x04" + b"0" * (11 * 1024 * 1024), "large"),
    "a password for opening": (lambda w: OLE + "EncryptedPackage".encode("utf-16-le"), "encrypted"),
    "parts that are encrypted": (flagged_as_encrypted, "encrypted"),
    "the old format": (lambda w: OLE + "Workbook".encode("utf-16-le"), "old_excel"),
    "a PDF": (lambda w: b"%PDF-1.7 report", "pdf"),
    "a list with commas": (lambda w: b"a,b\n1,2\n", "not_excel"),
    "a picture": (lambda w: b"\x89PNG\r\n\x1a\n", "not_excel"),
    "a page": (lambda w: b"<html><table><tr><td>1</td></tr></table></html>", "not_excel"),
    "any zip": (lambda w: packed(readme_0txt=b"hello"), "not_excel"),
    "a Word document": (lambda w: packed(word__document_0xml=b"<a/>"), "word"),
    "an OpenDocument sheet": (
        lambda w: packed(mimetype=b"application/vnd.oasis.opendocument.spreadsheet"),
        "opendocument",
    ),
    "a binary workbook": (lambda w: packed(xl__workbook_0bin=b"\x83"), "binary"),
    "half a file": (lambda w: w.data[: len(w.data) // 2], "damaged"),
    "a byte that flipped": (flipped, "damaged"),
    "macros": (lambda w: with_parts(w.data, xl__vbaProject_0bin=b"Sub a()"), "macros"),
    "macros by name": (
        lambda w: replaced(
            w.data,
            "[Content_Types].xml",
            f"{OFFICE}.sheet.main".encode(),
            b"application/vnd.ms-excel.sheet.macroEnabled.main",
        ),
        "macros",
    ),
    "macros in a sheet": (lambda w: with_parts(w.data, xl__macrosheets__sheet1_0xml=b"<a/>"), "macros"),
    "links to another workbook": (lambda w: with_parts(w.data, xl__externalLinks__externalLink1_0xml=b"<a/>"), "links"),
    "a connection to a database": (lambda w: with_parts(w.data, xl__connections_0xml=b"<a/>"), "links"),
    "a file inside": (lambda w: with_parts(w.data, xl__embeddings__oleObject1_0bin=b"MZ"), "embedded"),
    "a control": (lambda w: with_parts(w.data, xl__activeX__activeX1_0xml=b"<a/>"), "embedded"),
    "a part of zeros": (lambda w: with_parts(w.data, xl__worksheets__sheet99_0xml=BOMB), "ratio"),
    "two parts of zeros": (
        lambda w: with_parts(w.data, xl__worksheets__sheet98_0xml=BOMB, xl__worksheets__sheet99_0xml=BOMB),
        "unpacked",
    ),
    "five hundred parts": (
        lambda w: zipped({**parts_of(w.data), **{f"xl/media/{n}.png": b"" for n in range(500)}}),
        "many_parts",
    ),
    "a part outside": (lambda w: zipped({**parts_of(w.data), "../../etc/passwd": b"root"}), "strange_names"),
    "a part twice": (a_part_twice, "strange_names"),
    "entities": (lambda w: with_parts(w.data, xl__sharedStrings_0xml=ENTITIES), "entities"),
    "entities in another coding": (
        lambda w: with_parts(w.data, xl__sharedStrings_0xml=ENTITIES.decode().encode("utf-16")),
        "entities",
    ),
    "a sheet that breaks off": (
        lambda w: with_parts(w.data, xl__worksheets__sheet2_0xml=parts_of(w.data)["xl/worksheets/sheet2.xml"][:900]),
        "unreadable",
    ),
    "no list of parts": (
        lambda w: zipped({n: d for n, d in parts_of(w.data).items() if n != "xl/_rels/workbook.xml.rels"}),
        "unreadable",
    ),
    "a workbook of somebody's own": (foreign, "foreign"),
    "an unknown identifier": (
        lambda w: (Workbook.objects.filter(pk=w.row.pk).update(uuid=uuid.uuid4()), w.data)[1],
        "unknown",
    ),
    "an identifier that is none": (
        lambda w: zipped({n: d.replace(str(w.row.uuid).encode(), b"mine") for n, d in parts_of(w.data).items()}),
        "unknown",
    ),
    "one of another State": (of_another_state, "unknown"),
    "one of another report": (of_another_report, "other_report"),
    "one of an old edition": (of_an_old_edition, "other_edition"),
    "sheets of two workbooks": (with_a_sheet_of_another, "two_workbooks"),
    "no sheets to fill in": (lambda w: edited(w, without_its_sheets), "no_sheets"),
    "four hundred sheets more": (lambda w: edited(w, with_many_sheets), "many_sheets"),
    "six thousand rows more": (lambda w: edited(w, lambda b: b["F1"].cell(6000, 4, "x")), "many_rows"),
}
SAID = {
    "large": {"limit": "10.0\xa0MB"},
    "many_sheets": {"limit": reading.MOST_SHEETS},
    "many_rows": {"sheet": "F1", "limit": reading.MOST_ROWS},
}


@pytest.mark.parametrize("name", FILES)
def test_a_file_that_cannot_be_taken_is_refused_with_a_sentence_and_changes_nothing(w, name):
    make, code = FILES[name]
    data, versions = make(w), AnswerVersion.objects.count()

    with pytest.raises(Refused) as refused:
        filling.handed_in(w.report, data, w.cast.jonas)

    assert refused.value.reason == say(code, SAID.get(code, {}))
    assert (AnswerVersion.objects.count(), FilledWorkbook.objects.count()) == (versions, 0)


def test_nothing_is_unpacked_of_a_file_that_would_be_too_large(w, monkeypatch):
    monkeypatch.setattr(zipfile.ZipFile, "read", lambda *_: pytest.fail("unpacked"))

    with pytest.raises(Refused):
        guard.require_workbook(with_bomb())


def with_bomb() -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", BOMB)
    return file.getvalue()


def test_a_row_at_the_end_of_the_largest_sheet_costs_no_time(w):
    data = edited(w, lambda book: book["Instructions"].cell(1_048_576, 1, "x"))

    filled = filling.handed_in(w.report, data, w.cast.jonas)

    assert filled.changes == {}


# --- rows and cells that are left out ------------------------------------------------------


def id_of(book, sheet: str, about: str, at: int = 0):
    page = book[sheet]
    return page.cell(filling.row(page, about, at), 1)


def put(sheet: str, about: str, key: str, value, at: int = 0):
    def change(book, w):
        cell = filling.cell(book, sheet, about, key, at)
        cell.value = value
        if isinstance(value, str) and not value.startswith("=SUM"):
            cell.data_type = "s"
        return sheet, cell.coordinate

    return change


def errors(book, w):
    cell = filling.cell(book, "F1-Q3", "Permits", "y2025")
    cell.value, cell.data_type = "#REF!", "e"
    return "F1-Q3", cell.coordinate


def array(book, w):
    cell = filling.cell(book, "F1-Q3", "Permits", "y2025")
    book["F1-Q3"][cell.coordinate] = ArrayFormula(cell.coordinate, "=SUM(A1:A3)")
    return "F1-Q3", cell.coordinate


def identifier(make):
    def change(book, w):
        cell = id_of(book, "F1", "New paragraph")
        text = filling.cell(book, "F1", "New paragraph")
        cell.value, text.value = make(w), "Mine."
        return "F1", f"D{cell.row}"

    return change


def of_qamar(w) -> str:
    theirs = made.report(SimpleNamespace(**{**vars(w.cast), "arcadia": w.cast.arcadia}))
    row = theirs.answers.order_by("pk").first()
    type(row).objects.filter(pk=row.pk).update(state_party=w.cast.qamar)
    return f"{row.pk}:p:{uuid.uuid4()}"


def version(book, w):
    page = book["F1"]
    at = filling.row(page, "Paragraph 1")
    page.cell(at, 2).value = 9
    return "F1", f"D{at}"


def twice(book, w):
    page = book["F1"]
    at = filling.row(page, "Paragraph 1")
    last = page.max_row + 1
    for column in range(1, 6):
        page.cell(last, column).value = page.cell(at, column).value
    page.cell(last, 5).value = "Another text."
    return "F1", f"D{at}"


def swapped(book, w):
    one, other = id_of(book, "F1", "New paragraph"), id_of(book, "F1", "New paragraph", 1)
    one.value, other.value = other.value, one.value
    filling.cell(book, "F1", "New paragraph").value = "Mine."
    return "F1", f"D{one.row}"


def merged(book, w):
    page = book["F1"]
    at = filling.row(page, "Paragraph 1")
    page.merge_cells(f"E{at}:E{at + 1}")
    return "F1", f"D{at}"


def below(book, w):
    page = book["F1"]
    page.cell(page.max_row + 2, 5).value = "One thing more."
    return "F1", f"E{page.max_row}"


def lost(book, w):
    cell = id_of(book, "F1", "Paragraph 1")
    cell.value = None
    return "F1", f"D{cell.row}"


def unnamed(book, w):
    return put("F1-Q3", "F1-Q3.4", "y2025", 5)(book, w)


def nameless(book, w):
    filling.cell(book, "F1-Q3", "F1-Q3.2", "label").value = None
    return "F1-Q3", filling.cell(book, "F1-Q3", "F1-Q3.2", "label").coordinate


CELL = ("F1-Q3", "Permits", "y2025")
LONG = "This text has {size} characters; a paragraph may have 20000. Split it in two."
OUTSIDE = "This row belongs to no question of this workbook. Write in the rows that were downloaded."
FORMULA = "This cell holds a formula. Put its value there instead."
PLACES = {
    "an identifier made up": (identifier(lambda w: "mine"), OUTSIDE),
    "the identifier of a question of another State": (identifier(of_qamar), OUTSIDE),
    "the identifier of a question of another body": (
        identifier(lambda w: f"{answer(w.report, 'F2-Q1').pk}:p:{uuid.uuid4()}"),
        OUTSIDE,
    ),
    "a paragraph of one's own making": (
        identifier(lambda w: f"{answer(w.report, 'F1-Q1').pk}:p:{uuid.uuid4()}"),
        OUTSIDE,
    ),
    "another version": (
        version,
        "This row comes from another download. Hand in that workbook, or write in the row of this one.",
    ),
    "a row twice": (twice, "This row stands twice, with different answers. Keep one of them."),
    "rows half sorted": (
        swapped,
        "The number beside this row is F1-Q1.2, its hidden identifier says F1-Q1.3: only some columns were sorted."
        " Undo that.",
    ),
    "cells merged": (merged, "Cells of this row were merged. Undo that and write each answer into its own cell."),
    "a formula": (put(*CELL, "=SUM(A1:A3)"), FORMULA),
    "a formula over several cells": (array, FORMULA),
    "an error": (errors, "This cell shows the error #REF!. Put a value there."),
    "a text too long": (put("F1", "Paragraph 1", "answer", "word " * 4001 + "end"), LONG.format(size=20008)),
    "as long as a cell may be": (put("F1", "New paragraph", "answer", "x" * 32767), LONG.format(size=32767)),
    "something below the questions": (
        below,
        "What stands here belongs to no question. Write in an empty row of the question instead.",
    ),
    "a lost identifier": (
        lost,
        "This row has lost its hidden identifier. Write in the row as it was downloaded.",
    ),
    "words for a number": (
        put(*CELL, "12 apples"),
        "“12 apples” is not a number. Enter a number or mark it “not available”.",
    ),
    "a day for a number": (
        put(*CELL, "31.3.2024"),
        "“31.3.2024” is not a number. Enter a number or mark it “not available”.",
    ),
    "true for a number": (put(*CELL, True), "“yes” is not a number. Enter a number or mark it “not available”."),
    "a count below zero": (put(*CELL, -5), "A count cannot be below 0."),
    "a dash": (put(*CELL, "-"), "Enter 0, or mark it “not available” or “not applicable”."),
    "a number beyond measure": (
        put(*CELL, 10**30),
        "“1000000000000000000000000000000” is larger or finer than a table can hold; round it.",
    ),
    "a choice that is none": (put("F1", "Answer", "answer", "Perhaps"), "Choose yes, partly or no."),
    "a day that is none": (
        put("G1", "Date", "answer", "31.2.2024"),
        "“31.2.2024” is not a date. Write it like 2026-03-31 or 31.3.2026.",
    ),
    "a year that is none": (
        put("G1", "Year", "answer", "last year"),
        "“last year” is not a year. Write four digits, such as 2024.",
    ),
    "a year to come": (
        put("G1", "Year", "answer", 2099),
        "2099 lies after the time of the report, which ends with 2025.",
    ),
    "a note too long": (
        put("G1", "Note", "answer", "n" * 2001),
        "Shorten this to 2000 characters; it has 2001.",
    ),
    "a value in a row without a name": (unnamed, "Name this row."),
    "a row that loses its name": (nameless, "Name this row."),
}


@pytest.mark.parametrize("name", PLACES)
def test_what_cannot_be_understood_is_told_with_its_place_and_changes_nothing(w, name):
    change, sentence = PLACES[name]
    book = filling.opened(w.data)
    sheet, where = change(book, w)
    versions = AnswerVersion.objects.count()

    filled = filling.handed_in(w.report, filling.saved(book), w.cast.jonas)
    found = told(filled, w)
    filling.applied(filled, w.report, w.cast.jonas)

    assert (sheet, where, sentence) in found
    assert {each[2] for each in found} <= {
        sentence,
        sentence.replace("1.2", "1.x").replace("1.3", "1.2").replace("1.x", "1.3"),
    }
    assert AnswerVersion.objects.count() == versions


def told(filled, w) -> list[tuple[str, str, str]]:
    preview = filling.previewed(filled, w.report, w.cast.jonas)
    entries = itertools.chain.from_iterable(plan.entries for plan in preview.planned)
    return [
        *((sheet, where, say(code, said)) for code, sheet, where, said in filled.problems),
        *((each.sheet, each.where, each.reason) for each in entries if each.status == "error"),
    ]


@pytest.mark.parametrize(
    ("about", "column", "value", "sentence"),
    [
        ("F2-Q2.1", "link", "see the gazette", "“see the gazette” is not a web address. It begins with https://."),
        ("F2-Q2.1", "title", None, "Give the title."),
        ("F2-Q2.2", "number", "13", "Give the title."),
    ],
)
def test_a_law_that_lacks_what_it_needs_is_told_and_left_as_it_was(w, about, column, value, sentence):
    _row, data = filling.downloaded(w.report, w.cast.rosa)
    book = filling.opened(data)
    cell = filling.cell(book, "F2-Q2", about, column)
    cell.value = value
    before = answer(w.report, "F2-Q2").content

    filled = filling.handed_in(w.report, filling.saved(book), w.cast.rosa)
    preview = filling.previewed(filled, w.report, w.cast.rosa)
    filling.applied(filled, w.report, w.cast.rosa)

    entries = [(each.sheet, each.where, each.reason) for plan in preview.planned for each in plan.entries]
    assert entries == [("F2-Q2", cell.coordinate, sentence)]
    assert answer(w.report, "F2-Q2").content == before


# --- what is left aside and needs no mending -----------------------------------------------


def extra_sheet(book) -> None:
    book.create_sheet("Notes")["A1"] = "mine"


def hidden_sheet(book) -> None:
    extra_sheet(book)
    book["Notes"].sheet_state = "veryHidden"


def missing_rows(book) -> None:
    book["F1"].delete_rows(filling.row(book["F1"], "Paragraph 1"), 2)


def missing_sheet(book) -> None:
    del book["F1-Q3"]


def missing_column(book) -> None:
    book["F1-Q3"].delete_cols(filling.column(book["F1-Q3"], "method"))


def extra_column(book) -> None:
    for line in range(1, 12):
        book["F1"].cell(line, 9).value = "mine"


def picture(book) -> None:
    file = io.BytesIO()
    Picture.new("RGB", (4, 4)).save(file, "PNG")
    book["F1"].add_image(Image(file), "F2")


ASIDE = {
    "a sheet of one's own": (extra_sheet, ["Sheet “Notes” is not part of the workbook and was not read."]),
    "a hidden sheet": (hidden_sheet, ["Sheet “Notes” is not part of the workbook and was not read."]),
    "rows deleted": (missing_rows, ["Rows that are missing in the file were left as they are on the page: 2."]),
    "a sheet deleted": (missing_sheet, ["Rows that are missing in the file were left as they are on the page: 8."]),
    "a column deleted": (
        missing_column,
        ["Columns that are missing on sheet “F1-Q3” were left as they are on the page."],
    ),
    "a column of one's own": (extra_column, []),
    "a picture": (picture, ["Pictures and charts are not read."]),
}


@pytest.mark.parametrize("name", ASIDE)
def test_what_is_missing_or_besides_is_said_and_takes_nothing_away(w, name):
    change, remarks = ASIDE[name]
    versions = AnswerVersion.objects.count()

    filled = filling.handed_in(w.report, edited(w, change), w.cast.jonas)
    filling.applied(filled, w.report, w.cast.jonas)

    assert [say(code, said) for code, said in filled.remarks] == remarks
    assert (filled.changes, filled.problems) == ({}, [])
    assert AnswerVersion.objects.count() == versions


def test_characters_that_cannot_be_kept_are_left_out(w):
    book = filling.opened(w.data)
    filling.cell(book, "F1", "New paragraph").value = "one_x0001_two_x000D_\nthree"

    filled = filling.handed_in(w.report, filling.saved(book), w.cast.jonas)

    (change,) = next(iter(filled.changes.values())).values()
    assert change["text"] == "onetwo\nthree"


def test_there_are_at_least_forty_of_them():
    assert len({code for _make, code in FILES.values()}) + len({said for _change, said in PLACES.values()}) >= 40
    assert len(FILES) + len(PLACES) >= 60


def test_a_report_of_the_factories_ends_with_2025(w):
    assert Report.objects.get(pk=w.report.pk).last_year == 2025
