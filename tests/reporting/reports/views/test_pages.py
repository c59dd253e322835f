"""The pages of a report as people open them."""

import datetime

import pytest

from accounts.choices import Role
from reporting.reports.models import Report
from reporting.reports.services.contribution import ask_contribution
from reporting.reports.services.section import move_section
from tests import factories
from tests.reporting.reports import factories as made

PAGES = ["", "sections/", "people/", "contributions/"]
OFFICE = ["assign/", "board/", "log/", "questions/"]


@pytest.fixture
def report(cast) -> Report:
    return made.report(cast)


def body(response) -> str:
    return response.content.decode()


@pytest.mark.parametrize("page", PAGES + OFFICE)
def test_a_coordinator_opens_every_page_of_a_report(cast, report, signed_in, page):
    response = signed_in(cast.amina).get(f"/reports/{report.slug}/{page}")

    assert response.status_code == 200
    assert report.title in body(response)


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("name", ["dana", "jonas", "rosa"])
def test_writers_open_the_pages_that_are_theirs(cast, report, signed_in, name, page):
    assert signed_in(getattr(cast, name)).get(f"/reports/{report.slug}/{page}").status_code == 200


@pytest.mark.parametrize("page", OFFICE)
@pytest.mark.parametrize("name", ["dana", "jonas", "rosa", "mina"])
def test_only_coordinators_open_the_office_pages(cast, report, signed_in, name, page):
    assert signed_in(getattr(cast, name)).get(f"/reports/{report.slug}/{page}").status_code == 403


@pytest.mark.parametrize("page", PAGES + OFFICE)
def test_another_state_finds_no_such_report(cast, report, signed_in, page):
    assert signed_in(cast.idris).get(f"/reports/{report.slug}/{page}").status_code == 404


@pytest.mark.parametrize("page", PAGES + OFFICE)
def test_a_body_without_a_part_is_refused(cast, report, signed_in, page):
    interior = factories.body(cast.arcadia, "interior")
    outsider = factories.member("Omar", interior, Role.DRAFTER)

    assert signed_in(outsider).get(f"/reports/{report.slug}/{page}").status_code == 403


def test_the_list_of_reports_names_those_with_a_part_only(cast, report, signed_in):
    outsider = factories.member("Omar", factories.body(cast.arcadia, "interior"), Role.DRAFTER)

    assert report.title in body(signed_in(cast.dana).get("/reports/"))
    assert report.title in body(signed_in(cast.mina).get("/reports/"))
    assert report.title not in body(signed_in(outsider).get("/reports/"))
    assert report.title not in body(signed_in(cast.idris).get("/reports/"))


def test_the_list_can_be_filtered_by_status(cast, report, signed_in):
    client = signed_in(cast.amina)

    assert report.title in body(client.get("/reports/?status=drafting"))
    assert report.title not in body(client.get("/reports/?status=closed"))


def test_the_list_of_sections_shows_a_body_its_own(cast, report, signed_in):
    page = body(signed_in(cast.rosa).get(f"/reports/{report.slug}/sections/"))

    assert "Subject of F2" in page
    assert "Subject of F1" not in page


def test_open_drafting_shows_the_other_sections_in_the_list(cast, report, signed_in):
    signed_in(cast.amina).post(f"/reports/{report.slug}/open-drafting/", {"on": "1"})

    assert "Subject of F1" in body(signed_in(cast.rosa).get(f"/reports/{report.slug}/sections/"))


def test_sections_can_be_filtered_by_part_and_body(cast, report, signed_in):
    page = body(signed_in(cast.amina).get(f"/reports/{report.slug}/sections/?part=F&body=justice"))

    assert "Subject of F2" in page
    assert "Subject of F1" not in page
    assert "Subject of G1" not in page


def test_no_page_of_the_report_shows_what_a_section_says(cast, report, signed_in):
    made.write(made.section(report, "f1"), "canary-in-health", cast.dana)

    for page in PAGES:
        assert "canary-in-health" not in body(signed_in(cast.rosa).get(f"/reports/{report.slug}/{page}"))


def test_the_board_shows_what_waits_for_a_decision(cast, report, signed_in):
    made.write(made.section(report, "f1"), "The text of f1.", cast.dana)
    move_section(made.section(report, "f1"), move="send_for_review", by=cast.jonas)

    page = signed_in(cast.amina).get(f"/reports/{report.slug}/board/")

    assert [row["code"] for row in page.context["decisions"]] == ["F1"]
    assert page.context["totals"]["sent"] == "1"
    health = page.context["matrix"]["rows"][0]
    assert [cell and (cell.sign, cell.contributes) for cell in health.cells] == [
        ("arrow", False),
        None,
        ("empty", False),
    ]


def test_the_board_frames_a_body_that_only_contributes(cast, report, signed_in):
    section = made.section(report, "f2")
    ask_contribution(section, body=cast.health, answers=section.answers.all()[:1], by=cast.amina)

    page = signed_in(cast.amina).get(f"/reports/{report.slug}/board/")

    health = next(row for row in page.context["matrix"]["rows"] if row.name == str(cast.health))
    assert (health.cells[1].contributes, health.cells[1].sign) == (True, "empty")


def test_a_late_section_has_its_corner_and_stands_among_the_decisions(cast, report, signed_in):
    report.sections.filter(slug="f2").update(due_on=datetime.date.today() - datetime.timedelta(days=9))

    page = signed_in(cast.amina).get(f"/reports/{report.slug}/board/")

    assert [(row["code"], row["mark"]) for row in page.context["decisions"]] == [("F2", "9 days late")]
    justice = page.context["matrix"]["rows"][1]
    assert justice.cells[1].overdue


def test_what_was_asked_is_listed_for_the_bodies_concerned_only(cast, report, signed_in):
    section = made.section(report, "f2")
    ask_contribution(section, body=cast.health, answers=section.answers.all()[:1], by=cast.amina, note="canary-note")
    stranger = factories.member("Omar", factories.body(cast.arcadia, "interior"), Role.FOCAL_POINT)
    third = made.section(report, "g1")
    ask_contribution(third, body=stranger.memberships.get().body, answers=third.answers.all()[:1], by=cast.amina)

    address = f"/reports/{report.slug}/contributions/"
    assert "canary-note" in body(signed_in(cast.jonas).get(address))
    assert "canary-note" in body(signed_in(cast.rosa).get(address))
    assert "canary-note" not in body(signed_in(stranger).get(address))


def test_the_log_tells_who_did_what(cast, report, signed_in):
    page = signed_in(cast.amina).get(f"/reports/{report.slug}/log/")

    acts = [(line["actor"], line["act"]) for line in page.context["lines"]]
    assert acts[0] == ("Amina", "opened the report for drafting")
    assert acts[-1] == ("Amina", "started the report")
