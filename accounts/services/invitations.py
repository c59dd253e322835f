"""Invitations by link: the only way to an account. The link is not stored, only its hash."""

import datetime
import hashlib
import logging
import secrets
from functools import partial
from typing import Any

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from accounts import acts_people, history, permissions
from accounts.choices import Role
from accounts.exceptions import Refused
from accounts.models import Agency, Body, Invitation, StateParty, User
from accounts.services import people

log = logging.getLogger("servanda")
VALID = datetime.timedelta(days=14)


@transaction.atomic
def invite(
    *,
    email: str,
    name: str = "",
    state: StateParty | None = None,
    agency: Agency | None = None,
    body: Body | None = None,
    role: str = "",
    level: str = "",
    is_administrator: bool = False,
    is_editor: bool = False,
    by: User | None,
    mail: bool = True,
) -> tuple[Invitation, str]:
    """Invite somebody to an account with the rights named; returns the invitation and its link.

    The link is shown this once, and mailed unless ``mail`` is False. ``by`` is None on the command
    line alone. Raises Refused where the inviter has no right, the address has an account, or
    person, body and role do not go together.
    """
    email = email.strip().lower()
    if by is not None:
        _require(by, state=state, agency=agency, body=body, role=role, is_administrator=is_administrator)
    if User.objects.filter(email__iexact=email).exists():
        raise Refused(_("%(email)s has an account already.") % {"email": email})
    if body is not None:
        if state is None or body.state_party_id != state.pk:
            raise Refused(_("%(body)s belongs to another State.") % {"body": body})
        people.check_role(body, role)
    token = secrets.token_urlsafe(32)
    invitation = Invitation.objects.create(
        email=email,
        name=name.strip(),
        state_party=state,
        agency=agency,
        body=body,
        role=role,
        level=level,
        is_administrator=is_administrator,
        is_editor=is_editor,
        token_sha256=_hashed(token),
        invited_by=by,
        expires_at=timezone.now() + VALID,
    )
    rights: dict[str, Any] = {"role": role, "body": str(body or ""), "level": level, "administrator": is_administrator}
    history.record("invitation.send", by=by, subject=invitation, chain=_chain(invitation), **rights)
    return invitation, _link(invitation, token, mail=mail)


def _require(
    by: User,
    *,
    state: StateParty | None,
    agency: Agency | None,
    body: Body | None,
    role: str,
    is_administrator: bool,
) -> None:
    """An administrator invites to anything in the own State or agency; a focal point drafters of the own body."""
    if agency is not None:
        permissions.require(by, acts_people.ADMINISTER_AGENCY, agency)
    elif body is not None and role == Role.DRAFTER and not is_administrator:
        permissions.require(by, acts_people.KEEP_BODY, body)
    else:
        permissions.require(by, acts_people.ADMINISTER_STATE, state)


@transaction.atomic
def resend(invitation: Invitation, *, by: User) -> tuple[Invitation, str]:
    """A new link with a new term; the old one opens nothing any more."""
    invitation = _open(invitation, by=by)
    token = secrets.token_urlsafe(32)
    invitation.token_sha256, invitation.expires_at = _hashed(token), timezone.now() + VALID
    invitation.save(update_fields=["token_sha256", "expires_at"])
    history.record("invitation.resend", by=by, subject=invitation, chain=_chain(invitation))
    return invitation, _link(invitation, token, mail=True)


@transaction.atomic
def withdraw(invitation: Invitation, *, by: User) -> Invitation:
    invitation = _open(invitation, by=by)
    invitation.withdrawn_at = timezone.now()
    invitation.save(update_fields=["withdrawn_at"])
    history.record("invitation.withdraw", by=by, subject=invitation, chain=_chain(invitation))
    return invitation


def _open(invitation: Invitation, *, by: User) -> Invitation:
    """The invitation, locked, if ``by`` could have sent it and it waits for an answer."""
    row = Invitation.objects.select_for_update().get(pk=invitation.pk)
    _require(
        by,
        state=row.state_party,
        agency=row.agency,
        body=row.body,
        role=row.role,
        is_administrator=row.is_administrator,
    )
    if row.accepted_at:
        raise Refused(_("%(email)s has accepted the invitation already.") % {"email": row.email})
    if row.withdrawn_at:
        raise Refused(_("The invitation was withdrawn already."))
    return row


def find(token: str) -> Invitation | None:
    """The invitation behind a link, if it can still be accepted."""
    rows = Invitation.objects.filter(token_sha256=_hashed(token), accepted_at=None, withdrawn_at=None)
    return rows.filter(expires_at__gt=timezone.now()).first()


@transaction.atomic
def accept(token: str, *, name: str, password: str, language: str = "") -> User:
    """Make the account that the invitation offers, once. Raises Refused if the link has no use any more."""
    known = find(token)
    # Looked for again by the link itself: it may have been replaced or withdrawn before the lock was had.
    rows = Invitation.objects.select_for_update().filter(
        token_sha256=_hashed(token), accepted_at=None, withdrawn_at=None
    )
    row = rows.first() if known else None
    if row is None:
        raise Refused(_("This invitation was used, withdrawn, or has run out. Ask for a new one."))
    user = people.create_person(
        email=row.email,
        name=name,
        state=row.state_party,
        agency=row.agency,
        password=password,
        language=language,
        is_administrator=row.is_administrator,
        is_editor=row.is_editor,
        by=None,
    )
    if row.body is not None and row.role:
        people.join(user, row.body, role=row.role, by=None)
    if row.agency is not None and row.level:
        people.post(user, row.agency, level=row.level)
    row.accepted_at, row.accepted_by = timezone.now(), user
    row.save(update_fields=["accepted_at", "accepted_by"])
    history.record("invitation.accept", by=user, subject=row, chain=_chain(row))
    return user


def _hashed(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def _chain(invitation: Invitation) -> str:
    return history.chain_of(state_id=invitation.state_party_id, agency_id=invitation.agency_id)


def _link(invitation: Invitation, token: str, *, mail: bool) -> str:
    link = settings.BASE_URL.rstrip("/") + reverse("invitation", args=[token])
    if mail:
        transaction.on_commit(partial(_mail, invitation, link))
    return link


def _mail(invitation: Invitation, link: str) -> None:
    """In the working language of the State. A mail that fails is logged: the inviter has the link on the page."""
    state = invitation.state_party
    language = state.language if state and state.language in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
    with translation.override(language):
        context: dict[str, Any] = {"invitation": invitation, "link": link, "place": state or invitation.agency or ""}
        body = render_to_string("accounts/mail/invitation.txt", context)
        subject = _("Your invitation to Servanda")
    try:
        send_mail(subject, body, settings.DEFAULT_FROM_EMAIL, [invitation.email])
    except OSError:
        log.exception("invitation %s could not be mailed", invitation.pk)
