"""The working plan of the State and one agency: a page with rows, each empty row left out."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from reporting.assistance.forms.typed import Typed, day_field, line_field, text_field


class ResultForm(forms.Form):
    text = line_field(gettext_lazy("Result"), length=400)
    indicator = line_field(gettext_lazy("Indicator"), length=300)
    baseline = line_field(gettext_lazy("Baseline"), length=80)
    target = line_field(gettext_lazy("Target"), length=80)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if not data.get("text") and any(data.get(name) for name in ("indicator", "baseline", "target")):
            self.add_error("text", _("Write the result that the indicator measures."))
        return data


def _amount(label: Any) -> forms.DecimalField:
    return forms.DecimalField(
        label=label,
        required=False,
        min_value=0,
        max_digits=14,
        decimal_places=2,
        widget=forms.TextInput(attrs={"inputmode": "decimal", "dir": "ltr"}),
        error_messages={"invalid": gettext_lazy("Enter an amount in figures, such as 48000.")},
    )


class BudgetForm(forms.Form):
    item = line_field(gettext_lazy("Item"), length=200)
    state_share = _amount(gettext_lazy("State share"))
    asked = _amount(gettext_lazy("Share asked"))
    others = _amount(gettext_lazy("Other donors"))

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if not data.get("item") and any(data.get(name) for name in ("state_share", "asked", "others")):
            self.add_error("item", _("Name the item that the amounts are for."))
        return data


class MilestoneForm(forms.Form):
    due_on = day_field(gettext_lazy("Date"))
    text = line_field(gettext_lazy("Milestone"), length=300)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("due_on") and not data.get("text"):
            self.add_error("text", _("Write what is reached by that date."))
        return data


Results = forms.formset_factory(ResultForm, extra=2, max_num=40, absolute_max=60)
Budget = forms.formset_factory(BudgetForm, extra=2, max_num=40, absolute_max=60)
Milestones = forms.formset_factory(MilestoneForm, extra=2, max_num=40, absolute_max=60)


class PlanForm(forms.Form):
    """The single fields; ``rows`` holds the three sets of rows beside them."""

    number = forms.IntegerField(required=False, widget=forms.HiddenInput)
    activities = text_field(gettext_lazy("Activities"), gettext_lazy("One a line."))
    beneficiaries = text_field(gettext_lazy("Beneficiaries"), gettext_lazy("Groups, numbers, sex and age."), rows=3)
    currency = Typed(label=gettext_lazy("Currency"), required=False, max_length=3, initial="USD")
    starts_on = day_field(gettext_lazy("Start"))
    ends_on = day_field(gettext_lazy("End"))
    risks = text_field(
        gettext_lazy("Risks"),
        gettext_lazy("For people, personal data, change of government, security."),
        rows=3,
    )
    monitoring = text_field(
        gettext_lazy("Monitoring"), gettext_lazy("Who reports what, when; how it is evaluated."), rows=3
    )

    def __init__(self, data: Any = None, *, content: dict[str, Any] | None = None, number: int = 0) -> None:
        content = content or {}
        initial = {name: content[name] for name in PLAIN if content.get(name)}
        initial["activities"] = "\n".join(content.get("activities", []))
        super().__init__(data, initial={**initial, "number": number})
        self.results = Results(data, initial=content.get("results"), prefix="results")
        self.budget = Budget(data, initial=content.get("budget"), prefix="budget")
        self.milestones = Milestones(data, initial=content.get("milestones"), prefix="milestones")

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("starts_on") and data.get("ends_on") and data["ends_on"] < data["starts_on"]:
            self.add_error("ends_on", _("The end is before the start. Change one of the two dates."))
        return data

    def is_valid(self) -> bool:
        parts = [self.results.is_valid(), self.budget.is_valid(), self.milestones.is_valid()]
        return super().is_valid() and all(parts)

    def content(self) -> dict[str, Any]:
        """The plan in the shape of ``PlanVersion.content``."""
        data = self.cleaned_data
        budget = _filled(self.budget, "item")
        return {
            "results": [
                {name: row.get(name, "") for name in ("text", "indicator", "baseline", "target")}
                for row in _filled(self.results, "text")
            ],
            "activities": [line.strip() for line in data["activities"].splitlines() if line.strip()],
            "beneficiaries": data["beneficiaries"],
            "currency": data["currency"].upper(),
            "budget": [_line_of_budget(row) for row in budget],
            "starts_on": data["starts_on"].isoformat() if data["starts_on"] else "",
            "ends_on": data["ends_on"].isoformat() if data["ends_on"] else "",
            "milestones": [
                {"due_on": row["due_on"].isoformat() if row.get("due_on") else "", "text": row["text"]}
                for row in _filled(self.milestones, "text")
            ],
            "risks": data["risks"],
            "monitoring": data["monitoring"],
        }


PLAIN = ("beneficiaries", "currency", "starts_on", "ends_on", "risks", "monitoring")


def _filled(rows: Any, name: str) -> list[dict[str, Any]]:
    return [form.cleaned_data for form in rows if form.cleaned_data.get(name)]


def _line_of_budget(row: dict[str, Any]) -> dict[str, str]:
    shares = {name: row.get(name) or Decimal(0) for name in ("state_share", "asked", "others")}
    total = sum(shares.values(), Decimal(0))
    return {"item": row["item"], "total": plain(total), **{name: plain(value) for name, value in shares.items()}}


def plain(value: Decimal) -> str:
    """A decimal as the plain string that versions hold: "48000", "3.5"."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
