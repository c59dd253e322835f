"""Making and fetching files: drafts by right, submissions from the store, requests, and verifying."""

from typing import Any

from django import forms
from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from accounts import history, permissions
from exports import exporting, store, work
from exports.document import SUBMISSION, WORKING
from exports.formats.exceptions import CannotRender
from exports.registry import FORMATS, reason
from reporting.cycles.choices import language_said
from reporting.reports.models import Report, ReportSection, Submission
from reporting.reports.permissions import EXPORT_REPORT, EXPORT_SECTION, READ_SUBMISSION
from reporting.reports.presenters.strip import strip

FORM_LABELS = {
    WORKING: gettext_lazy("Working form: with questions, statuses and what is missing; watermarked"),
    SUBMISSION: gettext_lazy("Submission form: as Geneva gets it, headings, numbered paragraphs and tables"),
}


class ExportForm(forms.Form):
    form = forms.ChoiceField(label=gettext_lazy("Form"), choices=list(FORM_LABELS.items()), widget=forms.RadioSelect)
    format = forms.ChoiceField(
        label=gettext_lazy("Format"), choices=[(f.slug, f.label) for f in FORMATS.values()], widget=forms.RadioSelect
    )
    language = forms.ChoiceField(label=gettext_lazy("Language of headings and tables"), choices=settings.LANGUAGES)

    def __init__(self, report: Report, data: Any = None) -> None:
        cycle = report.cycle
        super().__init__(data, initial={"form": WORKING, "format": "pdf", "language": cycle.submission_language})
        if cycle.is_translated:
            names = {
                "working": language_said(cycle.working_language),
                "submission": language_said(cycle.submission_language),
            }
            own = _("That of the form: the working form in %(working)s, the submission form in %(submission)s") % names
            self.fields["language"].choices = [("", own), *settings.LANGUAGES]  # type: ignore[attr-defined]
            self.fields["language"].required = False
            self.initial["language"] = ""


def report_at(request: HttpRequest, slug: str) -> Report:
    rows = Report.objects.of(request.user).select_related("cycle__instrument", "cycle__mechanism", "state_party")
    return get_object_or_404(rows, slug=slug)


@login_required
@require_http_methods(["GET", "POST"])
def report_exports(request: HttpRequest, report: str) -> HttpResponse:
    row = report_at(request, report)
    permissions.require(request.user, EXPORT_REPORT, row)
    form = ExportForm(row, request.POST or None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        job = work.ask_for_export(
            row,
            by=request.user,  # type: ignore[arg-type]
            form=said["form"],
            format_slug=said["format"],
            language=said["language"] or exporting.language_of(row, said["form"]),
        )
        return redirect("job", key=job.uuid)
    submissions = store.stored(row)
    context = {
        "report": row,
        "form": form,
        "submissions": [(each, _files(row, each, made)) for each, made in submissions],
        "working": language_said(row.cycle.working_language),
        **strip(row, request.user, "report_exports"),
    }
    return render(request, "exports/report.html", context, status=422 if form.errors else 200)


def _files(report: Report, submission: Submission, made: dict[str, Any]) -> list[dict[str, Any]]:
    return [
        {"format": format_, "file": made.get(format_.slug), "number": submission.number, "report": report.slug}
        for format_ in FORMATS.values()
    ]


@login_required
@require_GET
def section_export(request: HttpRequest, report: str, section: str, format: str) -> HttpResponse:
    """One section in the working form, made at once."""
    rows = ReportSection.objects.of(request.user).select_related(
        "report__cycle__instrument", "report__cycle__mechanism", "report__state_party", "section__part", "lead"
    )
    row = get_object_or_404(rows, report__slug=report, slug=section)
    permissions.require(request.user, EXPORT_SECTION, row)
    if format not in FORMATS:
        raise Http404
    content = exporting.section_content(row, request.user, language=exporting.language_of(row.report, WORKING))
    try:
        data = exporting.render(content, form=WORKING, format_slug=format, at=timezone.now())
    except CannotRender as error:
        return render(request, "exports/cannot.html", {"reason": reason(error)}, status=409)
    history.record("section.export", by=request.user, subject=row, format=format)
    name = exporting.name_of(content, form=WORKING, extension=FORMATS[format].extension, part=row.code)
    return attachment(data, name, FORMATS[format].content_type)


def attachment(data: bytes, name: str, content_type: str) -> HttpResponse:
    """A file that the browser saves and never shows."""
    response = HttpResponse(data, content_type=content_type)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["X-Content-Type-Options"] = "nosniff"
    return response


@login_required
@require_GET
def submission_file(request: HttpRequest, report: str, number: int, format: str) -> HttpResponse:
    """The stored file of a submission: the same bytes whenever it is fetched."""
    rows = Submission.objects.of(request.user).select_related("report__cycle", "state_party")
    submission = get_object_or_404(rows, report__slug=report, number=number)
    permissions.require(request.user, READ_SUBMISSION, submission)
    if format not in FORMATS:
        raise Http404
    try:
        file = store.file_of(submission, format, request.GET.get("language"))
        data = store.data_of(file)
    except LookupError:
        raise Http404 from None
    except CannotRender as error:
        return render(request, "exports/cannot.html", {"reason": reason(error)}, status=409)
    except store.Damaged:
        return render(request, "exports/cannot.html", {"reason": store.damaged_sentence()}, status=500)
    history.record("submission.fetch", by=request.user, subject=submission, format=format, sha256=file.sha256)
    return attachment(data, file.name, FORMATS[format].content_type)
