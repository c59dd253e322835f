"""Who exports what, as one table: the two rows on exports of design.md, section 3, and the rules of reading under them.

Each cell is what a person's file holds: the paragraphs that were written in the sections F1 and G1, led by Health, and
F2, led by Justice. "-" is nothing: the person is refused.
"""

import json

import pytest
from django.http import HttpResponse

from accounts.choices import Role
from accounts.exceptions import Refused
from accounts.models import User
from exports import exporting
from exports.document import SUBMISSION, WORKING
from reporting.reports.choices import ReportStatus
from reporting.reports.models import Report, ReportSection
from reporting.reports.services.contribution import ask_contribution
from reporting.reports.services.submission import endorse, publish, take_back
from tests import factories
from tests.reporting.reports import factories as made

ALL = "f1 f2 g1"
# person: (draft in drafting, draft from validation on, file of the submission, the same once published)
TABLE = {
    "amina, coordinator": (ALL, ALL, ALL, ALL),
    "wen, second coordinator": (ALL, ALL, ALL, ALL),
    "dana, drafter of the lead": ("f1 g1", ALL, ALL, ALL),
    "jonas, focal point of the lead": ("f1 g1", ALL, ALL, ALL),
    "rosa, focal point of another lead": ("f2", ALL, ALL, ALL),
    "hana, focal point of a body asked for one question": ("g1", ALL, ALL, ALL),
    "lena, drafter of a ministry without a part": ("-", "-", ALL, ALL),
    "mina, permanent mission": ("-", "-", ALL, ALL),
    "nuri, consulted body": ("-", "-", "-", ALL),
    "ada, administrator of the State": ("-", "-", "-", "-"),
    "idris, coordinator of another State": ("-", "-", "-", "-"),
    "omar, officer of an agency": ("-", "-", "-", "-"),
    "root, superuser": ("-", "-", "-", "-"),
}


@pytest.fixture
def everybody(cast, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    interior, education = (factories.body(cast.arcadia, slug) for slug in ("interior", "education"))
    cast.interior = interior
    cast.hana = factories.member("Hana", interior, Role.FOCAL_POINT)
    cast.lena = factories.member("Lena", education, Role.DRAFTER)
    cast.ada = factories.person("Ada", state=cast.arcadia, is_administrator=True)
    cast.omar = factories.officer("Omar", factories.agency())
    cast.root = factories.person("Root", state=cast.arcadia)
    User.objects.filter(pk=cast.root.pk).update(is_superuser=True, is_staff=True)
    cast.root = User.objects.get(pk=cast.root.pk)
    return cast


def ask_interior(cast, report: Report) -> None:
    section = made.section(report, "g1")
    answer = section.answers.get(question__code__endswith="G1-Q1")
    ask_contribution(section, body=cast.interior, answers=[answer], by=cast.amina)


@pytest.fixture
def draft(everybody) -> Report:
    report = made.report(everybody)
    ask_interior(everybody, report)
    for slug, by in (("f1", everybody.jonas), ("f2", everybody.rosa), ("g1", everybody.jonas)):
        made.write(made.section(report, slug), f"The text of {slug}.", by)
    return Report.objects.select_related("cycle", "state_party").get(pk=report.pk)


@pytest.fixture
def submitted(everybody) -> Report:
    report = made.validated(everybody)
    endorse(report, authority="Council", endorsed_on=report.status_at.date(), by=everybody.amina)
    return Report.objects.select_related("cycle", "state_party").get(pk=report.pk)


def said_in(data: str) -> str:
    """Which sections' paragraphs stand in a file or a page."""
    return " ".join(slug for slug in ("f1", "f2", "g1") if f"The text of {slug}." in data) or "-"


def draft_of(report: Report, user, form: str) -> str:
    try:
        content = exporting.report_content(report, user)
    except Refused:
        return "-"
    return said_in(exporting.render(content, form=form, format_slug="json", at=report.started_at).decode())


def column(place: int) -> dict[str, str]:
    return {name: row[place] for name, row in TABLE.items()}


def of_each(cast, find) -> dict[str, str]:
    return {name: find(getattr(cast, name.partition(",")[0])) for name in TABLE}


@pytest.mark.parametrize("form", [WORKING, SUBMISSION])
def test_a_draft_is_exported_as_far_as_it_is_read(everybody, draft, form):
    assert of_each(everybody, lambda user: draft_of(draft, user, form)) == column(0)


@pytest.mark.parametrize("status", [ReportStatus.VALIDATION, ReportStatus.ENDORSED, ReportStatus.CLOSED])
def test_from_validation_on_every_body_in_the_report_exports_all_of_it(everybody, draft, status):
    made.set_state(draft, status)

    assert of_each(everybody, lambda user: draft_of(draft, user, WORKING)) == column(1)


def test_with_open_drafting_every_body_in_the_report_exports_all_of_it(everybody, draft):
    everybody.arcadia.open_drafting = True
    everybody.arcadia.save()
    report = Report.objects.select_related("cycle", "state_party").get(pk=draft.pk)

    # A body's people carry the State as it was read with them.
    def find(user) -> str:
        return draft_of(report, User.objects.get(pk=user.pk), WORKING)

    assert of_each(everybody, find) == column(1)


def test_a_single_section_is_exported_by_who_reads_something_of_it(everybody, draft, signed_in):
    sections = ReportSection.objects.filter(report=draft)

    def find(user) -> str:
        answers = [
            signed_in(user).get(f"/reports/{draft.slug}/sections/{section.slug}/export/json/").content.decode()
            for section in sections
        ]
        return said_in("".join(answers))

    assert of_each(everybody, find) == column(0)


def fetched(client, report: Report, number: int = 1) -> str:
    response: HttpResponse = client.get(f"/reports/{report.slug}/submissions/{number}/files/json/")
    if response.status_code == 200:
        assert json.loads(response.content)["document"]["title"] == report.title
    return said_in(response.content.decode())


def test_before_the_endorsement_there_is_no_file_of_a_submission(everybody, draft, signed_in):
    assert set(of_each(everybody, lambda user: fetched(signed_in(user), draft)).values()) == {"-"}


def test_the_endorsed_form_goes_to_every_member_of_the_state(everybody, submitted, signed_in):
    assert of_each(everybody, lambda user: fetched(signed_in(user), submitted)) == column(2)


def test_once_published_also_to_the_bodies_consulted(everybody, submitted, signed_in):
    publish(submitted, by=everybody.amina)

    assert of_each(everybody, lambda user: fetched(signed_in(user), submitted)) == column(3)


def test_taken_back_the_submission_stays_readable_and_the_draft_is_divided_again(everybody, submitted, signed_in):
    take_back(submitted, by=everybody.amina, reason="A figure is wrong.")
    submitted.refresh_from_db()

    assert of_each(everybody, lambda user: fetched(signed_in(user), submitted)) == column(2)
    assert draft_of(submitted, everybody.rosa, WORKING) == "f2"


def test_whoever_is_not_signed_in_gets_the_door(everybody, submitted, client):
    answer = client.get(f"/reports/{submitted.slug}/submissions/1/files/json/")

    assert answer.status_code == 302
    assert answer.url.startswith("/account/login/")


def test_somebody_deactivated_gets_nothing(everybody, submitted):
    user = everybody.dana
    user.is_active = False
    user.save()

    assert draft_of(submitted, user, WORKING) == "-"
