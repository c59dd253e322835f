"""Fields for what people type or paste, however much it is."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from accounts.forms import DayField
from reporting.text.cleaning import clean


class Typed(forms.CharField):
    """Text as it is stored. What is too long comes back whole, with a sentence.

    The control carries no limit: a browser that knows one cuts what is pasted, and says nothing.
    """

    default_error_messages = {
        "max_length": gettext_lazy(
            "This text has %(show_value)d characters, and %(limit_value)d fit. Shorten it: all of it stands here still."
        )
    }

    def to_python(self, value: Any) -> str:
        return super().to_python(clean(value) if isinstance(value, str) else value) or ""

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {name: value for name, value in super().widget_attrs(widget).items() if name != "maxlength"}


class TypedEmail(forms.EmailField):
    """An address as long as the column takes; see ``Typed``."""

    default_error_messages = Typed.default_error_messages

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"max_length": 254, **kwargs})

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {name: value for name, value in super().widget_attrs(widget).items() if name != "maxlength"}


def text_field(label: Any, help_text: Any = "", *, rows: int = 5) -> Typed:
    widget = forms.Textarea(attrs={"rows": rows, "dir": "auto"})
    return Typed(label=label, help_text=help_text, required=False, max_length=20_000, widget=widget)


def line_field(label: Any, help_text: Any = "", length: int = 160, *, required: bool = False) -> Typed:
    widget = forms.TextInput(attrs={"dir": "auto"})
    return Typed(label=label, help_text=help_text, required=required, max_length=length, widget=widget)


def day_field(label: Any, help_text: Any = "", *, required: bool = False) -> DayField:
    return DayField(
        label=label,
        help_text=help_text,
        required=required,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": gettext_lazy("Enter a date as year, month and day, such as 2027-04-30.")},
    )
