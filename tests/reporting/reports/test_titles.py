"""The title of a report: written in the language of the submission, read in that of the reader."""

import datetime

import pytest
from django.utils import translation

from accounts.choices import Role
from reporting.reports import freeze
from reporting.reports.services.report import Dates, set_dates
from tests import factories
from tests.reporting.reports import factories as reports

NEXT = datetime.date(2199, 3, 31)


@pytest.fixture
def report(cast):
    return reports.report(cast)


def test_the_year_in_the_title_follows_the_due_date(cast, report):
    set_dates(report, dates=Dates(due_on=NEXT, due_source="para. 64"), by=cast.amina)
    report.refresh_from_db()
    assert report.title.endswith("of the Convention, due in 2199")

    set_dates(report, dates=Dates(due_source="none yet"), by=cast.amina)
    report.refresh_from_db()
    assert report.title.endswith("of the Convention")


@pytest.mark.usefixtures("translated")
@pytest.mark.parametrize("address", ["/cycles/", "/reports/", "/reports/{slug}/", "/cycles/{cycle}/", "/home/"])
def test_pages_say_the_title_in_the_language_of_the_reader(cast, report, signed_in, address):
    salma = factories.member("Salma", cast.mechanism, Role.COORDINATOR, language="ar")
    address = address.format(slug=report.slug, cycle=report.cycle.slug)

    english = signed_in(cast.amina).get(address).content.decode()
    arabic = signed_in(salma).get(address).content.decode()

    assert "Third periodic report submitted by Arcadia" in english
    assert "Third periodic report" not in arabic
    assert "التقرير الدوري الثالث المقدم من Arcadia" in arabic


@pytest.mark.usefixtures("translated")
def test_a_file_has_the_title_in_its_own_language_whoever_asks_for_it(report):
    with translation.override("ar"):
        assert freeze.content(report)["report"]["title"] == report.title
    assert freeze.content(report, language="ar")["report"]["title"].startswith("التقرير الدوري الثالث")


@pytest.mark.usefixtures("translated")
def test_titles_in_another_language_cost_no_statement_more(cast, signed_in, statements):
    for _each in range(3):
        reports.report(cast)
    salma = factories.member("Salma", cast.mechanism, Role.COORDINATOR, language="ar")
    counts = {}
    for person in (cast.amina, salma):
        client = signed_in(person)
        for address in ("/cycles/", "/reports/", "/search/?q=f2", "/home/"):
            client.get(address)
            with statements() as seen:
                client.get(address)
            counts.setdefault(address, []).append(len(seen))

    assert {address: english - arabic for address, (english, arabic) in counts.items()} == dict.fromkeys(counts, 0)
