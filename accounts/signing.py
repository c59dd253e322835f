"""Sign-ins, sign-outs, lock-outs and new passwords as acts.

The product has no signals, with this one exception: these acts happen inside packages, which
offer no other place to record them.
"""

from typing import Any

from allauth.account.signals import password_changed, password_reset, password_set
from axes.signals import user_locked_out
from django.contrib.auth.signals import user_logged_in, user_logged_out
from django.db import transaction
from django.http import HttpRequest

from accounts import history
from accounts.models import User


def connect() -> None:
    user_logged_in.connect(_recorder("sign_in"), weak=False, dispatch_uid="sign_in")
    user_logged_out.connect(_recorder("sign_out"), weak=False, dispatch_uid="sign_out")
    password_changed.connect(_recorder("password.change"), weak=False, dispatch_uid="password.change")
    password_set.connect(_recorder("password.set"), weak=False, dispatch_uid="password.set")
    password_reset.connect(_recorder("password.reset"), weak=False, dispatch_uid="password.reset")
    user_locked_out.connect(_record_lock_out, weak=False, dispatch_uid="lock_out")


def _recorder(act: str) -> Any:
    def receive(user: User | None = None, request: HttpRequest | None = None, **_: Any) -> None:
        if user is None:  # signing out of a session that had ended
            return
        with transaction.atomic():
            history.record(act, by=user, chain=history.chain_of_person(user), address=_address(request))

    return receive


def _record_lock_out(request: HttpRequest | None = None, username: str = "", ip_address: str = "", **_: Any) -> None:
    """In the chain of the person whose account was tried; an unknown address in the installation's."""
    tried = User.objects.filter(email__iexact=username or "").first()
    chain = history.chain_of_person(tried) if tried else history.INSTALLATION
    with transaction.atomic():
        history.record("lock_out", by=None, subject=tried, chain=chain, tried=username or "", address=ip_address or "")


def _address(request: HttpRequest | None) -> str:
    return str(request.META.get("REMOTE_ADDR", "")) if request is not None else ""
