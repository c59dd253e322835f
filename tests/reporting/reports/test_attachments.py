"""Files of sections and answers."""

import io
import zipfile

import pytest
from django.core.files.base import ContentFile

from accounts import files
from accounts.exceptions import Denial, Refused
from reporting.reports import freeze
from reporting.reports.services.attachment import make_annex, make_internal, remove, upload
from tests.reporting.reports import factories as made


def office(member: str, *more: str) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        for name in ("[Content_Types].xml", member, *more):
            archive.writestr(name, "<x/>")
    return data.getvalue()


@pytest.fixture
def section(cast, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return made.section(made.report(cast), "f1")


def put(section, by, content=b"%PDF-1.7", name="law.pdf", **fields):
    return upload(section, file=ContentFile(content, name=name), by=by, **fields)


def refusal(function, *args, **fields) -> Refused:
    with pytest.raises(Refused) as caught:
        function(*args, **fields)
    return caught.value


@pytest.mark.parametrize(
    ("content", "name", "kind"),
    [
        (b"%PDF-1.7", "a.pdf", "pdf"),
        (office("word/document.xml"), "a.docx", "docx"),
        (office("xl/workbook.xml"), "a.xlsx", "xlsx"),
        (b"\x89PNG\r\n\x1a\n...", "a.png", "png"),
        (b"\xff\xd8\xff\xe0...", "a.jpeg", "jpg"),
        ("année;nombre\n2024;3\n".encode(), "a.csv", "csv"),
        (b"plain text", "a.md", "txt"),
        (office("word/document.xml", "word/vbaProject.bin"), "a.docm", None),
        (office("other/file.xml"), "a.docx", None),
        (b"PK\x03\x04 broken", "a.docx", None),
        (b"<svg onload='x'>", "a.txt", None),
        (b"MZ\x90\x00", "a.pdf", None),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "a.doc", None),
    ],
)
def test_a_file_is_what_its_content_says(content, name, kind):
    assert files.kind_of(content, name) == kind


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("../../etc/passwd", "passwd.pdf"),
        ("C:\\law\\text.exe", "text.pdf"),
        ("act\u202efdp.exe", "actfdp.pdf"),
        (".hidden", "hidden.pdf"),
        ("قانون العمل.pdf", "قانون العمل.pdf"),
        ("", "file.pdf"),
        ("x" * 300 + ".pdf", "x" * 116 + ".pdf"),
    ],
)
def test_names_are_cleaned_and_end_as_their_content_does(given, kept):
    assert files.clean_name(given, "pdf") == kept


def test_a_drafter_adds_a_file_that_is_internal_under_a_name_nobody_guesses(cast, section):
    answer = section.answers.order_by("question__position")[0]

    row = put(section, cast.dana, answer=answer)

    assert (row.title, row.content_type, row.size, row.is_annex) == ("law.pdf", "application/pdf", 8, False)
    assert "law" not in row.file.name
    with row.file.open() as stored:
        assert stored.read() == b"%PDF-1.7"


@pytest.mark.parametrize("name", ["rosa", "amina", "mina", "nuri", "idris"])
def test_only_those_who_write_add_files(cast, section, name):
    assert refusal(put, section, getattr(cast, name)).denial == Denial.NO_RIGHT


def test_no_file_is_added_once_the_section_is_in_review(cast, section):
    made.set_state(section, "in_review")

    assert "in review" in refusal(put, section, cast.dana).reason


@pytest.mark.parametrize(("content", "reason"), [(b"", "The file is empty."), (b"%PDF" + b"x" * 100, "larger than")])
def test_empty_and_oversized_files_are_refused(cast, section, settings, content, reason):
    settings.ATTACHMENT_MAX_BYTES = 50

    assert reason in refusal(put, section, cast.dana, content=content).reason


def test_a_coordinator_makes_a_file_an_annex_to_the_report_and_internal_again(cast, section):
    row = put(section, cast.dana)

    assert freeze.content(section.report)["annexes"] == []
    make_annex(row, by=cast.amina)
    assert [each["sha256"] for each in freeze.content(section.report)["annexes"]] == [row.sha256]
    assert refusal(make_annex, row, by=cast.wen).reason == "This file is an annex to the report already."
    make_internal(row, by=cast.amina)
    assert freeze.content(section.report)["annexes"] == []


@pytest.mark.parametrize("name", ["dana", "jonas", "mina", "idris"])
def test_nobody_else_decides_what_goes_out(cast, section, name):
    row = put(section, cast.dana)

    refusal(make_annex, row, by=getattr(cast, name))


def test_a_removed_file_is_gone_from_the_report_and_stays_in_the_store(cast, section):
    row = make_annex(put(section, cast.dana), by=cast.amina)

    row = remove(row, by=cast.jonas)

    assert freeze.content(section.report)["annexes"] == []
    assert row.file.storage.exists(row.file.name)
    assert refusal(remove, row, by=cast.jonas).reason == "This file has been removed already."
