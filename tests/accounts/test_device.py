"""The key of the copy on a device: for a signed-in session of its account alone."""

import base64

import pytest

from accounts.services.own import device_key

pytestmark = pytest.mark.django_db

ADDRESS = "/account/device/"


def test_a_signed_in_person_gets_the_key_of_the_own_account_and_it_is_not_stored_on_the_way(cast, signed_in):
    reply = signed_in(cast.dana).get(ADDRESS)

    said = reply.json()
    assert said["for"] == cast.dana.pk
    assert base64.b64decode(said["key"]) == device_key(cast.dana)
    assert len(device_key(cast.dana)) == 32
    assert said["token"]
    assert "no-store" in reply["Cache-Control"]


def test_every_account_and_every_secret_has_a_key_of_its_own(cast, settings):
    own = device_key(cast.dana)

    assert own != device_key(cast.jonas)
    settings.SECRET_KEY = "another-secret-key-of-the-installation"
    assert own != device_key(cast.dana)


def test_who_is_not_signed_in_gets_no_key(client, db):
    reply = client.get(ADDRESS)

    assert reply.status_code == 401
    assert reply.json() == {"login": "/account/login/"}
