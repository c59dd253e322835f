"""The files of a section as a whole: for what no question asks, on a page of their own."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from reporting.reports.models import Attachment, ReportSection
from tests.reporting.reports import writing
from tests.reporting.reports.views.test_section_files import F1, FILES, PDF, choose

pytestmark = pytest.mark.django_db
PAGE = f"{F1}files/"


@pytest.fixture
def section(cast, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return writing.section(writing.report(cast))


def add(client, name="law.pdf", content=PDF, **more):
    return client.post(PAGE, {"file": SimpleUploadedFile(name, content), "title": "", **more})


def text_of(page) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page.content.decode()))


def test_a_drafter_adds_a_file_that_stays_internal_until_a_coordinator_makes_it_an_annex(cast, section, signed_in):
    page = add(signed_in(cast.dana), title="Agencies Act")
    row = Attachment.objects.get()
    assert page.headers["Location"] == PAGE
    assert (row.answer_id, row.is_annex, row.section_id) == (None, False, section.pk)

    said = text_of(signed_in(cast.amina).post(f"{PAGE}{row.pk}/annex/", follow=True))

    assert "“Agencies Act” goes out with the report, as an annex." in said
    assert re.search(r"Agencies Act Open law\.pdf · PDF · 12 bytes · Annex to the report Keep it internal", said)
    row.refresh_from_db()
    assert row.is_annex is True


def test_the_page_of_the_section_leads_to_its_files(cast, section, signed_in):
    assert f'href="{PAGE}"' in signed_in(cast.dana).get(F1).content.decode()


def test_a_body_that_is_asked_for_a_question_neither_sees_nor_finds_the_files_of_the_whole(cast, section, signed_in):
    add(signed_in(cast.dana))
    writing.ask(section, cast.justice, FILES, by=cast.amina)
    client = signed_in(cast.rosa)

    assert client.get(PAGE).status_code == 403
    assert f'href="{PAGE}"' not in client.get(F1).content.decode()


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("law.pdf", b"MZ\x90\x00\x03", "“law.pdf” is not a file of an accepted type"),
        ("law.pdf", b"", "The file is empty."),
        ("law.pdf", PDF, "This file is here already, as “Law 22”."),
    ],
)
def test_a_refused_file_says_why_at_its_field_and_keeps_the_title(cast, section, signed_in, name, content, reason):
    client = signed_in(cast.dana)
    add(client, title="Law 22")

    page = add(client, name, content, title="Typed title")

    html = page.content.decode()
    assert page.status_code == 422
    assert reason in html
    assert 'href="#id_file"' in html
    assert 'value="Typed title"' in html
    assert Attachment.objects.count() == 1


def test_without_a_file_the_page_asks_for_one(cast, section, signed_in):
    page = signed_in(cast.dana).post(PAGE, {"title": "Nothing"})

    assert (page.status_code, "Choose a file." in page.content.decode()) == (422, True)


def test_a_file_of_the_section_is_removed_after_a_page_that_asks_and_leads_back_to_the_list(cast, section, signed_in):
    client = signed_in(cast.dana)
    add(client, title="Law 22")
    row = Attachment.objects.get()
    address = f"{PAGE}{row.pk}/remove/"
    assert f'href="{address}"' in client.get(PAGE).content.decode()

    asked = client.get(address).content.decode()
    assert "The section no longer has the file" in asked
    assert f'<a class="button" href="{PAGE}">Go back</a>' in asked
    gone = client.post(address, follow=True)

    assert gone.redirect_chain == [(PAGE, 302)]
    assert "No files yet" in gone.content.decode()


def test_the_list_names_files_of_answers_with_their_question(cast, section, signed_in):
    client = signed_in(cast.dana)
    choose(client, section, title="Agencies Act")

    html = client.get(PAGE).content.decode()

    assert "Agencies Act" in html
    assert f'<a href="{F1}#q{FILES}">Question {FILES}</a>' in html


def test_in_review_nothing_is_added_and_the_page_says_why(cast, section, signed_in):
    client = signed_in(cast.dana)
    add(client)
    ReportSection.objects.filter(pk=section.pk).update(status="in_review")

    html = client.get(PAGE).content.decode()

    assert ('type="file"' in html, "A coordinator can return it." in html) == (False, True)
    assert add(client, content=PDF + b"2").status_code == 409
    assert Attachment.objects.count() == 1


@pytest.mark.parametrize("name", ["dana", "amina"])
def test_the_page_costs_the_same_however_many_files(cast, section, signed_in, statements, name):
    client, found = signed_in(cast.dana), []
    for size in (1, 3, 30):
        for number in range(Attachment.objects.count(), size):
            add(client, content=PDF + bytes([65 + number]))
        if size == 3:
            choose(client, section)
        reader = signed_in(getattr(cast, name))
        reader.get(PAGE)
        with statements() as seen:
            reader.get(PAGE)
        found.append(len(seen))

    assert (len(set(found)), max(found) <= 12) == (1, True), found
