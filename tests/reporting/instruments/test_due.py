"""When the next report is due, and the sentence that says why."""

import datetime

import pytest

from reporting.instruments.due import add_years, next_due
from reporting.instruments.models import Instrument, Ratification


def ratification(**fields) -> Ratification:
    cmw = Instrument(
        code="CMW",
        has_reporting=True,
        initial_due_years=1,
        periodic_years=5,
        reporting_article="73",
        kind="core_treaty",
    )
    return Ratification(instrument=cmw, in_force_on=datetime.date(2011, 3, 1), **fields)


def test_the_first_report_counts_from_entry_into_force():
    due = next_due(ratification())

    assert due.on == datetime.date(2012, 3, 1)
    assert due.source == "CMW, article 73: the first report is due 1 year after entry into force for the State."
    assert due.is_set is False


def test_a_later_report_counts_from_the_last():
    due = next_due(ratification(), last_due_on=datetime.date(2022, 3, 31))

    assert (due.on, due.source) == (
        datetime.date(2027, 3, 31),
        "CMW, article 73: 5 years after the last report was due.",
    )


def test_a_date_that_was_set_beats_every_rule():
    set_on = ratification(next_due_on=datetime.date(2027, 4, 1), next_due_source="CMW/C/ARC/CO/2, para. 64")

    due = next_due(set_on, last_due_on=datetime.date(2022, 3, 31))

    assert due == (datetime.date(2027, 4, 1), "CMW/C/ARC/CO/2, para. 64", True)


def test_nothing_is_due_where_nothing_is_reported_or_no_term_is_known():
    silent, open_ended, left = ratification(), ratification(), ratification(denounced_on=datetime.date(2020, 1, 1))
    silent.instrument.has_reporting = False
    open_ended.instrument.periodic_years = None

    assert next_due(silent) is None
    assert next_due(open_ended, last_due_on=datetime.date(2022, 1, 1)) is None
    assert next_due(left) is None


@pytest.mark.parametrize(
    ("day", "years", "later"),
    [
        ((2024, 2, 29), 1, (2025, 2, 28)),
        ((2024, 2, 29), 4, (2028, 2, 29)),
        ((2024, 8, 31), 2.5, (2027, 2, 28)),
        ((2024, 12, 31), 1, (2025, 12, 31)),
    ],
)
def test_years_end_on_the_last_day_of_a_shorter_month(day, years, later):
    assert add_years(datetime.date(*day), years) == datetime.date(*later)
