"""Opening a review cycle, and filing what the mechanism sends."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts import files
from accounts.forms import DayField
from accounts.forms_uploads import PiecesField
from accounts.models import Body, StateParty
from reporting.cycles.choices import OFFICIAL_LANGUAGES, DocumentKind, Prevailing, Procedure
from reporting.instruments.models import Instrument, Mechanism, Ratification

COMMON_CORE = "CCD"
# The State as seen from migration; the questionnaires, a room above, name the same roles.
ROLES = [
    ("origin", gettext_lazy("State of origin")),
    ("transit", gettext_lazy("State of transit")),
    ("employment", gettext_lazy("State of employment")),
    ("return", gettext_lazy("State of return")),
]


class CycleForm(forms.Form):
    """What is reviewed, under which numbers and procedure, and who coordinates."""

    reviewed = forms.ChoiceField(
        label=gettext_lazy("Reported under"),
        help_text=gettext_lazy("Instruments in force for the State, and mechanisms that need none."),
    )
    number_from = forms.IntegerField(label=gettext_lazy("Number of the report"), min_value=1, max_value=99)
    number_to = forms.IntegerField(
        label=gettext_lazy("Last number, when several are combined"), min_value=1, max_value=99, required=False
    )
    procedure = forms.ChoiceField(
        label=gettext_lazy("Procedure"), choices=Procedure.choices, widget=forms.RadioSelect, initial=Procedure.STANDARD
    )
    coordinating_body = forms.ModelChoiceField(label=gettext_lazy("Coordinating body"), queryset=Body.objects.none())
    roles = forms.MultipleChoiceField(
        label=gettext_lazy("Roles of the State"),
        choices=ROLES,
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=gettext_lazy("Questions for other roles are left out. With no role ticked, all are asked."),
    )
    working_language = forms.ChoiceField(label=gettext_lazy("Working language"), choices=settings.LANGUAGES)
    submission_language = forms.ChoiceField(label=gettext_lazy("Language of the report"), choices=OFFICIAL_LANGUAGES)
    prevailing = forms.ChoiceField(
        label=gettext_lazy("Where the two texts differ, what prevails"),
        choices=Prevailing.choices,
        initial=Prevailing.SUBMISSION,
        required=False,
        help_text=gettext_lazy("Stated on the report where it is submitted in another language than it is written in."),
    )

    def __init__(self, state: StateParty, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.state = state
        self.fields["reviewed"].choices = [("", _("Choose one")), *_reviewed(state)]  # type: ignore[attr-defined]
        bodies = Body.objects.filter(state_party=state, coordinates=True, is_active=True).order_by("name")
        self.fields["coordinating_body"].queryset = bodies  # type: ignore[attr-defined]
        self.initial.setdefault("number_from", 1)
        self.initial.setdefault("working_language", state.language)
        self.initial.setdefault(
            "submission_language", state.language if state.language in dict(OFFICIAL_LANGUAGES) else "en"
        )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        data["prevailing"] = data.get("prevailing") or Prevailing.SUBMISSION
        first, last = data.get("number_from"), data.get("number_to")
        if first and last and last < first:
            self.add_error("number_to", _("The last number comes before the first."))
        return data

    def subject(self) -> Instrument | Mechanism:
        """The instrument or mechanism chosen."""
        sort, _colon, pk = self.cleaned_data["reviewed"].partition(":")
        model: Any = Instrument if sort == "instrument" else Mechanism
        return model.objects.get(pk=pk)


def _reviewed(state: StateParty) -> list[tuple[str, str]]:
    bound = Ratification.objects.filter(state_party=state).in_force(timezone.localdate())
    instruments = Instrument.objects.filter(has_reporting=True, mechanism__isnull=False)
    instruments = instruments.filter(pk__in=bound.values("instrument")) | instruments.filter(code=COMMON_CORE)
    found = [
        (f"instrument:{row.pk}", f"{row.code} · {row.said('short_name')}") for row in instruments.order_by("position")
    ]
    free = Mechanism.objects.filter(needs_ratification=False, instruments__isnull=True).order_by("code")
    return found + [(f"mechanism:{row.pk}", str(row.said("name"))) for row in free]


class ReceivedForm(forms.Form):
    """A document that the mechanism sent."""

    kind = forms.ChoiceField(label=gettext_lazy("What it is"), choices=DocumentKind.choices)
    title = forms.CharField(label=gettext_lazy("Title"), max_length=300)
    symbol = forms.CharField(
        label=gettext_lazy("Document symbol"),
        max_length=80,
        required=False,
        help_text=gettext_lazy("As printed on the document, such as CMW/C/ABC/CO/2."),
    )
    received_on = DayField(
        label=gettext_lazy("Received on"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    reply_due_on = DayField(
        label=gettext_lazy("Reply due on"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    file = PiecesField(
        label=gettext_lazy("File"), required=False, kinds=files.DOCUMENTS, help_text=gettext_lazy("PDF or Word.")
    )
