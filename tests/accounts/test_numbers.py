"""Numbers that somebody made up."""

import pytest
from django.core.exceptions import ValidationError

from accounts.models import StateParty
from accounts.numbers import BIGGEST, RowsField, identifier


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("7", 7),
        ("٣", 3),
        (str(BIGGEST), BIGGEST),
        (str(BIGGEST + 1), None),
        ("9" * 5000, None),  # Python itself refuses to read it
        ("²", None),
        ("-1", None),
        ("1.0", None),
        ("x", None),
        ("", None),
    ],
)
def test_what_names_a_row(text, number):
    assert identifier(text) == number


@pytest.mark.parametrize("number", [str(BIGGEST + 1), "9" * 5000])
def test_a_tick_for_a_number_that_no_column_holds_is_no_available_choice(cast, number):
    field = RowsField(StateParty.objects.all())

    with pytest.raises(ValidationError, match="is not one of the available choices"):
        field.clean([str(cast.arcadia.pk), number])
    assert list(field.clean([str(cast.arcadia.pk)])) == [cast.arcadia]
