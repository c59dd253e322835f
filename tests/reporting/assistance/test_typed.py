"""Days in the forms of a request are days that somebody can have meant, as everywhere else."""

import pytest
from django.core.exceptions import ValidationError

from reporting.assistance.forms.request import AuthorisationForm, RequestForm


@pytest.mark.parametrize("form", [RequestForm, AuthorisationForm])
@pytest.mark.parametrize("typed", ["0207-04-30", "9999-01-01"])
def test_a_slip_in_the_year_is_asked_about(form, typed):
    days = [field for name, field in form.base_fields.items() if name.endswith("_on")]

    assert days
    for field in days:
        with pytest.raises(ValidationError, match="Check the year"):
            field.clean(typed)
