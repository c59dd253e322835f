"""What people type of an item of the library."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts import files
from accounts.forms_uploads import PiecesField
from accounts.models import Body
from reporting.questionnaires.kinds import values
from reporting.reports.choices import ItemKind
from reporting.reports.forms.process import day
from reporting.reports.models import LibraryItem
from reporting.reports.services.library import ItemFacts


class Value(forms.CharField):
    """A short text, read as an entry of an answer reads it."""

    def __init__(self, *, read: Callable[[Any], str] = values.one_line, longest: int = 120, **kwargs: Any) -> None:
        super().__init__(widget=forms.TextInput(attrs={"dir": "auto"}), **kwargs)
        self.read, self.longest = read, longest

    def clean(self, value: Any) -> str:
        try:
            text = self.read(super().clean(value))
        except values.Unreadable as unreadable:
            raise forms.ValidationError(str(unreadable)) from None
        if len(text) > self.longest:
            raise forms.ValidationError(_("Shorten this to %(most)d characters."), params={"most": self.longest})
        return text


def file_field(*, required: bool) -> forms.FileField:
    missing = {"required": _("Choose a file.")}
    label = _("File from this device")
    return PiecesField(label=label, required=required, error_messages=missing)


class ItemForm(forms.Form):
    """The facts of an item. ``revision`` is that of the item when the form was opened."""

    revision = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=1, max_value=10**9)
    kind = forms.ChoiceField(label=_("Kind"), choices=ItemKind.choices)
    title = Value(label=_("Title"), longest=500, error_messages={"required": _("Give the title.")})
    number = Value(label=_("Number"), required=False)
    date = Value(
        label=_("Date"), required=False, read=values.day_or_text, help_text=_("A day such as 2026-03-31, or in words.")
    )
    link = Value(label=_("Link"), required=False, read=values.address, longest=2000)
    language = Value(label=_("Language"), required=False, longest=60)
    valid_until = day(
        _("Valid until"), _("From the day after, it is marked as expired here and where it is cited."), required=False
    )
    is_public = forms.BooleanField(
        label=_("May be named to the mechanism"),
        required=False,
        initial=True,
        help_text=_("Without it the item is internal: a file of it cannot be made an annex to a report."),
    )

    def facts(self) -> ItemFacts:
        said = {name: self.cleaned_data[name] for name in ItemFacts.__dataclass_fields__}
        return ItemFacts(**said)


class NewItemForm(ItemForm):
    body = forms.ChoiceField(label=_("Kept by"))
    file = file_field(required=False)

    def __init__(self, *args: Any, bodies: list[Body], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["file"].help_text = files.accepted()
        self.bodies = {str(each.pk): each for each in bodies}
        if len(bodies) < 2:
            del self.fields["body"]
        else:
            self.fields["body"].choices = [(pk, str(each)) for pk, each in self.bodies.items()]  # type: ignore[attr-defined]

    @property
    def body_chosen(self) -> Body | None:
        return self.bodies.get(self.cleaned_data.get("body", ""))


class VersionForm(forms.Form):
    file = file_field(required=True)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["file"].help_text = files.accepted()


class WithdrawForm(forms.Form):
    reason = forms.CharField(
        label=_("Reason"),
        help_text=_("Those who cite the item read it."),
        widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
        error_messages={"required": _("Give the reason: those who cite the item read it.")},
    )


def initial_of(item: LibraryItem) -> dict[str, Any]:
    return {name: getattr(item, name) for name in ("revision", *ItemFacts.__dataclass_fields__)}
