"""The calendar of a report and the title that speaks of it."""

import dataclasses
import datetime

import pytest

from accounts.exceptions import Refused
from reporting.reports.services.report import Dates, set_dates
from tests.reporting.reports import factories as made

SOURCE = "Concluding observations, paragraph 61"


def test_a_new_due_date_is_said_in_the_title(cast):
    report = made.report(cast)

    titles = [
        set_dates(report, dates=Dates(due_on=day, due_source=SOURCE), by=cast.amina).title
        for day in (datetime.date(2027, 3, 31), datetime.date(2028, 3, 31), None)
    ]

    assert titles == [
        "Third periodic report submitted by Arcadia under article 73 of the Convention, due in 2027",
        "Third periodic report submitted by Arcadia under article 73 of the Convention, due in 2028",
        "Third periodic report submitted by Arcadia under article 73 of the Convention",
    ]
    report.refresh_from_db()
    assert report.title == titles[-1]


def test_a_due_date_without_a_source_changes_nothing(cast):
    report = made.report(cast)
    before = report.title

    with pytest.raises(Refused, match="source of the due date"):
        set_dates(report, dates=dataclasses.replace(Dates(), due_on=datetime.date(2027, 3, 31)), by=cast.amina)

    report.refresh_from_db()
    assert (report.title, report.due_on) == (before, None)
