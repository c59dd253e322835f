"""What a coordinator does from the board: write to a body, and take the board along as a workbook."""

import io

import pytest
from django.core import mail
from openpyxl import load_workbook

from accounts.models import HistoryEntry, Notification
from reporting.reports.models import Comment, Report
from reporting.reports.services.section import move_section
from tests.reporting.reports import factories as made


@pytest.fixture
def report(cast) -> Report:
    return made.report(cast)


def sheet(reply) -> list[tuple]:
    return list(load_workbook(io.BytesIO(reply.content)).active.iter_rows(values_only=True))


def test_the_workbook_of_the_board_holds_what_the_page_shows(cast, report, signed_in):
    made.write(made.section(report, "f1"), "The text of f1.", cast.dana)
    move_section(made.section(report, "f1"), move="send_for_review", by=cast.jonas)

    head, health, justice, _budget = sheet(signed_in(cast.amina).get(f"/reports/{report.slug}/board/board.xlsx"))

    assert head == ("Lead body", "Focal points", "F1", "F2", "G1", "On time", "Words of share")
    assert health[:5] == (str(cast.health), "Jonas", "In review, 1 of 3 answered", None, "Not started, 0 of 4 answered")
    assert justice[:5] == (str(cast.justice), "Rosa", None, "Not started, 0 of 3 answered", None)
    assert HistoryEntry.objects.filter(act="report.export_board").count() == 1


def test_the_workbook_is_filtered_as_the_board_is(cast, report, signed_in):
    part = report.sections.get(slug="g1").section.part.code

    head, *bodies = sheet(signed_in(cast.amina).get(f"/reports/{report.slug}/board/board.xlsx?part={part}"))

    assert head[2:-2] == ("G1",)
    assert [row[0] for row in bodies] == [str(cast.health), "Word budget"]


@pytest.mark.parametrize("address", ["board/board.xlsx", "write/health/"])
def test_only_a_coordinator_does_so(cast, report, signed_in, address):
    address = f"/reports/{report.slug}/{address}"

    assert signed_in(cast.jonas).get(address).status_code == 403
    assert signed_in(cast.mina).get(address).status_code == 403
    assert signed_in(cast.idris).get(address).status_code == 404


def test_a_body_is_written_to_through_a_comment_of_which_its_focal_points_hear_at_once(
    cast, report, signed_in, django_capture_on_commit_callbacks
):
    section = made.section(report, "g1")
    with django_capture_on_commit_callbacks(execute=True):
        reply = signed_in(cast.amina).post(
            f"/reports/{report.slug}/write/health/", {"section": section.pk, "text": "canary: when does it come?"}
        )

    assert reply.status_code == 302
    comment = Comment.objects.get()
    assert (comment.section, comment.text, comment.by) == (section, "canary: when does it come?", cast.amina)
    told = Notification.objects.filter(kind="comment_written", is_urgent=True)
    assert [row.recipient for row in told] == [cast.jonas]
    assert [letter.to for letter in mail.outbox] == [[cast.jonas.email]]
    assert "canary" not in mail.outbox[0].body


def test_nothing_is_written_to_a_body_about_a_section_that_another_one_leads(cast, report, signed_in):
    section = made.section(report, "f2")

    reply = signed_in(cast.amina).post(
        f"/reports/{report.slug}/write/health/", {"section": section.pk, "text": "When does it come?"}
    )

    assert reply.status_code == 422
    assert not Comment.objects.exists()


def test_the_board_leads_to_the_letter_of_each_body_that_leads_a_section(cast, report, signed_in):
    page = signed_in(cast.amina).get(f"/reports/{report.slug}/board/")

    assert [row.write_url for row in page.context["matrix"]["rows"]] == [
        f"/reports/{report.slug}/write/health/",
        f"/reports/{report.slug}/write/justice/",
    ]


# --- phones ------------------------------------------------------------------------------


def test_the_board_is_told_body_by_body_too_for_phones(cast, report, signed_in):
    html = signed_in(cast.amina).get(f"/reports/{report.slug}/board/").content.decode()

    listed = html[html.index('class="rows bodies"') : html.index('<table class="matrix">')]
    assert listed.index(str(cast.health)) < listed.index(">F1<") < listed.index(">G1<")
    assert listed.count(">F2<") == 1  # of Justice alone


def test_the_table_is_shown_on_a_phone_to_whoever_asks_for_it(cast, report, signed_in):
    html = signed_in(cast.amina).get(f"/reports/{report.slug}/board/?view=matrix").content.decode()

    assert ("desk-only" in html, "rows bodies" in html) == (False, False)
    assert '<input type="hidden" name="view" value="matrix">' in html  # sorting keeps it
