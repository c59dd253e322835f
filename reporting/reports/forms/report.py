"""Starting a report, its calendar, and its moves."""

from itertools import pairwise
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.forms import DayField
from reporting.cycles.models import ReviewCycle
from reporting.instruments.choices import ReportKind
from reporting.questionnaires.choices import Tier
from reporting.questionnaires.models import Questionnaire
from reporting.reports.models import Report
from reporting.reports.services.report import Dates


def day_field(label: Any, help_text: Any = "") -> forms.DateField:
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return DayField(label=label, required=False, widget=widget, help_text=help_text)


class DatesForm(forms.Form):
    """The days of the calendar; an overridden due date says who set it."""

    due_on = day_field(_("Due on"))
    due_source = forms.CharField(
        label=_("Source of the due date"),
        required=False,
        max_length=200,
        help_text=_("For example the paragraph of the last concluding observations that sets it."),
    )
    drafts_due_on = day_field(_("Ministries’ drafts close on"))
    review_ends_on = day_field(_("Coordinator’s review ends on"))
    endorsement_on = day_field(_("Endorsement planned on"))

    def dates(self) -> Dates:
        data = self.cleaned_data
        return Dates(
            data["due_on"], data["due_source"], data["drafts_due_on"], data["review_ends_on"], data["endorsement_on"]
        )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        names = ["drafts_due_on", "review_ends_on", "endorsement_on", "due_on"]
        given = [(name, data[name]) for name in names if data.get(name)]
        for (_earlier, before), (name, after) in pairwise(given):
            if after < before:
                self.add_error(name, _("This day comes before the step ahead of it."))
        return data


def dates_form(report: Report, data: Any = None) -> DatesForm:
    names = ["due_on", "due_source", "drafts_due_on", "review_ends_on", "endorsement_on"]
    return DatesForm(data, initial={name: getattr(report, name) for name in names})


class StartForm(DatesForm):
    """What the new report is: questionnaire, kind, tier, and its calendar."""

    questionnaire = forms.ModelChoiceField(label=_("Questionnaire"), queryset=Questionnaire.objects.none())
    kind = forms.ChoiceField(label=_("Kind of report"))
    tier = forms.ChoiceField(
        label=_("Form"),
        choices=Tier.choices,
        help_text=_("The full form asks everything; the core form leaves the deeper questions out."),
    )
    last_year = forms.IntegerField(
        label=_("Last year of the tables"), min_value=1990, max_value=2100, help_text=_("The last full year.")
    )
    field_order = ["questionnaire", "kind", "tier", "last_year"]

    def __init__(self, cycle: ReviewCycle, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        editions = Questionnaire.objects.published().for_state(cycle.state_party_id)
        editions = editions.filter(mechanism=cycle.mechanism_id, instrument=cycle.instrument_id).order_by("code")
        self.editions = list(editions)
        self.fields["questionnaire"].queryset = editions  # type: ignore[attr-defined]
        kinds = {kind for edition in self.editions for kind in edition.kinds}
        self.fields["kind"].choices = [  # type: ignore[attr-defined]
            choice for choice in ReportKind.choices if choice[0] in kinds
        ]
        likely = ReportKind.INITIAL if cycle.number_from == 1 else ReportKind.PERIODIC
        self.initial.setdefault("kind", likely)
        serving = next((edition for edition in self.editions if likely in edition.kinds), None)
        self.initial.setdefault("questionnaire", serving)
        self.initial.setdefault("tier", Tier.FULL)
        self.initial.setdefault("last_year", timezone.localdate().year - 1)

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        edition, kind = data.get("questionnaire"), data.get("kind")
        if edition and kind and kind not in edition.kinds:
            self.add_error("kind", _("The questionnaire chosen does not serve this kind of report."))
        return data


class MoveForm(forms.Form):
    """A move of the report: its name, and what it asks for."""

    move = forms.CharField(widget=forms.HiddenInput)
    reason = forms.CharField(required=False, widget=forms.Textarea(attrs={"rows": 3}), label=_("Reason"))
    until = day_field(_("Objections until"))
