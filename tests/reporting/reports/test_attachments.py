"""Files of sections and answers."""

import dataclasses
import io
import zipfile

import pytest
from django.core.files.base import ContentFile

from accounts import files
from accounts.exceptions import Denial, Refused
from reporting.reports import freeze
from reporting.reports.models import Attachment
from reporting.reports.services.answer import AnswerEdit, save_answers
from reporting.reports.services.attachment import make_annex, make_internal, upload
from reporting.reports.services.upload import remove
from reporting.text.pieces import Piece
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


@pytest.fixture
def asked(section):
    """G1, whose fourth question asks for files."""
    return made.section(section.report, "g1")


def of(asked):
    return asked.answers.select_related("question").get(question__kind="files")


def bring(asked, by, content=b"%PDF-1.7", name="law.pdf", *, key="k1", **entry) -> Attachment:
    """Save the answer with one more entry that brings a file."""
    row = of(asked)
    listed = [*row.content.get("files", []), {"key": key, **entry, "attachment": 0}]
    edit = AnswerEdit(row.pk, row.version, content={"files": listed})
    received = files.receive(ContentFile(content, name=name))
    save_answers(asked, [dataclasses.replace(edit, uploads={key: received})], by=by)
    return row.attachments.latest("pk")


def stored(settings) -> list[str]:
    return sorted(path.suffix for path in settings.MEDIA_ROOT.rglob("*") if path.is_file())


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


def test_a_file_comes_with_a_save_and_is_internal_under_a_name_nobody_guesses(cast, asked):
    row = bring(asked, cast.dana, language="ar")

    answer = of(asked)
    assert answer.content == {"files": [{"key": "k1", "title": "law.pdf", "language": "ar", "attachment": row.pk}]}
    assert (answer.version, answer.is_answered) == (1, True)
    assert (row.title, row.content_type, row.size, row.is_annex) == ("law.pdf", "application/pdf", 8, False)
    assert "law" not in row.file.name
    with row.file.open() as kept:
        assert kept.read() == b"%PDF-1.7"


def test_a_save_that_fails_leaves_no_row_and_no_file(cast, asked, settings):
    answer, other = of(asked), asked.answers.get(question__kind="narrative")
    key = made.write(made.section(asked.report, "f1"), "A licence is required.", cast.dana)
    received = files.receive(ContentFile(b"%PDF-1.7", name="law.pdf"))
    edits = [
        AnswerEdit(answer.pk, 0, content={"files": []}, uploads={"k1": received}),
        AnswerEdit(other.pk, 0, paragraphs=[Piece(key, "A paragraph of another answer.")]),
    ]

    reason = refusal(save_answers, asked, edits, by=cast.dana).reason

    assert "a paragraph of another answer" in reason
    assert (Attachment.objects.count(), stored(settings), of(asked).content) == (0, [], {})


@pytest.mark.parametrize("name", ["rosa", "amina", "mina", "nuri", "idris"])
def test_only_those_who_write_bring_files(cast, asked, settings, name):
    assert refusal(bring, asked, getattr(cast, name)).denial == Denial.NO_RIGHT
    assert stored(settings) == []


def test_the_same_file_is_not_taken_twice(cast, asked, settings):
    bring(asked, cast.dana, title="Law 22")

    reason = refusal(bring, asked, cast.jonas, name="copy.pdf", key="k2").reason

    assert reason == "This file is here already, as “Law 22”."
    assert stored(settings) == [".pdf"]


def test_an_answer_names_no_file_of_another(cast, section, asked):
    row = put(section, cast.dana)
    edit = AnswerEdit(of(asked).pk, 0, content={"files": [{"key": "k1", "title": "Mine", "attachment": row.pk}]})

    assert "not of this answer" in refusal(save_answers, asked, [edit], by=cast.dana).reason


def test_a_file_that_its_answer_no_longer_names_is_removed_and_named_again_is_back(cast, asked):
    row = make_annex(bring(asked, cast.dana), by=cast.amina)
    content = of(asked).content

    save_answers(asked, [AnswerEdit(of(asked).pk, 1, content={})], by=cast.dana)
    assert (freeze.content(asked.report)["annexes"], of(asked).is_answered) == ([], False)
    save_answers(asked, [AnswerEdit(of(asked).pk, 2, content=content)], by=cast.dana)
    assert [each["id"] for each in freeze.content(asked.report)["annexes"]] == [row.pk]


def test_a_file_has_the_title_that_its_answer_gives_it(cast, asked):
    row = bring(asked, cast.dana)
    content = {"files": [{"key": "k1", "title": "Agencies Act", "attachment": row.pk}]}

    save_answers(asked, [AnswerEdit(of(asked).pk, 1, content=content)], by=cast.dana)

    row.refresh_from_db()
    assert row.title == "Agencies Act"


def test_the_same_file_is_not_added_to_the_section_twice_unless_it_was_removed(cast, section, settings):
    row = put(section, cast.dana, title="Law 22")

    assert refusal(put, section, cast.jonas).reason == "This file is here already, as “Law 22”."
    assert stored(settings) == [".pdf"]
    remove(row, by=cast.dana)
    assert put(section, cast.jonas).title == "law.pdf"


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


def test_a_removed_file_is_gone_from_answer_and_report_and_stays_in_the_store(cast, asked):
    row = make_annex(bring(asked, cast.dana), by=cast.amina)

    row = remove(row, by=cast.jonas)

    assert freeze.content(asked.report)["annexes"] == []
    assert (of(asked).content, of(asked).version) == ({}, 2)
    assert row.file.storage.exists(row.file.name)
    assert refusal(remove, row, by=cast.jonas).reason == "This file has been removed already."


def test_an_entry_that_is_a_link_too_stays_when_its_file_is_removed(cast, asked):
    row = bring(asked, cast.dana, title="Act", link="https://law.example/22")

    remove(row, by=cast.dana)

    assert of(asked).content == {"files": [{"key": "k1", "title": "Act", "link": "https://law.example/22"}]}


@pytest.mark.parametrize("name", ["rosa", "amina", "mina", "idris"])
def test_nobody_removes_what_they_may_not_write(cast, asked, name):
    row = bring(asked, cast.dana)

    assert refusal(remove, row, by=getattr(cast, name)).denial == Denial.NO_RIGHT


def test_the_file_of_the_section_as_a_whole_is_removed_by_its_drafters(cast, section):
    row = remove(put(section, cast.dana), by=cast.jonas)

    assert row.removed_at is not None
