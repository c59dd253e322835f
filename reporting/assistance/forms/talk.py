"""Messages, notes, questions and referrals."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Agency, User
from accounts.permissions import allows
from reporting.assistance.forms.typed import Typed
from reporting.assistance.models import AgencyPosition, AssistanceRequest
from reporting.assistance.permissions import ASK_BACK, WRITE_NOTE


def _box(label: Any) -> Typed:
    return Typed(
        label=label,
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
        error_messages={"required": gettext_lazy("Write the text first.")},
    )


class StateMessageForm(forms.Form):
    """From the State to all agencies addressed, or to one."""

    token = forms.UUIDField(widget=forms.HiddenInput)
    to = forms.ModelChoiceField(
        label=gettext_lazy("Who reads it"),
        queryset=Agency.objects.none(),
        required=False,
        empty_label=gettext_lazy("All agencies and your State"),
    )
    text = _box(gettext_lazy("Message"))

    def __init__(self, *args: Any, request: AssistanceRequest, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        to: Any = self.fields["to"]
        to.queryset = Agency.objects.filter(positions__request=request)
        to.label_from_instance = lambda agency: _("%(agency)s and your State") % {"agency": agency}


class AgencyTextForm(forms.Form):
    """The reply box of an agency: who reads it is named on the box, nothing is chosen beforehand but the reply.

    A note and a question to the State are offered to those who may write them.
    """

    TO_STATE, TO_ALL, NOTE, ASK_BACK = "state", "all", "note", "ask_back"

    token = forms.UUIDField(widget=forms.HiddenInput)
    text = _box(gettext_lazy("Text"))
    audience = forms.ChoiceField(
        label=gettext_lazy("Who reads it"),
        initial=TO_STATE,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose who reads it.")},
    )

    def __init__(self, *args: Any, position: AgencyPosition, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = {"agency": position.agency.code, "state": position.state_party.name}
        choices = [
            (self.TO_STATE, _("%(state)s and %(agency)s") % names),
            (self.TO_ALL, _("%(state)s and all agencies") % names),
        ]
        if allows(user, WRITE_NOTE, position):
            choices.append((self.NOTE, _("%(agency)s alone: a note") % names))
        if allows(user, ASK_BACK, position):
            choices.append((self.ASK_BACK, _("%(state)s and %(agency)s: ask back") % names))
        self.fields["audience"].choices = choices  # type: ignore[attr-defined]


class ReferralForm(forms.Form):
    agency = forms.ModelChoiceField(label=gettext_lazy("Agency"), queryset=Agency.objects.none())
    reason = Typed(
        label=gettext_lazy("Reason"),
        max_length=5_000,
        widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
        error_messages={"required": gettext_lazy("Give the reason: the State will read it.")},
    )

    def __init__(self, *args: Any, request: AssistanceRequest, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = Agency.objects.exclude(positions__request=request)
        self.fields["agency"].queryset = rows  # type: ignore[attr-defined]
