"""Messages, notes, questions and referrals."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from accounts.models import Agency
from reporting.assistance.models import AssistanceRequest


def _box(label: Any) -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
        error_messages={"required": gettext_lazy("Write the text first.")},
    )


class StateMessageForm(forms.Form):
    """From the State to all agencies addressed, or to one."""

    token = forms.UUIDField(widget=forms.HiddenInput)
    to = forms.ModelChoiceField(
        label=gettext_lazy("To"),
        queryset=Agency.objects.none(),
        required=False,
        empty_label=gettext_lazy("All agencies addressed"),
    )
    text = _box(gettext_lazy("Message"))

    def __init__(self, *args: Any, request: AssistanceRequest, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].queryset = Agency.objects.filter(positions__request=request)  # type: ignore[attr-defined]


class AgencyTextForm(forms.Form):
    """The reply box of an agency; who reads it is chosen in sight, nothing is chosen beforehand but the reply."""

    TO_STATE, TO_ALL, NOTE, ASK_BACK = "state", "all", "note", "ask_back"
    AUDIENCES = (
        (TO_STATE, gettext_lazy("Reply to the State")),
        (TO_ALL, gettext_lazy("Reply that all agencies read")),
        (NOTE, gettext_lazy("Note inside the agency")),
        (ASK_BACK, gettext_lazy("Ask back")),
    )

    token = forms.UUIDField(widget=forms.HiddenInput)
    audience = forms.ChoiceField(
        label=gettext_lazy("Who reads it"), choices=AUDIENCES, initial=TO_STATE, widget=forms.RadioSelect
    )
    text = _box(gettext_lazy("Text"))


class ReferralForm(forms.Form):
    agency = forms.ModelChoiceField(label=gettext_lazy("Agency"), queryset=Agency.objects.none())
    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=5_000,
        widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
        error_messages={"required": gettext_lazy("Give the reason: the State will read it.")},
    )

    def __init__(self, *args: Any, request: AssistanceRequest, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = Agency.objects.exclude(positions__request=request)
        self.fields["agency"].queryset = rows  # type: ignore[attr-defined]
