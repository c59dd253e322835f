"""What every page is given."""

import pytest

from accounts import context


@pytest.fixture
def entries(monkeypatch):
    made = [
        context.Entry("Notices", "notifications", order=20),
        context.Entry("Account", "account", order=10, shown=lambda who: who.is_coordinator),
    ]
    monkeypatch.setattr(context, "navigation", made)


def labels(page) -> list[tuple[str, bool]]:
    return [(entry["label"], entry["current"]) for entry in page.context["navigation"]]


def test_the_menu_shows_each_person_the_own_places_in_order(cast, entries, signed_in):
    assert labels(signed_in(cast.amina).get("/notifications/")) == [("Account", False), ("Notices", True)]
    assert labels(signed_in(cast.dana).get("/account/me/")) == [("Notices", False)]


def test_the_place_is_the_state_or_the_agency(cast, signed_in):
    assert str(signed_in(cast.dana).get("/account/me/").context["place"]) == "Arcadia"
