"""A report with its annexes as one zip: a draft by right, a submission as it was endorsed."""

from typing import Any

from django import forms
from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from accounts import permissions
from exports import work
from exports.document import WORKING
from exports.registry import FORMATS
from exports.views import FORM_LABELS, report_at
from reporting.reports.models import Submission
from reporting.reports.permissions import EXPORT_REPORT, READ_SUBMISSION
from reporting.reports.presenters.strip import strip


class ZipForm(forms.Form):
    """Which formats lie in a zip."""

    formats = forms.MultipleChoiceField(
        label=gettext_lazy("Formats"),
        choices=[(f.slug, f.label) for f in FORMATS.values()],
        widget=forms.CheckboxSelectMultiple,
        initial=["pdf", "docx"],
        error_messages={"required": gettext_lazy("Choose at least one format.")},
    )


class DraftZipForm(ZipForm):
    form = forms.ChoiceField(label=gettext_lazy("Form"), choices=list(FORM_LABELS.items()), widget=forms.RadioSelect)
    language = forms.ChoiceField(label=gettext_lazy("Language of headings and tables"), choices=settings.LANGUAGES)
    field_order = ["form", "formats", "language"]


@login_required
@require_http_methods(["GET", "POST"])
def report_zip(request: HttpRequest, report: str) -> HttpResponse:
    """The draft as far as the reader sees it."""
    user: Any = request.user
    row = report_at(request, report)
    permissions.require(user, EXPORT_REPORT, row)
    initial = {"form": WORKING, "language": row.cycle.submission_language, "formats": ["pdf", "docx"]}
    form = DraftZipForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        return redirect("job", key=work.ask_for_zip(row, by=user, **form.cleaned_data).uuid)
    context = {"report": row, "form": form, **strip(row, user, "report_exports")}
    return render(request, "exports/zip.html", context, status=422 if form.is_bound else 200)


@login_required
@require_http_methods(["GET", "POST"])
def submission_zip(request: HttpRequest, report: str, number: int) -> HttpResponse:
    """The files of a submission and its annexes as they were endorsed."""
    user: Any = request.user
    rows = Submission.objects.of(user).defer("content").select_related("report__cycle", "state_party")
    submission = get_object_or_404(rows, report__slug=report, number=number)
    permissions.require(user, READ_SUBMISSION, submission)
    form = ZipForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        row = report_at(request, report)
        return redirect("job", key=work.ask_for_zip(row, by=user, number=number, **form.cleaned_data).uuid)
    row = report_at(request, report)
    context = {"report": row, "submission": submission, "form": form, **strip(row, user, "report_exports")}
    return render(request, "exports/zip.html", context, status=422 if form.is_bound else 200)
