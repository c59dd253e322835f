"""What a person should hear of: shown and mailed only while it may be seen, and never content."""

import datetime

import pytest
from django.core import mail
from django.utils import timezone
from django.utils.translation import gettext_lazy

from accounts import notifications
from accounts.models import Notification


@pytest.fixture
def told(cast, monkeypatch):
    """Notices about bodies, which their members may see."""

    def visible(user, ids):
        return {str(pk) for pk in user.memberships.values_list("body_id", flat=True)} & ids

    monkeypatch.setitem(notifications.visible, "accounts.body", visible)
    monkeypatch.setitem(notifications.addresses, "accounts.body", lambda ids: {pk: f"/bodies/{pk}/" for pk in ids})
    monkeypatch.setitem(notifications.sentences, "moved", gettext_lazy("%(by)s moved %(subject)s."))

    def tell(*people, subject=cast.health, urgent=False):
        names = {"by": "Amina", "subject": str(subject)}
        notifications.notify(people, kind="moved", subject=subject, names=names, urgent=urgent)

    return tell


def test_a_notice_is_listed_as_a_sentence_and_counted(cast, told, signed_in):
    told(cast.dana)

    page = signed_in(cast.dana).get("/notifications/").content.decode()

    assert "Amina moved Ministry of Health." in page
    assert '<span class="badge">1</span>' in page


def test_following_a_notice_leads_to_its_subject_and_reads_it(cast, told, signed_in):
    told(cast.dana)
    row = Notification.objects.get()

    answer = signed_in(cast.dana).get(f"/notifications/{row.pk}/")

    row.refresh_from_db()
    assert answer["Location"] == f"/bodies/{cast.health.pk}/"
    assert row.read_at is not None


def test_a_notice_of_something_that_may_no_longer_be_seen_is_neither_shown_nor_counted(cast, told, signed_in):
    told(cast.dana, subject=cast.justice)
    browser = signed_in(cast.dana)

    page = browser.get("/notifications/").content.decode()

    assert "Justice" not in page
    assert browser.get(f"/notifications/{Notification.objects.get().pk}/").status_code == 404
    assert Notification.objects.filter(read_at=None).count() == 0


def test_a_subject_for_which_no_room_speaks_is_shown_to_nobody(cast, signed_in):
    notifications.notify([cast.dana], kind="moved", subject=cast.arcadia, names={"by": "Amina", "subject": "CANARY"})

    assert "CANARY" not in signed_in(cast.dana).get("/notifications/").content.decode()


def test_a_notice_belongs_to_its_recipient(cast, told, signed_in):
    told(cast.dana)

    assert signed_in(cast.jonas).get(f"/notifications/{Notification.objects.get().pk}/").status_code == 404


def test_all_are_marked_as_read_at_once_the_own_ones_alone(cast, told, signed_in):
    told(cast.dana, cast.jonas)

    signed_in(cast.dana).post("/notifications/")

    assert [row.recipient for row in Notification.objects.filter(read_at=None)] == [cast.jonas]


def test_an_urgent_notice_is_mailed_on_commit_in_the_recipients_language(
    cast, told, django_capture_on_commit_callbacks
):
    cast.dana.language = "ar"
    cast.dana.save()

    with django_capture_on_commit_callbacks(execute=True):
        told(cast.dana, cast.jonas, urgent=True)

    assert sorted(message.to for message in mail.outbox) == sorted([[cast.dana.email], [cast.jonas.email]])
    assert notifications.language_of(cast.dana) == "ar"
    assert Notification.objects.filter(mailed_at=None).count() == 0


def test_what_may_not_be_seen_is_not_mailed(cast, told, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        told(cast.dana, subject=cast.justice, urgent=True)

    assert mail.outbox == []


def test_others_wait_for_the_digest_one_mail_a_person_once(cast, told):
    told(cast.dana)
    told(cast.dana)
    notifications.mail_digests()
    assert mail.outbox == []
    Notification.objects.update(at=timezone.now() - datetime.timedelta(days=1))

    notifications.mail_digests()
    notifications.mail_digests()

    (message,) = mail.outbox
    assert message.subject == "Servanda: 2 things changed for you"
    assert message.body.count("Amina moved Ministry of Health.") == 2


def test_what_was_read_is_not_in_the_digest(cast, told):
    told(cast.dana)
    yesterday = timezone.now() - datetime.timedelta(days=1)
    Notification.objects.update(at=yesterday, read_at=yesterday)

    notifications.mail_digests()

    assert mail.outbox == []


def test_a_mail_that_could_not_be_sent_is_tried_again(cast, told, monkeypatch):
    def broken(*_args):
        raise ConnectionRefusedError

    told(cast.dana, urgent=True)
    with monkeypatch.context() as patch:
        patch.setattr(notifications, "_send", broken)
        assert notifications.mail_urgent() == 0

    assert notifications.mail_urgent() == 1


def test_a_page_costs_four_statements_besides_its_own_and_the_list_the_same_for_many(cast, told, signed_in, statements):
    browser = signed_in(cast.dana)
    browser.get("/account/me/")
    with statements() as frame:
        browser.get("/account/me/")
    told(cast.dana)
    with statements() as one:
        browser.get("/notifications/")
    for _ in range(40):
        told(cast.dana)

    with statements() as many:
        browser.get("/notifications/")

    assert len(frame) <= 4  # session, user, memberships, place with unread
    assert len(many) == len(one) <= 8
