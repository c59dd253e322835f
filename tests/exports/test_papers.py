"""Papers around a report: the receipt, the log as an annex, a questionnaire with nothing in it."""

from io import BytesIO

import pytest
from django.core.management import call_command
from docx import Document
from openpyxl import load_workbook
from pypdf import PdfReader

from accounts.models import HistoryEntry
from exports import store
from reporting.questionnaires.models import Questionnaire
from reporting.reports.models import Submission
from reporting.reports.services.submission import transmit
from tests.reporting.reports import factories as made


@pytest.fixture(autouse=True)
def files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def submission(cast) -> Submission:
    row = Submission.objects.select_related("report").get(report=made.endorsed(cast))
    store.file_of(row, "docx")
    transmit(row.report, note_verbale="NV/9", sent_on=row.endorsed_on, by=cast.mina, file_formats=["docx"])
    return row


def text_of(response) -> str:
    assert response.status_code == 200, response.content.decode()
    return " ".join(" ".join(page.extract_text().split()) for page in PdfReader(BytesIO(response.content)).pages)


def receipt(client, submission) -> str:
    return text_of(client.get(f"/reports/{submission.report.slug}/submissions/1/receipt.pdf"))


def test_the_receipt_names_the_endorsement_and_each_file_with_its_hash(cast, submission, signed_in):
    said = receipt(signed_in(cast.dana), submission)

    file = submission.files_made.get(format="docx")
    assert "Receipt of submission 1" in said
    assert "Council of Ministers" in said
    assert file.name in said.replace(" ", "")
    assert file.sha256 in said.replace(" ", "")
    assert submission.sha256 in said.replace(" ", "")


def test_the_note_verbale_stands_in_the_receipt_of_those_who_record_it(cast, submission, signed_in):
    found = {name: "NV/9" in receipt(signed_in(getattr(cast, name)), submission) for name in ("mina", "amina", "dana")}

    assert found == {"mina": True, "amina": True, "dana": False}


def test_fetching_the_receipt_is_an_act(cast, submission, signed_in):
    receipt(signed_in(cast.dana), submission)

    assert HistoryEntry.objects.filter(act="submission.receipt", actor_id=cast.dana.pk).count() == 1


def test_the_log_leaves_as_workbook_and_as_pdf_with_every_act_and_of_no_other_report(cast, submission, signed_in):
    slug = submission.report.slug
    other = made.report(cast)
    client = signed_in(cast.amina)

    book = load_workbook(BytesIO(client.get(f"/reports/{slug}/log/export/xlsx/").content))
    said = text_of(client.get(f"/reports/{slug}/log/export/pdf/"))

    rows = [row for row in book.active.iter_rows(values_only=True) if row[2]]
    acts = HistoryEntry.objects.filter(context=slug).exclude(act="report.export_log")
    assert len(rows) == acts.count() + 1  # the head
    assert rows[0][:3] == ("When", "Who", "Did what")
    assert "recorded the endorsement" in said
    assert other.slug not in said


def test_the_log_stays_with_the_coordinators(cast, submission, signed_in):
    address = f"/reports/{submission.report.slug}/log/export/pdf/"

    assert [signed_in(user).get(address).status_code for user in (cast.dana, cast.mina, cast.idris)] == [403, 403, 404]


@pytest.fixture
def catalogue(db):
    call_command("load_catalogue", verbosity=0)
    return Questionnaire.objects.get(code="cmw-periodic")


def test_a_blank_questionnaire_has_every_question_once_and_nothing_answered(cast, catalogue, signed_in):
    answer = signed_in(cast.dana).get(f"/questionnaires/{catalogue.code}/blank/docx/")

    lines = [paragraph.text for paragraph in Document(BytesIO(answer.content)).paragraphs]
    questions = [q.text for section in catalogue.sections.all() for q in section.questions.all()]
    assert len(questions) > 50
    missing = [text for text in questions if not any(text in line for line in lines)]
    assert missing == []


def test_one_section_alone(cast, catalogue, signed_in):
    address = f"/questionnaires/{catalogue.code}/blank/pdf/"

    said = text_of(signed_in(cast.dana).get(address, {"section": "f2"}))

    assert "CMWP-F2-Q1" in said
    assert "CMWP-F1-Q1" not in said
    assert signed_in(cast.dana).get(address, {"section": "zz9"}).status_code == 404
