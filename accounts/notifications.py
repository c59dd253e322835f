"""What a person should hear of: kind, subject and names, never content.

A notification is shown and mailed only while the room that owns its subject says that the
recipient may see it: rooms register ``visible``, ``addresses`` and ``sentences`` in their
AppConfig.ready. A subject of a kind that no room speaks for is shown to nobody.
"""

import datetime
import logging
from collections import defaultdict
from collections.abc import Callable, Iterable
from itertools import groupby
from typing import Any

from django.conf import settings
from django.core.mail import send_mail
from django.db import models, transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext, ngettext

from accounts import labels
from accounts.models import Notification, User

log = logging.getLogger("servanda")

# subject type -> (user, ids) -> the ids that the user may still see
visible: dict[str, Callable[[User, set[str]], set[str]]] = {}
# subject type -> (ids) -> address of each page
addresses: dict[str, Callable[[set[str]], dict[str, str]]] = {}
# kind -> lazy sentence with named places for the names: _("%(by)s returned %(subject)s.")
sentences: dict[str, Any] = {}

NAMED = "label"  # among the names: what it takes to name the subject in another language
DIGEST_HOUR = 6  # by the clock of the installation
KEPT = datetime.timedelta(days=365)


def notify(
    recipients: Iterable[User], *, kind: str, subject: models.Model, names: dict[str, Any], urgent: bool = False
) -> None:
    """Tell people of something, once each; called inside the transaction of the act.

    Urgent ones are mailed as soon as the act is on disk, the others once a day.
    """
    now = timezone.now()
    said: dict[str, Any] = {name: str(value) for name, value in names.items()}
    kept = labels.kept(subject)
    if kept:
        said[NAMED] = kept
    made = Notification.objects.bulk_create(
        Notification(
            recipient=user,
            kind=kind,
            subject_type=subject._meta.label_lower,
            subject_id=str(subject.pk),
            names=said,
            at=now,
            is_urgent=urgent,
        )
        for user in {user.pk: user for user in recipients}.values()
        if user.is_active
    )
    if urgent and made:
        transaction.on_commit(_mail_soon)


def _mail_soon() -> None:
    from accounts.tasks import mail_urgent  # the task names this module's function; importing it above is a circle

    mail_urgent.enqueue()


def sentences_of(rows: Iterable[Notification]) -> list[str]:
    """What happened, in the language of the moment: one question a kind of subject, however many rows."""
    rows = list(rows)
    written = [
        labels.Written(row.subject_type, row.names.get(NAMED) or {}, row.names.get("subject", "")) for row in rows
    ]
    return [_sentence(row, subject) for row, subject in zip(rows, labels.said(written), strict=True)]


def _sentence(row: Notification, subject: str) -> str:
    said = {name: labels.day_in_words(value) or value for name, value in row.names.items() if name != NAMED}
    text = sentences.get(row.kind)
    if text is None:
        text = gettext("%(by)s: %(subject)s") if said.get("by") else "%(subject)s"
    return str(text) % defaultdict(str, {**said, "subject": subject})


def seen_by(user: User, rows: Iterable[Notification]) -> list[Notification]:
    """Those of ``rows`` whose subject ``user`` may see now: one question a kind of subject, however many rows."""
    rows = list(rows)
    wanted: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        wanted[row.subject_type].add(row.subject_id)
    allowed = {kind: visible[kind](user, ids) if kind in visible else set() for kind, ids in wanted.items()}
    return [row for row in rows if row.subject_id in allowed[row.subject_type]]


def address_of(notification: Notification) -> str:
    """The page of the subject, or the list of notices where the subject has none."""
    find = addresses.get(notification.subject_type)
    found = find({notification.subject_id}) if find else {}
    return found.get(notification.subject_id) or reverse("notifications")


# --- mail --------------------------------------------------------------------------------


def mail_urgent() -> int:
    """Mail what is urgent and not mailed yet, to each person in that person's language."""
    return _mail(Notification.objects.filter(is_urgent=True))


def mail_digests() -> int:
    """Mail what came in before this morning and was not read: one mail a day and person."""
    now = timezone.localtime()
    morning = now.replace(hour=DIGEST_HOUR, minute=0, second=0, microsecond=0)
    if now < morning:
        morning -= datetime.timedelta(days=1)
    return _mail(Notification.objects.filter(at__lt=morning))


def _mail(rows: "models.QuerySet[Notification]") -> int:
    waiting = rows.filter(mailed_at__isnull=True, read_at__isnull=True, recipient__is_active=True)
    waiting = waiting.select_related("recipient__state_party").order_by("recipient_id", "at")
    sent = 0
    for _pk, group in groupby(waiting, key=lambda row: row.recipient_id):
        sent += _mail_to(list(group))
    return sent


def _mail_to(rows: list[Notification]) -> int:
    """One mail to one person; rows taken by another worker meanwhile are left out."""
    user, now = rows[0].recipient, timezone.now()
    with transaction.atomic():
        free = Notification.objects.select_for_update().filter(pk__in=[row.pk for row in rows], mailed_at__isnull=True)
        mine = set(free.values_list("pk", flat=True))
        Notification.objects.filter(pk__in=mine).update(mailed_at=now)
    told = seen_by(user, [row for row in rows if row.pk in mine])
    if not told:
        return 0
    try:
        with translation.override(language_of(user)):
            _send(user, told)
    except OSError:  # the mail server: the next tick tries again
        log.exception("mail to %s could not be sent", user.pk)
        Notification.objects.filter(pk__in=mine).update(mailed_at=None)
        return 0
    return 1


def _send(user: User, rows: list[Notification]) -> None:
    lines = [{"text": text, "url": page_of(row)} for text, row in zip(sentences_of(rows), rows, strict=True)]
    title = ngettext("%(number)s thing changed for you", "%(number)s things changed for you", len(rows))
    body = render_to_string("accounts/mail/notices.txt", {"name": user.name, "lines": lines})
    subject = " ".join(f"{gettext('Servanda')}: {title % {'number': len(rows)}}".split())
    send_mail(subject, body, settings.DEFAULT_FROM_EMAIL, [user.email])


def page_of(notification: Notification) -> str:
    """The whole address of a notice, for mails."""
    return settings.BASE_URL.rstrip("/") + reverse("notification", args=[notification.pk])


def language_of(user: User) -> str:
    """The language to write to somebody in: the person's choice, else the State's, else the installation's."""
    offered = dict(settings.LANGUAGES)
    chosen = [user.language, user.state_party.language if user.state_party else ""]
    return next((code for code in chosen if code in offered), settings.LANGUAGE_CODE)


def prune() -> int:
    """Delete notices that are a year old."""
    return Notification.objects.filter(at__lt=timezone.now() - KEPT).delete()[0]
