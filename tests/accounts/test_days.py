"""A day in a form is one that somebody can have meant."""

import pytest
from django import forms

from accounts.forms import DayField


@pytest.mark.parametrize("text", ["1800-01-01", "2027-03-31", "2199-12-31"])
def test_a_day_is_taken_as_it_is(text):
    assert DayField().clean(text).isoformat() == text


@pytest.mark.parametrize("text", ["0001-01-01", "0207-03-31", "9999-12-31"])
def test_a_slip_in_the_year_is_said(text):
    with pytest.raises(forms.ValidationError, match="Check the year"):
        DayField().clean(text)


@pytest.mark.parametrize("text", ["2027-02-31", "20027-01-01", "tomorrow", "٣١"])
def test_what_is_no_day_is_refused(text):
    with pytest.raises(forms.ValidationError, match="Enter a valid date"):
        DayField().clean(text)
