"""Wherever a form keeps a file, one that came in pieces is kept alike, and what cannot be kept is said at its field."""

import datetime
import hashlib
import re

import pytest

from accounts.models import Upload
from accounts.services import uploads
from reporting.assistance.models import AssistanceRequest
from reporting.cycles.models import ReceivedDocument
from reporting.reports.models import LibraryVersion, Submission
from tests.reporting.assistance import factories as requests
from tests.reporting.reports import factories as made
from tests.reporting.reports import library
from tests.reporting.reports.views.test_process_validation import endorsement

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7 law"
TODAY = datetime.date.today().isoformat()


@pytest.fixture(autouse=True)
def _elsewhere(settings):
    settings.STORAGES = {**settings.STORAGES, "default": {"BACKEND": "tests.stores.Elsewhere"}}


def sent(by, data=PDF, name="law.pdf") -> str:
    upload = uploads.start(name=name, size=len(data), by=by)
    return str(uploads.put(upload, offset=0, data=data, by=by).uuid)


def document(cast):
    data = {"kind": "letter", "title": "Letter", "received_on": TODAY}
    address = f"/cycles/{made.cycle(cast).slug}/received/"
    return address, data, "file", lambda: ReceivedDocument.objects.get().file


def letter(cast):
    row = requests.request(cast, "cleared")
    data = {"office": "Minister", "authorised_on": "2026-11-12"}
    address = f"/assistance/{row.address}/authorise/"
    return address, data, "letter", lambda: AssistanceRequest.objects.get(pk=row.pk).letter


def decision(cast):
    address = f"/reports/{made.validated(cast).slug}/endorse/"
    return address, endorsement(), "decision_file", lambda: Submission.objects.get().decision_file


def item(cast):
    data = {"kind": "law", "title": "Act"}
    return "/library/new/", data, "file", lambda: LibraryVersion.objects.get().file


def newer(cast):
    row = library.item(cast.amina, content=b"%PDF-1 first")
    return f"/library/{row.pk}/versions/", {}, "file", lambda: row.versions.order_by("-number").first().file


PLACES = [document, letter, decision]


@pytest.mark.parametrize("place", [*PLACES, item, newer])
def test_a_file_that_came_in_pieces_is_kept(cast, signed_in, place):
    address, data, name, kept = place(cast)

    page = signed_in(cast.amina).post(address, {**data, f"{name}-upload": sent(cast.amina)})

    assert page.status_code == 302
    assert hashlib.sha256(kept().open().read()).hexdigest() == hashlib.sha256(PDF).hexdigest()
    assert Upload.objects.get().used_at is not None


@pytest.mark.parametrize("place", PLACES)
def test_one_of_another_kind_is_refused_at_its_field_and_stays_unused(cast, signed_in, place):
    address, data, name, _kept = place(cast)
    key = sent(cast.amina, b"a,b\n1,2\n", "law.csv")

    page = signed_in(cast.amina).post(address, {**data, f"{name}-upload": key})

    html = page.content.decode()
    found = re.search(rf'<ul class="errorlist" id="id_{name}_error"><li>([^<]*)</li>', html)
    assert page.status_code == 422
    assert "“law.csv” is not a file of an accepted type" in found[1]
    assert (key in html, Upload.objects.get().used_at) == (False, None)


@pytest.mark.parametrize("place", PLACES)
def test_beside_another_error_it_waits_for_the_next_save(cast, signed_in, place):
    address, data, name, _kept = place(cast)
    key = sent(cast.amina)
    wrong = dict.fromkeys([each for each in data if each.endswith("_on")], "never")

    html = signed_in(cast.amina).post(address, {**data, **wrong, f"{name}-upload": key}).content.decode()

    assert f'<input type="hidden" name="{name}-upload" value="{key}">' in html
