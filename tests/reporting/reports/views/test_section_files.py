"""Files on the page of a section: chosen with a save, decided on, removed."""

import io
import re
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.files import CONTENT_TYPES
from reporting.reports import freeze
from reporting.reports.models import Attachment, Paragraph, ReportSection
from tests.reporting.reports import writing
from tests.reporting.reports.views.test_section_pages import F1, answer, fields, new_box

pytestmark = pytest.mark.django_db

PDF = b"%PDF-1.7 law"
PNG = b"\x89PNG\r\n\x1a\n...."
FILES = 8  # the number of the question that asks for files


def word() -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        for name in ("[Content_Types].xml", "word/document.xml"):
            archive.writestr(name, "<x/>")
    return data.getvalue()


@pytest.fixture
def section(cast, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return writing.section(writing.report(cast))


def stored(settings) -> list[str]:
    return sorted(path.suffix for path in settings.MEDIA_ROOT.rglob("*") if path.is_file())


def filled(client, section, name: str, content: bytes, **more) -> dict:
    """The form with a file chosen in the new entry."""
    data = fields(client.get(F1))
    row = answer(section, FILES)
    key = [field.split("-")[1] for field in data if re.fullmatch(rf"a{row.pk}-\w+-title", field)][-1]
    data |= {f"a{row.pk}-{key}-{field}": value for field, value in more.items()}
    data[f"a{row.pk}-{key}-file"] = SimpleUploadedFile(name, content)
    return data


def choose(client, section, name="law.pdf", content=PDF, **more):
    return client.post(f"{F1}save/", filled(client, section, name, content, **more))


@pytest.mark.parametrize(
    ("name", "content", "kept", "kind"),
    [
        ("law.pdf", PDF, "law.pdf", "pdf"),
        ("Agencies Act.docx", word(), "Agencies Act.docx", "docx"),
        ("stamp.png", PNG, "stamp.png", "png"),
        ("قانون العمل.pdf", PDF, "قانون العمل.pdf", "pdf"),
        ("../../etc/passwd", PDF, "passwd.pdf", "pdf"),
        ("C:\\law\\text.exe", PDF, "text.pdf", "pdf"),
    ],
)
def test_a_file_chosen_in_an_answer_is_kept_by_the_save_of_the_rest(
    cast, section, signed_in, settings, name, content, kept, kind
):
    client = signed_in(cast.dana)
    data = filled(client, section, name, content)
    data[new_box(data, answer(section))] = "A licence is required."

    assert client.post(f"{F1}save/", data).status_code == 302

    row, answered = Attachment.objects.get(), answer(section, FILES)
    assert (row.file_name, row.content_type, stored(settings)) == (kept, CONTENT_TYPES[kind], [f".{kind}"])
    assert [(each["title"], each["attachment"]) for each in answered.content["files"]] == [(kept, row.pk)]
    assert (answered.is_answered, answered.version, Paragraph.objects.count()) == (True, 1, 1)


def test_the_answer_shows_the_file_with_kind_and_size_to_writers_and_readers(cast, section, signed_in):
    choose(signed_in(cast.dana), section, title="Agencies Act")
    writes = signed_in(cast.dana).get(F1).content.decode()
    ReportSection.objects.filter(pk=section.pk).update(status="in_review")

    for html in (
        writes,
        signed_in(cast.dana).get(F1).content.decode(),
        signed_in(cast.amina).get(f"{F1}read/").content.decode(),
    ):
        assert "Agencies Act" in html
        said = re.sub(r"<[^>]+>|\s+", " ", html[html.index("/files/") :])
        assert re.search(r"Open law\.pdf · PDF · 12\sbytes · Internal", re.sub(r"\s+", " ", said))


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("law.pdf", b"MZ\x90\x00\x03", "“law.pdf” is not a file of an accepted type"),
        ("law.pdf", b"", "The file is empty."),
        ("large.pdf", b"%PDF" + b"x" * 100, "The file is larger than 50\xa0bytes."),
        ("page.html", b"<html></html>", "is not a file of an accepted type"),
    ],
)
def test_a_refused_file_says_why_at_its_field_and_keeps_what_was_typed(
    cast, section, signed_in, settings, name, content, reason
):
    settings.ATTACHMENT_MAX_BYTES = 50
    client = signed_in(cast.dana)
    data = filled(client, section, name, content, title="Typed title")
    data[new_box(data, answer(section))] = "Typed and not lost."

    page = client.post(f"{F1}save/", data)

    html = page.content.decode()
    at_field = re.search(r'<p class="error" id="(id_a\d+-\w+-file)-error">([^<]*)</p>', html)
    assert page.status_code == 422
    assert reason in at_field[2]
    assert f'href="#{at_field[1]}"' in html
    assert "Typed and not lost." in html
    assert 'value="Typed title"' in html
    assert "Give the address of the file" not in html
    assert (Attachment.objects.count(), Paragraph.objects.count(), stored(settings)) == (0, 0, [])


def test_a_file_chosen_beside_a_bad_number_is_asked_for_again(cast, section, signed_in, settings):
    client = signed_in(cast.dana)
    data = filled(client, section, "law.pdf", PDF)
    data[f"a{answer(section, 2).pk}-cell-m1/m1/2025"] = "many"

    html = client.post(f"{F1}save/", data).content.decode()

    assert "Choose “law.pdf” again: nothing was saved, so the file was not kept either." in html
    assert (Attachment.objects.count(), stored(settings)) == (0, [])


def test_the_same_file_again_is_refused_at_its_field(cast, section, signed_in, settings):
    client = signed_in(cast.dana)
    choose(client, section, title="Law 22")

    page = choose(client, section, name="copy.pdf")

    assert page.status_code == 422
    assert "This file is here already, as “Law 22”." in page.content.decode()
    assert stored(settings) == [".pdf"]


def test_a_contributor_brings_a_file_to_the_question_it_was_asked(cast, section, signed_in):
    writing.ask(section, cast.justice, FILES, by=cast.amina)

    choose(signed_in(cast.rosa), section)

    assert Attachment.objects.get().uploaded_by == cast.rosa


def test_the_working_forms_content_lists_the_file_and_the_annexes_do_not(cast, section, signed_in):
    choose(signed_in(cast.dana), section, title="Agencies Act")

    content = freeze.content(section.report)

    items = [item for each in content["sections"][0]["answers"] for block in each["blocks"] for item in block["items"]]
    assert [(each["title"], each["file_name"], each["size"], each["is_annex"]) for each in items] == [
        ("Agencies Act", "law.pdf", 12, False)
    ]
    assert content["annexes"] == []


# --- decided on, removed -----------------------------------------------------------------


@pytest.fixture
def row(cast, section, signed_in) -> Attachment:
    choose(signed_in(cast.dana), section, title="Agencies Act")
    return Attachment.objects.get()


def test_a_coordinator_decides_with_a_button_that_the_file_goes_out_and_that_it_stays(cast, section, signed_in, row):
    client = signed_in(cast.amina)
    form = f'<form method="post" action="{F1}files/{row.pk}/annex/" id="file-{row.pk}">'
    button = f'<button class="button small" type="submit" form="file-{row.pk}">Make it an annex to the report</button>'

    html = client.get(F1).content.decode()
    assert (form in html, button in html) == (True, True)
    said = client.post(f"{F1}files/{row.pk}/annex/", follow=True).content.decode()
    row.refresh_from_db()
    assert (row.is_annex, "“Agencies Act” goes out with the report, as an annex." in said) == (True, True)
    assert "Keep it internal" in said
    client.post(f"{F1}files/{row.pk}/internal/")
    row.refresh_from_db()
    assert row.is_annex is False


@pytest.mark.parametrize("name", ["dana", "jonas"])
def test_those_who_do_not_coordinate_see_what_was_decided_and_no_button(cast, section, signed_in, row, name):
    html = signed_in(getattr(cast, name)).get(F1).content.decode()

    assert ("Internal" in html, "annex to the report</button>" in html) == (True, False)
    assert signed_in(getattr(cast, name)).post(f"{F1}files/{row.pk}/annex/").status_code == 403


def test_once_endorsed_the_button_is_disabled_and_says_why(cast, section, signed_in, row):
    type(section.report).objects.filter(pk=section.report_id).update(status="endorsed")

    html = signed_in(cast.amina).get(F1).content.decode()

    assert f'form="file-{row.pk}" disabled aria-describedby="file-{row.pk}-why"' in html
    assert f'<p class="note-text" id="file-{row.pk}-why">The report has been endorsed.</p>' in html
    assert f'id="file-{row.pk}">' not in html


def test_a_file_is_removed_after_a_page_that_asks(cast, section, signed_in, row):
    client = signed_in(cast.dana)
    address = f"{F1}files/{row.pk}/remove/"
    assert f'href="{address}"' in client.get(F1).content.decode()

    asked = client.get(address).content.decode()
    row.refresh_from_db()
    assert ("Remove “<bdi>Agencies Act</bdi>”?" in asked, row.removed_at) == (True, None)
    page = client.post(address, follow=True)

    row.refresh_from_db()
    assert row.removed_at is not None
    assert answer(section, FILES).content == {}
    assert "“Agencies Act” is removed." in page.content.decode()
    assert client.get(f"{F1}files/{row.pk}/").status_code == 404


def test_a_file_of_a_section_in_review_is_not_removed_and_the_button_says_why(cast, section, signed_in, row):
    ReportSection.objects.filter(pk=section.pk).update(status="in_review")
    client = signed_in(cast.dana)

    html = client.get(F1).content.decode()

    assert f'disabled aria-describedby="file-{row.pk}-stays">Remove the file</button>' in html
    assert "A coordinator can return it." in html
    assert client.get(f"{F1}files/{row.pk}/remove/").status_code == 409
    client.post(f"{F1}files/{row.pk}/remove/")
    row.refresh_from_db()
    assert row.removed_at is None


def test_a_coordinator_is_offered_no_removal(cast, section, signed_in, row):
    client = signed_in(cast.amina)

    assert "Remove the file" not in client.get(F1).content.decode()
    assert client.get(f"{F1}files/{row.pk}/remove/").status_code == 403


@pytest.mark.parametrize("count", [1, 3])
def test_files_cost_the_page_one_statement_however_many(cast, section, signed_in, statements, count):
    client = signed_in(cast.dana)
    for number in range(count):
        choose(client, section, content=PDF + bytes([65 + number]))

    with statements() as seen:
        client.get(F1)

    assert len(seen) <= 14, "\n".join(each[:110] for each in seen)
