"""A page costs the same at 1, 3 and 300 rows: a list at most eight statements, the checks twelve, a section 14."""

import datetime

import pytest
from django.utils import timezone

from accounts.choices import BodyKind, Role
from accounts.models import Body
from config.scale.reports import add_reports
from config.scale.requests import add_requests
from reporting.assistance.choices import RequestStatus
from reporting.reports.choices import ReportStatus
from tests import factories, growing
from tests.growing import SIZES, counts, over, page
from tests.reporting.reports import factories as made

MOST, MOST_OF_A_SECTION, MOST_OF_THE_CHECKS = 8, 14, 12


@pytest.fixture
def visits(cast, signed_in):
    """``visits({"amina": ["/home/"]})``: visits by name."""

    def build(addresses: dict[str, list[str]]):
        return {
            f"{name} {address}": page(signed_in(getattr(cast, name)), address)
            for name, some in addresses.items()
            for address in some
        }

    return build


def test_home_and_the_lists_of_reports(cast, visits, statements):
    made.questionnaire(made.instrument())
    lists = ["/reports/", "/reports/?status=drafting", "/cycles/", "/notifications/"]

    def grow(count: int) -> None:
        add_reports(cast.arcadia, count)
        for user in (cast.amina, cast.dana, cast.mina):
            growing.add_notices(user, count)

    found = counts(
        visits(
            {
                "amina": ["/home/", "/home/?view=reports&all=1", *lists],
                "dana": ["/home/", "/home/?all=1", "/home/?cleared=1", "/reports/", "/notifications/"],
                "jonas": ["/home/?view=ministry", "/home/?view=ministry&all=1", "/home/?view=sections"],
                "mina": ["/home/", "/home/?all=1", *lists],
                "nuri": ["/home/", "/reports/"],
            }
        ),
        grow,
        statements,
    )

    assert over(found, MOST) == {}


def test_requests_and_the_inbox_of_an_agency(cast, visits, statements):
    cast.ilo = factories.agency()
    cast.olaf = factories.officer("Olaf", cast.ilo)
    found = counts(
        visits(
            {"amina": ["/assistance/", "/assistance/?q=fees"], "dana": ["/assistance/"], "olaf": ["/agency/requests/"]}
        ),
        lambda count: add_requests(cast.arcadia, count, agency=cast.ilo, stages=[RequestStatus.SUBMITTED]),
        statements,
    )

    assert over(found, MOST) == {}


def test_people_bodies_acts_and_an_agency_s_people(cast, visits, statements):
    cast.adam = factories.person("Adam", state=cast.arcadia, is_administrator=True)
    ilo = factories.agency()
    cast.olga = factories.person("Olga", agency=ilo, is_administrator=True)

    def grow(count: int) -> None:
        growing.add_people(cast.health, Role.DRAFTER, count)
        growing.add_bodies(cast.arcadia, count)
        growing.add_acts(cast.health, cast.amina, count)
        growing.add_officers(ilo, count)

    found = counts(
        visits(
            {
                "adam": ["/settings/people/", "/settings/people/?q=Person", "/settings/bodies/", "/settings/history/"],
                "amina": ["/settings/history/"],
                "olga": ["/settings/agency/"],
            }
        ),
        grow,
        statements,
    )

    assert over(found, MOST) == {}


def test_instruments_themes_and_the_crosswalk(cast, visits, statements):
    def grow(count: int) -> None:
        growing.add_instruments(cast.arcadia, count)
        growing.add_themes(count)

    pages = ["/instruments/", "/instruments/crosswalk/", "/instruments/themes/t0/"]
    found = counts(visits({"amina": pages, "dana": pages}), grow, statements)

    assert over(found, MOST) == {}


def test_the_pages_of_one_report(cast, signed_in, statements):
    """Sections, contributions, comments, consultations, submissions and bodies that answer, all as many."""
    pages = {
        "amina": ["", "board/", "sections/", "contributions/", "consultation/", "exports/", "people/", "log/"],
        "dana": ["", "sections/", "contributions/", "exports/"],
        "jonas": ["", "sections/", "contributions/"],
        "mina": ["", "sections/"],
    }
    found: dict[str, list[int]] = {}
    for size in SIZES:
        report = growing.report_of(cast.arcadia, size)
        growing.add_talk(report, cast)
        growing.add_rounds(report, cast, size)
        growing.add_submissions(report, cast.amina, size)
        for name, some in pages.items():
            for place in some:
                visit = page(signed_in(getattr(cast, name)), f"/reports/{report.slug}/{place}")
                visit()
                with statements() as seen:
                    visit()
                found.setdefault(f"{name} {place}", []).append(len(seen))

    assert over(found, MOST) == {}


def test_validation_and_submissions(cast, signed_in, statements):
    found: dict[str, list[int]] = {}
    for size in SIZES:
        report = growing.report_of(cast.arcadia, size)
        growing.add_talk(report, cast)
        growing.add_submissions(report, cast.amina, size)
        replying = growing.add_bodies(cast.arcadia, size)
        until = timezone.localdate() + datetime.timedelta(days=5)
        made.set_state(report, ReportStatus.VALIDATION, validation_round=1, validation_until=until)
        growing.add_replies(report, replying, cast.amina)
        for name, place in [("amina", "validation/"), ("jonas", "validation/"), ("amina", "submissions/1/")]:
            visit = page(signed_in(getattr(cast, name)), f"/reports/{report.slug}/{place}")
            visit()
            with statements() as seen:
                visit()
            found.setdefault(f"{name} {place}", []).append(len(seen))
        Body.objects.filter(pk__in=[body.pk for body in replying]).update(kind=BodyKind.CONSULTED)

    assert over(found, MOST) == {}


def test_the_checks_and_the_endorsement(cast, signed_in, statements):
    """The checks read the whole report, and still no more statements for what they find more often."""
    found: dict[str, list[int]] = {}
    for size in SIZES:
        report = growing.report_of(cast.arcadia, size, questions=3)
        growing.add_talk(report, cast)
        growing.add_rounds(report, cast, size)
        objecting = growing.add_bodies(cast.arcadia, size)
        until = timezone.localdate() - datetime.timedelta(days=1)
        made.set_state(report, ReportStatus.VALIDATION, validation_round=1, validation_until=until)
        growing.add_open_ends(report, cast, objecting)
        for place in ("check/", "endorse/"):
            address = f"/reports/{report.slug}/{place}"
            visit = page(signed_in(cast.amina), address)
            visit()
            with statements() as seen:
                visit()
            found.setdefault(place, []).append(len(seen))
        html = signed_in(cast.amina).get(f"/reports/{report.slug}/check/").content.decode()
        # Over the share, not cleared, required, without a source, comments, objections to edits.
        assert html.count("S0 Subject 0") == 6, size

    assert over(found, MOST_OF_THE_CHECKS) == {}


def test_a_section_page_costs_the_same_however_many_questions_it_has(cast, signed_in, statements):
    found: dict[str, list[int]] = {}
    for size in SIZES:
        report = growing.report_of(cast.arcadia, 1, questions=size)
        growing.add_talk(report, cast)
        for name in ("amina", "dana", "jonas"):
            visit = page(signed_in(getattr(cast, name)), f"/reports/{report.slug}/sections/s0/")
            visit()
            with statements() as seen:
                visit()
            found.setdefault(name, []).append(len(seen))

    assert over(found, MOST_OF_A_SECTION) == {}
