"""Writing to the body that leads a section."""

from django import forms
from django.utils.translation import gettext_lazy as _

from reporting.reports.models import ReportSection
from reporting.reports.presenters.words import section_title
from reporting.reports.services.comment import MAX_TEXT


class LetterForm(forms.Form):
    """About which of the body's ``sections``, and what."""

    section = forms.ChoiceField(label=_("About the section"))
    text = forms.CharField(
        label=_("Text"),
        max_length=MAX_TEXT,
        widget=forms.Textarea(attrs={"rows": 6, "dir": "auto"}),
        error_messages={"required": _("Write what the body is to read.")},
    )

    def __init__(self, *args: object, sections: list[ReportSection], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.sections = {str(row.pk): row for row in sections}
        choices = [(pk, f"{row.code} {section_title(row)}") for pk, row in self.sections.items()]
        self.fields["section"].choices = choices  # type: ignore[attr-defined]

    def chosen(self) -> ReportSection:
        return self.sections[self.cleaned_data["section"]]
