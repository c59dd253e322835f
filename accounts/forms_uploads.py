"""What a browser says when it sends a file in pieces, and the field of a form that such a file may stand in."""

from collections.abc import Collection
from typing import Any

from django import forms
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from accounts import files
from accounts.exceptions import Refused
from accounts.numbers import BIGGEST
from accounts.services.uploads import Arrived


class StartForm(forms.Form):
    name = forms.CharField(max_length=1000, required=False)
    size = forms.IntegerField(min_value=0, max_value=BIGGEST)
    modified = forms.IntegerField(min_value=-BIGGEST, max_value=BIGGEST, required=False)  # milliseconds
    fresh = forms.BooleanField(required=False)


class PieceForm(forms.Form):
    offset = forms.IntegerField(min_value=0, max_value=BIGGEST)
    piece = forms.FileField(allow_empty_file=True)


class PiecesInput(forms.FileInput):
    """A file that script sends in pieces, and which then waits for the save; without script an ordinary one."""

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        given = self.build_attrs(self.attrs, attrs)
        waits = isinstance(value, Arrived) and value.upload is not None and not given.get("aria-invalid")
        field = {
            "name": name,
            "id": given.get("id", ""),
            "described": given.get("aria-describedby", ""),
            "error": given.get("aria-invalid", ""),
            "waiting": value if waits else None,
        }
        return render_to_string("components/file_input.html", {"field": field})


class PiecesField(forms.FileField):
    """A file of one of ``kinds``; what cannot be taken is said at the field, and the bytes are looked at again when
    they are kept.
    """

    widget = PiecesInput

    def __init__(self, *, kinds: Collection[str] = files.EVERYTHING, **said: Any) -> None:
        self.kinds = kinds
        super().__init__(allow_empty_file=True, **said)

    def bound_data(self, data: Any, initial: Any) -> Any:
        return data if isinstance(data, Arrived) else initial

    def to_python(self, data: Any) -> Any:
        file = super().to_python(data)
        if file is not None:
            try:
                files.receive(file, kinds=self.kinds)
            except Refused as refused:
                raise forms.ValidationError(refused.reason) from None
        return file
