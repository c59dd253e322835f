"""Invitations by link: the only way to an account."""

import datetime

import pytest
from django.core import mail
from django.core.management import call_command
from django.core.management.base import CommandError
from django.utils import timezone

from accounts.choices import Role
from accounts.exceptions import Refused
from accounts.models import Agency, HistoryEntry, Invitation, StateParty, User
from accounts.services import invitations
from tests import factories

LONG = "a long and quiet river"


@pytest.fixture
def admin(cast):
    return factories.person("Ada", state=cast.arcadia, is_administrator=True)


def invite(cast, by, **wanted):
    wanted = {"email": "new@example.org", "state": cast.arcadia, "body": cast.health, "role": Role.DRAFTER, **wanted}
    return invitations.invite(by=by, **wanted)


def token_of(link: str) -> str:
    return link.rstrip("/").rsplit("/", 1)[1]


def test_the_link_makes_an_account_with_the_rights_named(cast, admin, client):
    _row, link = invite(cast, admin)

    answer = client.post(
        f"/invitation/{token_of(link)}/", {"name": "Nora", "password": LONG, "again": LONG}, follow=False
    )

    assert answer.status_code == 302
    nora = User.objects.get(email="new@example.org")
    assert nora.check_password(LONG)
    assert [(row.body, row.role) for row in nora.memberships.all()] == [(cast.health, "drafter")]


def test_a_link_is_used_once(cast, admin, client):
    _row, link = invite(cast, admin)
    invitations.accept(token_of(link), name="Nora", password=LONG)

    with pytest.raises(Refused):
        invitations.accept(token_of(link), name="Nora", password=LONG)
    assert client.get(f"/invitation/{token_of(link)}/").status_code == 404


def test_a_link_runs_out_after_fourteen_days(cast, admin):
    row, link = invite(cast, admin)
    assert row.expires_at - timezone.now() > datetime.timedelta(days=13, hours=23)

    Invitation.objects.update(expires_at=timezone.now() - datetime.timedelta(seconds=1))

    assert invitations.find(token_of(link)) is None


def test_the_link_itself_is_stored_nowhere(cast, admin):
    row, link = invite(cast, admin)

    assert token_of(link) not in str(Invitation.objects.filter(pk=row.pk).values().get())
    assert not any(token_of(link) in str(entry.facts) for entry in HistoryEntry.objects.all())


def test_a_new_link_ends_the_old_one(cast, admin):
    row, old = invite(cast, admin)

    _row, new = invitations.resend(row, by=admin)

    assert invitations.find(token_of(old)) is None
    assert invitations.find(token_of(new)) == row


def test_a_withdrawn_invitation_opens_nothing(cast, admin):
    row, link = invite(cast, admin)

    invitations.withdraw(row, by=admin)

    assert invitations.find(token_of(link)) is None
    with pytest.raises(Refused):
        invitations.resend(row, by=admin)


def test_the_invitation_is_mailed_after_the_commit(cast, admin, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        _row, link = invite(cast, admin)

    assert [message.to for message in mail.outbox] == [["new@example.org"]]
    assert link in mail.outbox[0].body


def test_a_focal_point_invites_drafters_of_the_own_body_alone(cast):
    invite(cast, cast.jonas)

    for wanted in (
        {"body": cast.justice},
        {"role": Role.FOCAL_POINT},
        {"is_administrator": True},
        {"body": None, "role": ""},
    ):
        with pytest.raises(Refused):
            invite(cast, cast.jonas, email="other@example.org", **wanted)


@pytest.mark.parametrize("name", ["dana", "amina", "idris", "mina", "nuri"])
def test_nobody_else_invites(cast, name):
    with pytest.raises(Refused):
        invite(cast, getattr(cast, name))

    assert Invitation.objects.count() == 0


def test_an_administrator_does_not_invite_into_another_states_body(cast, admin):
    with pytest.raises(Refused):
        invite(cast, admin, body=cast.qamar_mechanism, role=Role.COORDINATOR)


def test_who_has_an_account_is_not_invited_again(cast, admin):
    with pytest.raises(Refused, match="has an account already"):
        invite(cast, admin, email=cast.dana.email.upper())


def test_a_weak_password_comes_back_with_its_reason(cast, admin, client):
    _row, link = invite(cast, admin)

    answer = client.post(f"/invitation/{token_of(link)}/", {"name": "Nora", "password": "short", "again": "short"})

    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == ["password"]


def test_the_commands_print_a_link_that_works(db, capsys):
    call_command("add_state", "ARC", "Arcadia", "--admin", "ada@example.org")
    call_command("add_agency", "ILO", "--name", "International Labour Organization", "--admin", "otto@example.org")
    call_command("add_editor", "kit@example.org")

    links = capsys.readouterr().out.split()
    for link in links:
        invitations.accept(token_of(link), name="Somebody", password=LONG)
    ada, otto, kit = (User.objects.get(email=f"{name}@example.org") for name in ("ada", "otto", "kit"))
    assert (ada.state_party, ada.is_administrator) == (StateParty.objects.get(), True)
    assert (otto.agency, otto.is_administrator) == (Agency.objects.get(), True)
    assert (kit.is_editor, kit.state_party, kit.agency) == (True, None, None)


def test_a_state_is_added_once(db):
    call_command("add_state", "ARC", "Arcadia", "--admin", "ada@example.org")

    with pytest.raises(CommandError, match="ARC already"):
        call_command("add_state", "ARC", "Arcadia", "--admin", "other@example.org")
    assert Invitation.objects.count() == 1
