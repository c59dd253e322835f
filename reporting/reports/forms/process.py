"""What people type from consultation to transmission."""

import datetime
from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts import files
from accounts.forms import DayField
from accounts.forms_uploads import PiecesField
from accounts.models import Body
from accounts.numbers import RowsField
from reporting.reports.choices import Reply
from reporting.reports.models import Report, ReportSection, Submission


def day(label: Any, help_text: Any = "", *, required: bool = True) -> forms.DateField:
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    missing = {"required": _("Enter a day."), "invalid": _("Enter a day such as 2027-03-31.")}
    return DayField(label=label, help_text=help_text, required=required, widget=widget, error_messages=missing)


def prose(label: Any, help_text: Any = "", *, required: bool = True, missing: Any = None) -> forms.CharField:
    messages = {"required": missing or _("Write a sentence.")}
    widget = forms.Textarea(attrs={"rows": 3})
    return forms.CharField(label=label, help_text=help_text, required=required, widget=widget, error_messages=messages)


def line(label: Any, help_text: Any = "", *, required: bool = True, longest: int = 200) -> forms.CharField:
    messages = {"required": _("Fill this in.")}
    return forms.CharField(
        label=label, help_text=help_text, required=required, max_length=longest, error_messages=messages
    )


class StartForm(forms.Form):
    """The day until which the bodies may object."""

    until = day(_("Objections until"), _("The last day. A body that says nothing until then is recorded as silent."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("until", timezone.localdate() + datetime.timedelta(days=14))


class ReplyForm(forms.Form):
    reply = forms.ChoiceField(
        label=_("What your body says of the draft"),
        choices=Reply.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose “no objection” or “objection”.")},
    )
    text = prose(
        _("Objection"),
        _("Say which section and which text, and what it should say. The coordinators read it."),
        required=False,
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("reply") == Reply.OBJECTION and not (data.get("text") or "").strip():
            self.add_error("text", _("Say what the body objects to."))
        return data


class SettleForm(forms.Form):
    note = prose(
        _("How it was settled"),
        _("The body reads this."),
        missing=_("Say how the objection was settled: the body will read it."),
    )


class ReasonForm(forms.Form):
    reason = prose(_("Reason"), missing=_("Give the reason: the bodies in the report read it."))


class EndorseForm(forms.Form):
    """The decision of the authority; the reasons are asked only where something calls for one."""

    authority = line(_("Authority"), _("Who endorsed the report, for example the Council of Ministers."))
    endorsed_on = day(_("Date of the endorsement"))
    reference = line(_("Reference of the decision"), required=False, longest=120)
    decision_file = PiecesField(
        label=_("The decision"),
        required=False,
        kinds=(*files.DOCUMENTS, files.PNG, files.JPEG),
        help_text=_("PDF, Word, PNG or JPEG. It stays within the State."),
    )
    over_limit_reason = prose(_("Reason for the length"), missing=_("Give the reason for the length."))
    objections_reason = prose(
        _("Reason for endorsing with open objections"),
        missing=_("Settle the objections, or give the reason for endorsing all the same."),
    )
    corrigendum_note = prose(_("What changed since the last submission"), missing=_("Say what changed."))

    def __init__(
        self, *args: Any, over_limit: bool, objections: bool, earlier: Submission | None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        asked = {
            "over_limit_reason": over_limit,
            "objections_reason": objections,
            "corrigendum_note": earlier is not None,
        }
        for name, is_asked in asked.items():
            if not is_asked:
                del self.fields[name]


class TransmitForm(forms.Form):
    note_verbale = line(_("Number of the note verbale"), longest=80)
    sent_on = day(_("Date of the note verbale"))
    addressee = line(_("Addressee"), required=False)
    file_formats = forms.MultipleChoiceField(label=_("Files sent"), required=False, widget=forms.CheckboxSelectMultiple)

    def __init__(self, report: Report, formats: Iterable[tuple[str, Any]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["file_formats"].choices = list(formats)  # type: ignore[attr-defined]
        self.initial.setdefault("addressee", report.cycle.mechanism.said("addressee"))


class ReceiptForm(forms.Form):
    received_on = day(_("Receipt acknowledged on"))
    acknowledgement = line(_("Reference of the acknowledgement"), required=False)
    symbol = line(_("Document symbol"), _("If it is known already."), required=False, longest=80)


class SymbolForm(forms.Form):
    symbol = line(_("Document symbol"), longest=80)


class SecretariatForm(forms.Form):
    returned_on = day(_("Returned on"))
    reason = prose(
        _("The secretariat’s reason"),
        _("This takes the report back to consolidation."),
        missing=_("Give the secretariat’s reason."),
    )


class RoundForm(forms.Form):
    """A new round of consultation: which sections, which bodies, until when."""

    sections = RowsField(
        label=_("Sections shared"),
        queryset=ReportSection.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one section.")},
    )
    bodies = RowsField(
        label=_("Bodies consulted"),
        queryset=Body.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one body.")},
    )
    closes_on = day(_("Comments until"), _("The last day."))
    note = prose(_("To the bodies consulted"), required=False)

    def __init__(self, report: Report, bodies: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        asked = report.sections.asked().select_related("section").order_by("position")
        self.fields["sections"].queryset = asked  # type: ignore[attr-defined]
        self.fields["bodies"].queryset = bodies  # type: ignore[attr-defined]
        self.initial.setdefault("closes_on", timezone.localdate() + datetime.timedelta(days=21))


class RemarkForm(forms.Form):
    """A comment, or the State's answer to one."""

    text = prose(_("Comment"), missing=_("Write what you want to say."))
