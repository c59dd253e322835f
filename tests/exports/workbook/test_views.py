"""The pages of a workbook: what is downloaded, what the preview says, and that nothing is saved before Apply."""

import io
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from reporting.reports.models import AnswerVersion, Report
from tests.exports.workbook import filling
from tests.reporting.reports import factories as made

pytestmark = pytest.mark.django_db
TEXT = "Recruitment agencies need a licence and are inspected twice a year."


@pytest.fixture
def report(cast) -> Report:
    row = made.report(cast)
    made.write(made.section(row, "f1"), TEXT, cast.jonas)
    return row


def filled_in(client, report: Report, **cells: str) -> SimpleUploadedFile:
    answer = client.post(f"/reports/{report.slug}/workbooks/download/", {"section": "f1"})
    book = filling.opened(answer.content)
    for about, text in cells.items():
        filling.cell(book, "F1", about.replace("_", " ")).value = text
    return SimpleUploadedFile("work.xlsx", filling.saved(book))


def test_a_workbook_is_downloaded_handed_in_looked_at_and_applied(cast, signed_in, report):
    client = signed_in(cast.jonas)
    file = filled_in(client, report, Paragraph_1=TEXT.replace("twice", "once"), New_paragraph="More.")

    given = client.post(f"/reports/{report.slug}/workbooks/", {"file": file})
    shown = client.get(given["Location"]).content.decode()
    versions = AnswerVersion.objects.count()
    seen = re.search(r'name="seen" value="(\w+)"', shown)[1]
    done = client.post(f"{given['Location']}apply/", {"seen": seen}, follow=True).content.decode()

    assert "2 cells are new or changed." in shown
    assert "are inspected <del>twice</del><ins>once</ins> a year." in shown
    assert "<ins>More.</ins>" in shown
    assert versions == 1
    assert "2 cells were applied." in done
    page = client.get(f"/reports/{report.slug}/sections/f1/history/").content.decode()
    assert "From a workbook" in page


def test_a_workbook_that_cannot_be_read_is_refused_at_its_field(cast, signed_in, report):
    file = SimpleUploadedFile("work.xlsx", b"PK nothing")

    page = signed_in(cast.jonas).post(f"/reports/{report.slug}/workbooks/", {"file": file})

    assert page.status_code == 422
    assert "This is not an Excel workbook (.xlsx)." in page.content.decode()


def test_a_preview_belongs_to_the_person_who_handed_the_workbook_in(cast, signed_in, report):
    client = signed_in(cast.jonas)
    given = client.post(f"/reports/{report.slug}/workbooks/", {"file": filled_in(client, report, New_paragraph="A.")})

    assert signed_in(cast.dana).get(given["Location"]).status_code == 404


def test_a_stale_preview_gets_a_sentence_and_a_new_preview(cast, signed_in, report):
    client = signed_in(cast.jonas)
    given = client.post(f"/reports/{report.slug}/workbooks/", {"file": filled_in(client, report, New_paragraph="A.")})
    seen = re.search(r'name="seen" value="(\w+)"', client.get(given["Location"]).content.decode())[1]
    made.write(made.section(report, "f1"), "Meanwhile.", cast.dana)

    page = client.post(f"{given['Location']}apply/", {"seen": seen})

    assert page.status_code == 409
    assert "Somebody wrote in the report meanwhile." in page.content.decode()
    assert seen not in page.content.decode()
    assert AnswerVersion.objects.count() == 2


def test_a_clash_without_a_choice_is_shown_again(cast, signed_in, report):
    client = signed_in(cast.jonas)
    file = filled_in(client, report, Paragraph_1="Mine.")
    section = made.section(report, "f1")
    made.write(section, "Theirs.", cast.dana, key=str(section.answers.first().paragraphs.get().key))
    given = client.post(f"/reports/{report.slug}/workbooks/", {"file": file})
    seen = re.search(r'name="seen" value="(\w+)"', client.get(given["Location"]).content.decode())[1]

    page = client.post(f"{given['Location']}apply/", {"seen": seen})

    assert page.status_code == 422
    html = page.content.decode()
    assert "Choose for every cell that others changed too." in html
    assert "On the page, by Dana" in html
    assert "<p>Mine.</p>" in html


def test_the_way_there_is_on_the_section_the_exports_and_home(cast, signed_in, report):
    client, address = signed_in(cast.jonas), f"/reports/{report.slug}/workbooks/"
    pages = [f"/reports/{report.slug}/sections/f1/", f"/reports/{report.slug}/exports/", "/home/"]

    found = [address in client.get(page).content.decode() for page in pages]

    assert found == [True, True, True]


def test_the_file_is_named_after_the_report(cast, signed_in, report):
    answer = signed_in(cast.jonas).post(f"/reports/{report.slug}/workbooks/download/", {"section": "f1"})

    assert re.fullmatch(
        rf'attachment; filename="ARC-{report.slug}-F1-\d{{4}}-\d\d-\d\d\.xlsx"', answer["Content-Disposition"]
    )
    assert filling.opened(io.BytesIO(answer.content).getvalue()).sheetnames[0] == "Instructions"
