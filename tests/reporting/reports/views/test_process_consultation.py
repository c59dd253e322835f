"""Consultation as pages: the coordinators' side and that of the bodies consulted."""

import datetime

import pytest

from accounts.choices import BodyKind, Role
from reporting.reports.models import Comment, ConsultationRound
from reporting.reports.services.consultation import close_round, open_round
from tests import factories as people
from tests.reporting.reports import factories as make

pytestmark = pytest.mark.django_db

LATER = datetime.date.today() + datetime.timedelta(days=9)


@pytest.fixture
def report(cast):
    row = make.report(cast)
    make.write(make.section(row, "f1"), "Shared with the **institution**.", cast.jonas)
    make.write(make.section(row, "f2"), "Kept inside.", cast.rosa)
    return row


@pytest.fixture
def consultation(cast, report):
    section = make.section(report, "f1")
    return open_round(report, sections=[section], bodies=[cast.nhri], closes_on=LATER, by=cast.amina)


def place(report) -> str:
    return make.section(report, "f1").answers.first().question.code


def test_a_coordinator_shares_sections(cast, report, signed_in):
    data = {"sections": [make.section(report, "f1").pk], "bodies": [cast.nhri.pk], "closes_on": LATER}

    page = signed_in(cast.amina).post(f"/reports/{report.slug}/consultation/", data, follow=True)

    assert page.status_code == 200
    assert [each["short_code"] for each in ConsultationRound.objects.get().content["sections"]] == ["F1"]


def test_sharing_until_a_day_that_has_passed_keeps_what_was_typed(cast, report, signed_in):
    data = {
        "sections": [make.section(report, "f1").pk],
        "bodies": [cast.nhri.pk],
        "closes_on": "2026-01-01",
        "note": "Read F1.",
    }

    page = signed_in(cast.amina).post(f"/reports/{report.slug}/consultation/", data)

    assert page.status_code == 409
    assert "Read F1." in page.content.decode()
    assert not ConsultationRound.objects.exists()


def test_the_body_reads_the_shared_sections_and_no_others(cast, report, consultation, signed_in):
    client = signed_in(cast.nuri)

    assert report.title in client.get("/consultation/").content.decode()
    html = client.get(f"/consultation/{report.slug}/").content.decode()

    assert "Shared with the <strong>institution</strong>." in html
    assert "Kept inside." not in html


def test_other_bodies_and_states_do_not_find_the_round(cast, report, consultation, signed_in):
    union = people.body(cast.arcadia, "union", kind=BodyKind.CONSULTED)
    ugo = people.member("Ugo", union, Role.CONSULTED)

    assert signed_in(ugo).get(f"/consultation/{report.slug}/").status_code == 404
    assert signed_in(cast.idris).get(f"/consultation/{report.slug}/").status_code == 404
    assert report.title not in signed_in(ugo).get("/consultation/").content.decode()


def test_a_comment_is_answered_and_the_body_reads_the_answer(cast, report, consultation, signed_in):
    client = signed_in(cast.nuri)
    client.post(
        f"/consultation/{report.slug}/{consultation.number}/comment/",
        {"place": place(report), "text": "The law is older."},
    )
    row = Comment.objects.get()

    page = signed_in(cast.amina).post(
        f"/reports/{report.slug}/consultation/{consultation.number}/answer/{row.pk}/",
        {"text": "It was amended."},
        follow=True,
    )

    assert page.status_code == 200
    html = client.get(f"/consultation/{report.slug}/").content.decode()
    assert "The law is older." in html
    assert "It was amended." in html


def test_a_comment_after_the_close_is_refused_and_kept(cast, report, consultation, signed_in):
    close_round(consultation, by=cast.amina)

    page = signed_in(cast.nuri).post(
        f"/consultation/{report.slug}/{consultation.number}/comment/",
        {"place": place(report), "text": "The law is older."},
    )

    assert page.status_code == 409
    assert "The law is older." in page.content.decode()


def test_an_own_comment_is_withdrawn_and_the_stub_stays(cast, report, consultation, signed_in):
    client = signed_in(cast.nuri)
    client.post(f"/consultation/{report.slug}/1/comment/", {"place": place(report), "text": "The law is older."})
    row = Comment.objects.get()

    html = client.post(f"/consultation/{report.slug}/withdraw/{row.pk}/", follow=True).content.decode()

    assert "The law is older." not in html
    assert "Nuri withdrew this comment." in html


def test_nobody_withdraws_the_comment_of_another(cast, report, consultation, signed_in):
    client = signed_in(cast.nuri)
    client.post(f"/consultation/{report.slug}/1/comment/", {"place": place(report), "text": "The law is older."})

    page = signed_in(cast.amina).post(f"/consultation/{report.slug}/withdraw/{Comment.objects.get().pk}/")

    assert page.status_code == 403


def test_a_coordinator_ends_the_consultation(cast, report, consultation, signed_in):
    signed_in(cast.amina).post(f"/reports/{report.slug}/consultation/{consultation.number}/close/")

    consultation.refresh_from_db()
    assert consultation.status == "closed"
