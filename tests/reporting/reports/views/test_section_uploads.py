"""Files that came in pieces before the form: they are kept by it as every file is, once, or a sentence says why not."""

import hashlib
import re
import uuid

import pytest

from accounts.models import Upload, UploadPiece
from accounts.services import uploads
from reporting.reports.models import Attachment, Paragraph
from tests.reporting.reports import writing
from tests.reporting.reports.views.test_section_files import FILES, PDF, filled
from tests.reporting.reports.views.test_section_pages import F1, answer, new_box

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _small(settings):
    settings.UPLOAD_PIECE_BYTES = 5
    settings.STORAGES = {**settings.STORAGES, "default": {"BACKEND": "tests.stores.Elsewhere"}}


@pytest.fixture
def section(cast):
    return writing.section(writing.report(cast))


@pytest.fixture
def dana(cast, signed_in):
    return signed_in(cast.dana)


def sent(by, data=PDF, name="law.pdf", until=None) -> Upload:
    upload = uploads.start(name=name, size=len(data), by=by)
    for offset in range(0, until or len(data), 5):
        upload = uploads.put(upload, offset=offset, data=data[offset : offset + 5], by=by)
    return upload


def with_upload(client, section, key, **more) -> dict:
    """The form with an upload in the place of a file."""
    data = filled(client, section, "x.pdf", b"", **more)
    [place] = [name for name in data if name.endswith("-file")]
    del data[place]
    return {**data, f"{place}-upload": str(key)}


def test_an_upload_is_kept_by_the_save_as_a_file_is(cast, section, dana):
    upload = sent(cast.dana)
    data = with_upload(dana, section, upload.uuid, title="Agencies Act")

    assert dana.post(f"{F1}save/", data).status_code == 302

    row = Attachment.objects.get()
    assert (row.title, row.file_name, row.size, row.sha256, row.uploaded_by) == (
        "Agencies Act",
        "law.pdf",
        12,
        hashlib.sha256(PDF).hexdigest(),
        cast.dana,
    )
    assert row.file.open().read() == PDF
    assert (Upload.objects.get().used_at is not None, UploadPiece.objects.count()) == (True, 0)


@pytest.mark.parametrize(
    ("state", "sentence"),
    [
        ("half", "“law.pdf” has not arrived whole: 5\xa0bytes of 12\xa0bytes."),
        ("used", "“law.pdf” was used already. Choose the file again."),
        ("another person's", "This file is no longer on its way. Choose it again."),
        ("unknown", "This file is no longer on its way. Choose it again."),
    ],
)
def test_an_upload_that_cannot_be_used_is_said_at_its_field_and_nothing_typed_is_lost(
    cast, section, dana, state, sentence
):
    upload = sent(cast.jonas if state == "another person's" else cast.dana, until=5 if state == "half" else None)
    if state == "used":
        dana.post(f"{F1}save/", with_upload(dana, section, upload.uuid))
    key = uuid.uuid4() if state == "unknown" else upload.uuid
    before = Attachment.objects.count()
    data = with_upload(dana, section, key, title="Typed title")
    data[new_box(data, answer(section))] = "Typed and not lost."

    page = dana.post(f"{F1}save/", data)

    html = page.content.decode()
    assert page.status_code == 422
    assert re.search(r'<p class="error" id="id_a\d+-\w+-file-error">([^<]*)</p>', html)[1] == sentence
    assert ("Typed and not lost." in html, 'value="Typed title"' in html, str(key) in html) == (True, True, False)
    assert (Attachment.objects.count(), Paragraph.objects.count()) == (before, 0)


def test_beside_a_bad_number_an_upload_waits_for_the_next_save(cast, section, dana):
    upload = sent(cast.dana)
    data = with_upload(dana, section, upload.uuid)
    data[f"a{answer(section, 2).pk}-cell-m1/m1/2025"] = "many"

    page = dana.post(f"{F1}save/", data)

    html = page.content.decode()
    assert page.status_code == 422
    assert "<bdi>law.pdf</bdi> has arrived and is kept when you save." in html
    assert re.search(rf'<input type="hidden" name="a\d+-\w+-file-upload" value="{upload.uuid}">', html)
    assert Upload.objects.get().used_at is None
    data[f"a{answer(section, 2).pk}-cell-m1/m1/2025"] = "7"
    assert dana.post(f"{F1}save/", data).status_code == 302
    assert Attachment.objects.get().file_name == "law.pdf"


def test_an_upload_of_a_save_that_fails_stays_unused(cast, section, dana, settings):
    settings.ATTACHMENT_MAX_BYTES = 100
    first, second = sent(cast.dana), sent(cast.dana)
    dana.post(f"{F1}save/", with_upload(dana, section, first.uuid, title="Law 22"))

    page = dana.post(f"{F1}save/", with_upload(dana, section, second.uuid))

    assert "This file is here already, as “Law 22”." in page.content.decode()
    second.refresh_from_db()
    assert (second.used_at, second.pieces.count()) == (None, 3)


def test_one_upload_in_two_places_of_a_form_keeps_nothing_and_says_so(cast, section, dana):
    upload = sent(cast.dana)
    data = with_upload(dana, section, upload.uuid)
    row = answer(section, FILES)
    data |= {f"a{row.pk}-other-title": "Other", f"a{row.pk}-other-file-upload": str(upload.uuid)}

    page = dana.post(f"{F1}save/", data)

    assert page.status_code == 409
    assert (Attachment.objects.count(), Upload.objects.get().used_at) == (0, None)


def test_a_form_without_uploads_costs_no_statement_more(cast, section, dana, statements):
    data = with_upload(dana, section, "")

    with statements() as seen:
        dana.post(f"{F1}save/", data)

    assert [each for each in seen if "accounts_upload" in each] == []


# --- everywhere else ----------------------------------------------------------------------


def test_files_of_the_section_as_a_whole_come_so_too(cast, section, dana):
    page = dana.post(f"{F1}files/", {"file-upload": str(sent(cast.dana).uuid), "title": ""})

    assert (page.status_code, Attachment.objects.get().sha256) == (302, hashlib.sha256(PDF).hexdigest())


def test_a_file_of_the_section_that_came_before_a_refused_form_waits(cast, section, dana):
    upload = sent(cast.dana)

    page = dana.post(f"{F1}files/", {"file-upload": str(upload.uuid), "title": "x" * 300})

    html = page.content.decode()
    assert (page.status_code, f'name="file-upload" value="{upload.uuid}"' in html) == (422, True)


def test_half_a_file_is_refused_there_at_its_field(cast, section, dana):
    upload = sent(cast.dana, until=5)

    html = dana.post(f"{F1}files/", {"file-upload": str(upload.uuid)}).content.decode()

    assert "“law.pdf” has not arrived whole" in html
    assert (str(upload.uuid) in html, Attachment.objects.count()) == (False, 0)
