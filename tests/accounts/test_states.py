"""What the administrator decides for the whole State."""

import pytest

from accounts.exceptions import Refused
from accounts.models import HistoryEntry
from accounts.services.states import allow_device_copies

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin(cast):
    cast.wen.is_administrator = True
    cast.wen.save()
    return cast.wen


def test_the_administrator_switches_copies_on_devices_off_and_the_record_says_so(cast, admin):
    assert allow_device_copies(cast.arcadia, on=False, by=admin)
    assert not allow_device_copies(cast.arcadia, on=False, by=admin)

    cast.arcadia.refresh_from_db()
    assert cast.arcadia.device_copies is False
    assert HistoryEntry.objects.filter(act="state.device_copies").count() == 1


@pytest.mark.parametrize("person", ["amina", "jonas", "idris"])
def test_nobody_else_does(cast, person):
    with pytest.raises(Refused, match="administrator"):
        allow_device_copies(cast.arcadia, on=False, by=getattr(cast, person))


def test_the_page_shows_what_holds_and_changes_it(cast, admin, signed_in):
    browser = signed_in(admin)
    assert "checked" in browser.get("/settings/state/").content.decode()

    page = browser.post("/settings/state/", {}, follow=True).content.decode()

    assert "Saved." in page
    assert "checked" not in page
