"""Adding a file to a section as a whole."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts import files
from accounts.forms_uploads import PiecesField
from reporting.reports.services.attachment import LONGEST_TITLE


class UploadForm(forms.Form):
    """A file, and what it is called where files and annexes are listed."""

    file = PiecesField(label=_("File from this device"), error_messages={"required": _("Choose a file.")})
    title = forms.CharField(
        label=_("Title"),
        max_length=LONGEST_TITLE,
        required=False,
        widget=forms.TextInput(attrs={"dir": "auto"}),
        help_text=_("As it would stand in the list of annexes. Without a title the file has its own name."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["file"].help_text = files.accepted()
