"""What people fill in about people."""

import datetime
from typing import Any

from django import forms
from django.conf import settings
from django.contrib.auth import password_validation
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from accounts import people
from accounts.choices import ROLE_KINDS, BodyKind, Level, Role
from accounts.models import Body, Invitation, StateParty, User
from accounts.numbers import RowsField


class DayField(forms.DateField):
    """A day that somebody can have meant: a slip such as the year 0207 or 20027 is none."""

    EARLIEST, LATEST = datetime.date(1800, 1, 1), datetime.date(2199, 12, 31)

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        sentence = _("Check the year: a day between 1800 and 2199 is meant here.")
        self.validators += [MinValueValidator(self.EARLIEST, sentence), MaxValueValidator(self.LATEST, sentence)]


def _languages() -> list[tuple[str, Any]]:
    return [("", _("As the browser says")), *settings.LANGUAGES]


class AccountForm(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=120)
    position = forms.CharField(label=_("Position"), max_length=120, required=False)
    language = forms.ChoiceField(label=_("Language of the interface"), choices=_languages, required=False)


class AcceptForm(forms.Form):
    """Making the account that an invitation offers."""

    name = forms.CharField(label=_("Your name"), max_length=120)
    password = forms.CharField(
        label=_("Password"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=_("At least twelve characters. A sentence is easy to remember."),
    )
    again = forms.CharField(
        label=_("The same password again"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *args: Any, invitation: Invitation, **kwargs: Any) -> None:
        kwargs["initial"] = {"name": invitation.name}
        super().__init__(*args, **kwargs)
        self.email = invitation.email

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        password = data.get("password", "")
        if password and password != data.get("again"):
            self.add_error("again", _("Type the same password in both fields."))
        elif password:
            try:
                password_validation.validate_password(password, User(email=self.email, name=data.get("name", "")))
            except forms.ValidationError as error:
                self.add_error("password", error)
        return data


def roles_for(kind: str, *, coordinates: bool) -> list[tuple[str, Any]]:
    """The roles that make sense in a body."""
    roles = [role for role in Role if kind in ROLE_KINDS[role] and (role != Role.COORDINATOR or coordinates)]
    return [(role.value, role.label) for role in roles]


class BodyRoleForm(forms.Form):
    """A role in one of the State's bodies; the two must go together, which the service holds against each other."""

    body = forms.ModelChoiceField(label=_("Body"), queryset=Body.objects.none())
    role = forms.ChoiceField(label=_("Role"), choices=Role.choices)

    def __init__(self, *args: Any, state: StateParty, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        bodies = Body.objects.filter(state_party=state, is_active=True)
        self.fields["body"].queryset = bodies  # type: ignore[attr-defined]


class InviteForm(BodyRoleForm):
    email = forms.EmailField(label=_("E-mail address"), max_length=254)
    name = forms.CharField(label=_("Name"), max_length=120, required=False)
    is_administrator = forms.BooleanField(
        label=_("Also administrator of the State"),
        required=False,
        help_text=_("Manages people, bodies and roles, without a right to content."),
    )
    field_order = ("email", "name", "body", "role", "is_administrator")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["body"].required = self.fields["role"].required = False
        self.fields["role"].choices = [("", _("None")), *Role.choices]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if bool(data.get("body")) != bool(data.get("role")):
            self.add_error("role" if data.get("body") else "body", _("Choose a body and a role in it, or neither."))
        elif not data.get("body") and not data.get("is_administrator"):
            self.add_error("body", _("Choose a body and a role in it, or make the person an administrator."))
        return data


class InviteToBodyForm(forms.Form):
    """An invitation into one body, for the roles that the inviter may give there."""

    email = forms.EmailField(label=_("E-mail address"), max_length=254)
    name = forms.CharField(label=_("Name"), max_length=120, required=False)
    role = forms.ChoiceField(label=_("Role"))

    def __init__(self, *args: Any, roles: list[tuple[str, Any]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["role"].choices = roles  # type: ignore[attr-defined]


class OfficerForm(forms.Form):
    level = forms.ChoiceField(label=_("Level"), choices=Level.choices)
    scope = RowsField(
        label=_("States within scope"),
        queryset=StateParty.objects.all(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("If none is ticked, the officer reads the requests of all States."),
    )


class InviteOfficerForm(forms.Form):
    email = forms.EmailField(label=_("E-mail address"), max_length=254)
    name = forms.CharField(label=_("Name"), max_length=120, required=False)
    level = forms.ChoiceField(label=_("Level"), choices=Level.choices)
    is_administrator = forms.BooleanField(label=_("Also administrator of the agency"), required=False)


class NewBodyForm(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=160)
    slug = forms.SlugField(
        label=_("Short name"), max_length=40, help_text=_("For addresses: lower-case letters, figures and hyphens.")
    )
    kind = forms.ChoiceField(label=_("Kind"), choices=BodyKind.choices)
    coordinates = forms.BooleanField(
        label=_("Coordinates reports"),
        required=False,
        help_text=_("Its coordinators plan reports, clear sections and have reports endorsed."),
    )


class StateForm(forms.Form):
    device_copies = forms.BooleanField(
        label=_("Keep what is not saved yet on people’s own devices"),
        required=False,
        help_text=_(
            "It is encrypted, and erased at sign-out. "
            "Without it, text is lost when the line is cut and the page closes."
        ),
    )


class BodyForm(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=160)
    kind = forms.ChoiceField(label=_("Kind"), choices=BodyKind.choices)
    coordinates = forms.BooleanField(
        label=_("Coordinates reports"),
        required=False,
        help_text=_("Its coordinators plan reports, clear sections and have reports endorsed."),
    )
    is_active = forms.BooleanField(
        label=_("Active"), required=False, help_text=_("Members of a body that is not active have no rights by it.")
    )
    remits = forms.MultipleChoiceField(
        label=_("Fields of work"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("A section that falls into one of them is proposed to this body."),
    )

    def __init__(self, *args: Any, present: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = dict(people.remits)
        codes = sorted({*known, *present}, key=lambda code: str(known.get(code, code)))
        self.fields["remits"].choices = [(code, capfirst(known.get(code, code))) for code in codes]  # type: ignore[attr-defined]


class DeactivateForm(forms.Form):
    hand_over_to = forms.ModelChoiceField(
        label=_("Hand the work over to"),
        queryset=User.objects.none(),
        required=False,
        empty_label=_("Nobody: the work stays with the body"),
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        home = {"state_party_id": user.state_party_id, "agency_id": user.agency_id}
        others = User.objects.filter(is_active=True, **home).exclude(pk=user.pk)
        self.fields["hand_over_to"].queryset = others  # type: ignore[attr-defined]
