"""Numbers that somebody made up: what no column can hold names no row, and no database is asked for it."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

BIGGEST = 2**63 - 1  # the widest column of both databases
_LONGEST = len(str(BIGGEST))


def identifier(text: str) -> int | None:
    """The number that a form or a query string names a row by; None where it is none, or larger than any row's."""
    if not text.isdecimal() or len(text) > _LONGEST:
        return None
    number = int(text)
    return number if number <= BIGGEST else None


class RowsField(forms.ModelMultipleChoiceField):
    """Rows to be ticked, asked for in one statement, which a number wider than the column would break off."""

    def _check_values(self, value: Any) -> Any:
        for each in value if isinstance(value, (list, tuple)) else ():
            if str(each).isdecimal() and identifier(str(each)) is None:
                raise ValidationError(
                    self.error_messages["invalid_choice"], code="invalid_choice", params={"value": each}
                )
        return super()._check_values(value)  # type: ignore[misc]
