"""Signing in and out, lock-out, passwords, sessions, languages, and what the record keeps of it."""

import re

import pytest
from django.conf import settings
from django.core import mail
from django.test import Client

from accounts.models import HistoryEntry
from tests import factories

RIGHT = "a long and quiet river"


@pytest.fixture
def dana(db):
    arcadia = factories.state()
    user = factories.member("Dana", factories.body(arcadia, "health"), email="dana@example.org")
    user.set_password(RIGHT)
    user.save()
    return user


def sign_in(client: Client, password: str = RIGHT, **headers):
    return client.post(
        "/account/login/", {"login": "dana@example.org", "password": password, "next": "/account/me/"}, **headers
    )


def recorded(dana) -> list[str]:
    rows = HistoryEntry.objects.filter(chain=f"state:{dana.state_party_id}").order_by("number")
    return [row.act for row in rows if not row.act.startswith(("state.", "body.", "person."))]


def test_somebody_signs_in_and_out_and_the_states_record_keeps_both(dana, client):
    assert sign_in(client)["Location"] == "/account/me/"
    assert "Dana" in client.get("/account/me/").content.decode()

    client.post("/account/logout/")

    assert client.get("/account/me/").status_code == 302
    assert recorded(dana) == ["sign_in", "sign_out"]


def test_a_wrong_password_signs_nobody_in(dana, client):
    assert sign_in(client, "wrong").status_code == 200

    assert client.get("/account/me/").status_code == 302
    assert recorded(dana) == []


def test_after_too_many_failures_the_right_password_is_refused(dana, client, settings):
    settings.AXES_ENABLED, settings.AXES_FAILURE_LIMIT = True, 3
    for _ in range(3):
        sign_in(client, "wrong")

    answer = sign_in(client)

    assert answer.status_code == 429
    assert "even the right one is refused" in answer.content.decode()
    assert client.get("/account/me/").status_code == 302
    assert set(recorded(dana)) == {"lock_out"}


def test_an_account_that_is_not_active_is_refused(dana, client):
    dana.is_active = False
    dana.save()

    sign_in(client)

    assert client.get("/account/me/").status_code == 302


def test_passwords_are_kept_by_argon2():
    from config.settings import PASSWORD_HASHERS

    assert PASSWORD_HASHERS[0] == "django.contrib.auth.hashers.Argon2PasswordHasher"


def test_a_new_password_is_set_by_a_link_in_a_mail(dana, client):
    client.post("/account/password/reset/", {"email": "dana@example.org"})
    (message,) = mail.outbox
    assert message.subject == "A new password for Servanda"
    assert message.body.startswith("Somebody, perhaps you, asked for a new password")
    address = re.search(r"https?://[^/]+(/account/password/reset/key/\S+)", message.body).group(1)

    page = client.get(address, follow=True)
    client.post(page.redirect_chain[-1][0], {"password1": "another quiet river", "password2": "another quiet river"})

    dana.refresh_from_db()
    assert dana.check_password("another quiet river")
    assert recorded(dana) == ["password.reset"]


def test_who_has_no_account_is_told_the_same_and_gets_no_mail(dana, client):
    told = []
    for email in ("nobody@example.org", "dana@example.org"):
        answer = client.post("/account/password/reset/", {"email": email}, follow=True)
        told.append((answer.redirect_chain, re.sub(r"[A-Za-z0-9]{64}", "token", answer.content.decode())))

    assert told[0] == told[1]
    assert [message.to for message in mail.outbox] == [["dana@example.org"]]


def test_the_password_is_changed_by_who_knows_it(dana, client):
    sign_in(client)

    client.post(
        "/account/password/change/",
        {"oldpassword": RIGHT, "password1": "another quiet river", "password2": "another quiet river"},
    )

    dana.refresh_from_db()
    assert dana.check_password("another quiet river")
    assert recorded(dana) == ["sign_in", "password.change"]


def test_the_list_of_sessions_signs_out_elsewhere(dana):
    here, elsewhere = Client(), Client()
    sign_in(elsewhere)
    sign_in(here)
    assert here.get("/account/sessions/").context["session_count"] == 2

    here.post("/account/sessions/")

    assert here.get("/account/me/").status_code == 200
    assert elsewhere.get("/account/me/").status_code == 302


def test_accounts_are_not_made_by_signing_up(db, client):
    client.post("/account/signup/", {"email": "new@example.org", "password1": RIGHT})

    from accounts.models import User

    assert User.objects.count() == 0


def test_the_language_chosen_follows_the_person_to_another_device(dana, signed_in):
    signed_in(dana).post("/i18n/setlang/", {"language": "ar", "next": "/account/me/"})

    page = signed_in(dana).get("/account/me/").content.decode()

    assert '<html lang="ar" dir="rtl">' in page


def test_a_language_that_is_not_offered_is_not_kept(dana, signed_in):
    signed_in(dana).post("/i18n/setlang/", {"language": "tlh", "next": "/account/me/"})

    dana.refresh_from_db()
    assert dana.language == ""
    assert "tlh" not in dict(settings.LANGUAGES)


def test_a_person_changes_name_position_and_language(dana, signed_in):
    signed_in(dana).post("/account/me/", {"name": "Dana B.", "position": "Statistician", "language": "ar"})

    dana.refresh_from_db()
    assert (dana.name, dana.position, dana.language) == ("Dana B.", "Statistician", "ar")
