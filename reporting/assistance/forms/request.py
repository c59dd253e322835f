"""The first step of a request, and its authorisation."""

import dataclasses
import re
from typing import Any

from django import forms
from django.db.models import Q
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from accounts import files
from accounts.choices import BodyKind, Role
from accounts.exceptions import Refused
from accounts.forms_uploads import PiecesField
from accounts.models import Agency, Body, User
from accounts.numbers import RowsField
from accounts.permissions import person
from reporting.assistance.choices import Kind, Priority
from reporting.assistance.forms.typed import Typed, TypedEmail, day_field, line_field, text_field
from reporting.assistance.models import AssistanceRequest
from reporting.assistance.services.request import Draft, standing
from reporting.cycles.choices import OFFICIAL_LANGUAGES
from reporting.instruments.models import Mandate, Provision, Theme
from reporting.instruments.references import parse

MOST_PROVISIONS = 60
LETTER_KINDS = (files.PDF, files.PNG, files.JPEG)


class RequestForm(forms.Form):
    """One page. Only title and body are needed to keep a draft; clearing asks for the rest."""

    version = forms.IntegerField(required=False, widget=forms.HiddenInput)
    token = forms.UUIDField(required=False, widget=forms.HiddenInput)
    origin = forms.IntegerField(required=False, widget=forms.HiddenInput)
    title = line_field(gettext_lazy("Title"), length=200, required=True)
    responsible = forms.ModelChoiceField(
        label=gettext_lazy("Responsible ministry"),
        help_text=gettext_lazy("Its focal point clears the request, and it is the agencies' counterpart."),
        queryset=Body.objects.none(),
    )
    need = text_field(gettext_lazy("Need"), gettext_lazy("What is to become possible that is not possible today."))
    in_place = text_field(
        gettext_lazy("What is in place"), gettext_lazy("In law, institutions, skills or data."), rows=4
    )
    take_text = forms.BooleanField(
        label=gettext_lazy("Add the text of the answer to “What is in place”"),
        help_text=gettext_lazy("Once the request is submitted, the agencies read that text; never where it stood."),
        required=False,
    )
    missing = text_field(gettext_lazy("What is missing"), gettext_lazy("In law, institutions, skills or data."), rows=4)
    kinds = forms.MultipleChoiceField(
        label=gettext_lazy("Kind of assistance"),
        choices=Kind.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    themes = RowsField(
        label=gettext_lazy("Themes"),
        help_text=gettext_lazy("The subject: it proposes the agencies."),
        queryset=Theme.objects.all(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    provisions = Typed(
        label=gettext_lazy("Provisions"),
        help_text=gettext_lazy("One a line: the instrument and the article, such as CMW 66 or C189 7."),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "ltr"}),
    )
    recommendations = text_field(
        gettext_lazy("Recommendations"),
        gettext_lazy("One a line: document symbol and paragraph. A provision, a theme or a recommendation is needed."),
        rows=2,
    )
    why_now = text_field(
        gettext_lazy("Why now"),
        gettext_lazy("The event that sets the time, such as a review, a law before parliament or a census."),
        rows=3,
    )
    needed_by_on = day_field(gettext_lazy("Needed by"))
    counterpart_unit = line_field(gettext_lazy("Unit of the counterpart"))
    counterpart_name = line_field(
        gettext_lazy("Contact person"), gettext_lazy("A person who answers the telephone."), length=120
    )
    counterpart_email = TypedEmail(label=gettext_lazy("E-mail address of the contact person"), required=False)
    counterpart_phone = Typed(
        label=gettext_lazy("Telephone of the contact person"),
        required=False,
        max_length=40,
        widget=forms.TextInput(attrs={"dir": "ltr"}),
    )
    language = forms.ChoiceField(
        label=gettext_lazy("Language in which help can be delivered"), choices=OFFICIAL_LANGUAGES, initial="en"
    )
    agencies = RowsField(
        label=gettext_lazy("Agencies"),
        help_text=gettext_lazy("Only these read the request, once it has been submitted."),
        queryset=Agency.objects.all(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    tried_before = text_field(
        gettext_lazy("Tried before"), gettext_lazy("What was tried, with whom; other requests still open."), rows=3
    )
    plan_link = line_field(
        gettext_lazy("Link to a plan"),
        gettext_lazy("The outcome of the national plan or of the cooperation framework that it serves."),
        length=300,
    )
    resident_coordinator_informed_on = day_field(gettext_lazy("Resident Coordinator informed on"))
    social_partners_consulted_on = day_field(
        gettext_lazy("Workers' and employers' organizations consulted on"), gettext_lazy("For requests to the ILO.")
    )
    security_forces = forms.BooleanField(
        label=gettext_lazy("Police, border, prison or armed forces take part"),
        help_text=gettext_lazy("The United Nations then makes a human rights due-diligence check."),
        required=False,
    )
    internal_priority = forms.ChoiceField(
        label=gettext_lazy("Priority within the State"),
        help_text=gettext_lazy("Seen by the State alone."),
        choices=[("", gettext_lazy("Not set")), *Priority.choices],
        required=False,
    )

    def __init__(self, *args: Any, user: User, has_origin: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["responsible"].queryset = bodies_for(user)  # type: ignore[attr-defined]
        if not has_origin:
            del self.fields["take_text"]

    def clean_provisions(self) -> list[Provision]:
        lines = [line.strip() for line in re.split(r"[\n;]", self.cleaned_data["provisions"]) if line.strip()]
        if len(lines) > MOST_PROVISIONS:
            said = {"count": len(lines), "most": MOST_PROVISIONS}
            raise forms.ValidationError(
                _("These are %(count)d lines. Name at most %(most)d provisions, one a line.") % said
            )
        found, unknown = provisions_of(lines)
        if unknown:
            raise forms.ValidationError(
                ngettext(
                    "This provision is not in the catalogue: %(lines)s. "
                    "Write the code of the instrument and the article.",
                    "These provisions are not in the catalogue: %(lines)s. "
                    "Write the code of the instrument and the article.",
                    len(unknown),
                )
                % {"lines": ", ".join(Truncator(line).chars(40) for line in unknown)}
            )
        return found

    def draft(self) -> Draft:
        data = dict(self.cleaned_data)
        names = [field.name for field in dataclasses.fields(Draft)]
        data["themes"], data["agencies"] = list(data["themes"]), list(data["agencies"])
        return Draft(**{name: data[name] for name in names})


def bodies_for(user: User) -> Any:
    """The bodies for which a person writes requests: the own ones, for a coordinator all that work."""
    who = person(user)
    rows = Body.objects.of(user).filter(is_active=True)
    if who.is_coordinator:
        return rows.exclude(kind__in=[BodyKind.MISSION, BodyKind.CONSULTED])
    return rows.filter(pk__in=who.bodies(Role.DRAFTER, Role.FOCAL_POINT))


def provisions_of(lines: list[str]) -> tuple[list[Provision], list[str]]:
    """The provisions that lines such as "CMW 66" name, and the lines that name none; one statement."""
    wanted: dict[str, tuple[str, str, str]] = {}
    unknown = []
    for line in lines:
        code, _space, rest = line.partition(" ")
        reference = parse(rest)
        if reference is None:
            unknown.append(line)
        else:
            wanted[line] = (code.upper(), reference.article, reference.paragraph)
    condition = Q(pk=None)
    for code, article, paragraph in wanted.values():
        condition |= Q(instrument__code__iexact=code, article=article, paragraph=paragraph)
    rows = Provision.objects.filter(condition).select_related("instrument")
    known = {(row.instrument.code.upper(), row.article, row.paragraph): row for row in rows}
    unknown += [line for line, key in wanted.items() if key not in known]
    return [known[key] for key in dict.fromkeys(wanted.values()) if key in known], unknown


def agencies_for(themes: Any) -> list[Agency]:
    """The agencies whose mandate leads on one of the themes."""
    ids = Mandate.objects.filter(theme__in=list(themes), leads=True).values("agency_id")
    return list(Agency.objects.filter(pk__in=ids))


def initial_of(request: AssistanceRequest) -> dict[str, Any]:
    """A request as the form starts from it."""
    said = {field.name: standing(request, field.name) for field in dataclasses.fields(Draft)}
    rows = request.provisions.select_related("instrument")
    said["provisions"] = "\n".join(str(row) for row in rows)
    return {**said, "version": request.version}


class AuthorisationForm(forms.Form):
    office = line_field(
        gettext_lazy("Office that authorised the request"),
        gettext_lazy("Such as: Minister of Labour."),
        length=200,
        required=True,
    )
    authorised_on = day_field(gettext_lazy("Date"), required=True)
    reference = line_field(gettext_lazy("Reference of the letter"), length=120)
    letter = PiecesField(label=gettext_lazy("Letter"), required=False, kinds=LETTER_KINDS)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        said = {"accepted": files.accepted(LETTER_KINDS)}
        self.fields["letter"].help_text = _("%(accepted)s It stays with the State.") % said

    def clean_letter(self) -> files.Received | None:
        handed_in: Any = self.files.get("letter")
        if handed_in is None:
            return None
        try:
            return files.receive(handed_in, kinds=LETTER_KINDS)
        except Refused as refused:
            raise forms.ValidationError(refused.reason) from None
