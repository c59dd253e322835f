from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.forms import DayField
from accounts.models import Body


class AskForm(forms.Form):
    """A body, the questions it is asked, and by when."""

    body = forms.ChoiceField(label=_("Body"))
    questions = forms.MultipleChoiceField(label=_("Questions"), widget=forms.CheckboxSelectMultiple)
    due_on = DayField(
        label=_("Due on"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    note = forms.CharField(label=_("What is asked"), required=False, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(
        self, *args: Any, bodies: Iterable[Body], questions: Iterable[tuple[int, str, str]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.bodies = {str(body.pk): body for body in bodies}
        self.fields["body"].choices = [("", "—"), *((pk, str(body)) for pk, body in self.bodies.items())]  # type: ignore[attr-defined]
        self.fields["questions"].choices = [  # type: ignore[attr-defined]
            (str(pk), f"{number}. {text}") for pk, number, text in questions
        ]

    @property
    def chosen_body(self) -> Body:
        return self.bodies[self.cleaned_data["body"]]
