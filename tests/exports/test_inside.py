"""What stays inside never reaches an export: comments of every audience, and files that are no annexes."""

import datetime
import html
import io
import zipfile

import pytest
from django.core.files.base import ContentFile
from django.utils import timezone

from accounts import files
from exports import exporting, store
from exports.document import SUBMISSION, WORKING
from exports.registry import FORMATS
from reporting.reports.choices import Audience, Why
from reporting.reports.models import Comment
from reporting.reports.services import comment as comments
from reporting.reports.services.answer import AnswerEdit, save_answers
from reporting.reports.services.attachment import make_annex
from reporting.reports.services.consultation import answer_comment, comment_in_round, open_round
from reporting.reports.services.section import move_section
from reporting.reports.services.submission import endorse
from tests.exports.reading import letters, pdf_text
from tests.reporting.reports import factories as made

CANARY = "Canary"  # in the text and the quote of every comment
SECRET = "Unpublished"  # in the title and the name of a file that is internal
OUT = "Gazette"  # in those of a file that is an annex
WRITTEN = "Ministries inspect every agency."
EVERY = [(slug, form) for slug in FORMATS for form in (WORKING, SUBMISSION)]


def everything_in(data: bytes, slug: str) -> str:
    """All text of a file, wherever it stands: every part of an archive, pages and properties of a PDF."""
    if data[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = [archive.read(name).decode("utf-8", "replace") for name in archive.namelist()]
        return letters(html.unescape(" ".join(parts)))
    return letters(pdf_text(data) + data.decode("latin-1")) if slug == "pdf" else letters(data.decode())


def talk(cast, report) -> None:
    """Comments of every audience at every place, a reply, an objection, and a consultation with an answer."""
    key = made.write(made.section(report, "f1"), WRITTEN, cast.dana)
    section = made.section(report, "f1")
    answer = section.answers.get(question__kind="narrative")
    said = {"text": f"{CANARY} said.", "quote": CANARY}
    for audience in (Audience.SECTION, Audience.BODY):
        for place in ({}, {"answer": answer}, {"answer": answer, "paragraph_key": key}):
            top = comments.add_comment(section, by=cast.dana, audience=audience, **said, **place)
    comments.add_comment(section, text=said["text"], by=cast.jonas, parent=top)
    day = timezone.localdate() + datetime.timedelta(days=7)
    consultation = open_round(report, sections=[section], bodies=[cast.nhri], closes_on=day, by=cast.amina)
    heard = comment_in_round(consultation, section=section, by=cast.nuri, text=said["text"])
    answer_comment(heard, text=said["text"], by=cast.amina)
    move_section(made.section(report, "f1"), move="send_for_review", by=cast.jonas)
    made.write(made.section(report, "f1"), f"{WRITTEN} All of them.", cast.amina, key=key, why=Why.EDITORIAL)
    objection = comments.object_to_edit(
        made.section(report, "f1"), by=cast.jonas, answer=answer, paragraph_key=key, **said
    )
    comments.resolve_comment(objection, by=cast.jonas)
    move_section(made.section(report, "f1"), move="return", by=cast.amina, reason="Once more.")


def bring_files(cast, report) -> None:
    """Two files in G1: one is an annex to the report, one is internal."""
    section = made.section(report, "g1")
    answer = section.answers.get(question__kind="files")
    names = (OUT, SECRET)
    content = {"files": [{"key": name, "title": name, "attachment": 0} for name in names]}
    received = {name: files.receive(ContentFile(b"%PDF-1.7 " + name.encode(), name=f"{name}.pdf")) for name in names}
    save_answers(section, [AnswerEdit(answer.pk, 0, content=content, uploads=received)], by=cast.dana)
    make_annex(answer.attachments.get(title=OUT), by=cast.amina)


@pytest.fixture
def report(cast, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    report = made.report(cast)
    talk(cast, report)
    bring_files(cast, report)
    return type(report).objects.get(pk=report.pk)


def rendered(content, slug: str, form: str) -> str:
    return everything_in(exporting.render(content, form=form, format_slug=slug, at=timezone.now()), slug)


def test_there_is_talk_that_could_leak(report):
    said = Comment.objects.filter(section__report=report, text__contains=CANARY)

    assert {(row.audience, row.is_objection, row.parent_id is None) for row in said} == {
        (Audience.SECTION, False, True),
        (Audience.SECTION, True, True),
        (Audience.BODY, False, True),
        (Audience.BODY, False, False),
        (Audience.CONSULTATION, False, True),
        (Audience.CONSULTATION, False, False),
    }


@pytest.mark.parametrize("name", ["amina", "dana"])
def test_no_comment_reaches_an_export_of_the_report(cast, report, name):
    content = exporting.report_content(report, getattr(cast, name))

    for slug, form in EVERY:
        text = rendered(content, slug, form)
        assert (slug, form, letters(WRITTEN) in text, CANARY in text) == (slug, form, True, False)


def test_no_comment_reaches_an_export_of_the_section(cast, report):
    content = exporting.section_content(made.section(report, "f1"), cast.jonas)

    for slug, form in EVERY:
        text = rendered(content, slug, form)
        assert (slug, form, letters(WRITTEN) in text, CANARY in text) == (slug, form, True, False)


def test_the_working_form_lists_files_with_name_kind_size_and_whether_they_go_out(cast, report):
    content = exporting.report_content(report, cast.amina)

    for slug in FORMATS:
        text = rendered(content, slug, WORKING)
        for name, said in ((SECRET, "Internal"), (OUT, "Annex to the report")):
            size = len(b"%PDF-1.7 ") + len(name)
            line = letters(f"{name}.pdf · PDF · {size} bytes · {said}")
            assert (slug, line if line in text else "") == (slug, line)


def test_the_submission_form_has_the_annex_and_no_internal_file(cast, report):
    content = exporting.report_content(report, cast.amina)

    for slug in FORMATS:
        text = rendered(content, slug, SUBMISSION)
        assert (slug, SECRET in text) == (slug, False)
        if slug != "xlsx":  # a workbook has the tables and the answers, and no list of annexes
            assert (slug, f"{OUT}.pdf" in text) == (slug, True)


def test_no_comment_is_frozen_with_an_endorsed_report_nor_in_its_files(cast, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    report = made.validated(cast)
    section = made.section(report, "f1")
    comments.add_comment(section, text=CANARY, quote=CANARY, by=cast.dana, answer=section.answers.first())

    submission = endorse(report, authority="Council", endorsed_on=timezone.localdate(), by=cast.amina)

    assert CANARY not in str(submission.content)
    for slug in FORMATS:
        with store.file_of(submission, slug).file.open() as file:
            text = everything_in(file.read(), slug)
        assert (letters("The text of f1.") in text, CANARY in text) == (True, False)
