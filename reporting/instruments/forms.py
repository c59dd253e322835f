"""Ratifications and reservations, as coordinators enter them."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.forms import DayField
from reporting.instruments.choices import ReservationKind
from reporting.instruments.models import Instrument, Ratification
from reporting.instruments.services.ratification import ratification_problems, reservation_problems


def day(label: Any, help_text: Any = "", *, required: bool = False) -> forms.DateField:
    return DayField(
        label=label,
        help_text=help_text,
        required=required,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )


class RatificationForm(forms.Form):
    ratified_on = day(_("Ratified or acceded on"))
    in_force_on = day(_("In force for the State since"), required=True)
    denounced_on = day(_("Denounced with effect from"))
    next_due_on = day(
        _("Next report due on"),
        _("Where the last concluding observations, or the supervisory body, set another date than the rule."),
    )
    next_due_source = forms.CharField(
        label=_("Source of that date"),
        max_length=200,
        required=False,
        help_text=_("A document and paragraph, such as CMW/C/ARC/CO/2, para. 64."),
    )
    note = forms.CharField(label=_("Note"), required=False, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, data: Any = None, *, instrument: Instrument, ratification: Ratification | None) -> None:
        self.instrument = instrument
        initial = {name: getattr(ratification, name) for name in self.base_fields} if ratification else None
        super().__init__(data, initial=initial)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        facts: dict[str, Any] = {name: cleaned.get(name) for name in self.fields if name not in self.errors}
        facts.setdefault("in_force_on", None)
        for field, sentence in ratification_problems(self.instrument, **facts).items():
            if field not in self.errors:
                self.add_error(field, sentence)
        return cleaned


class ReservationForm(forms.Form):
    kind = forms.ChoiceField(label=_("Kind"), choices=ReservationKind, widget=forms.RadioSelect)
    articles = forms.CharField(
        label=_("Articles"), max_length=120, required=False, help_text=_("Such as 46, 22(5); left empty for the whole.")
    )
    text = forms.CharField(label=_("Text"), widget=forms.Textarea(attrs={"rows": 5}))
    made_on = day(_("Made on"))

    def __init__(self, data: Any = None, *, instrument: Instrument) -> None:
        self.instrument = instrument
        super().__init__(data, prefix="reservation", initial={"kind": ReservationKind.RESERVATION})

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        said = {name: cleaned.get(name) or "" for name in ("text", "articles")}
        for field, sentence in reservation_problems(self.instrument, **said).items():
            if field not in self.errors:
                self.add_error(field, sentence)
        return cleaned


class WithdrawalForm(forms.Form):
    withdrawn_on = day(_("Withdrawn on"), required=True)
