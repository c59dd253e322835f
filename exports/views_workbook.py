"""Work in Excel: download a workbook, hand it in, look at what it would change, apply it."""

import uuid
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts import permissions
from accounts.exceptions import Denial, Refused
from accounts.forms_uploads import PiecesInput
from accounts.services import uploads
from exports.models import FilledWorkbook
from exports.registry import FORMATS
from exports.views import attachment
from exports.workbook import held, presenter, services
from exports.workbook.exceptions import Moved, Undecided
from reporting.reports.models import Report, ReportSection
from reporting.reports.permissions import EXPORT_REPORT
from reporting.reports.presenters.strip import strip


class WorkbookForm(forms.Form):
    file = forms.FileField(
        label=gettext_lazy("The filled workbook"),
        help_text=gettext_lazy("The .xlsx file, up to 10 MB. Nothing is saved before you have seen what would change."),
        widget=PiecesInput,
        allow_empty_file=True,
    )


def _report(request: HttpRequest, slug: str) -> Report:
    rows = Report.objects.of(request.user).select_related(
        "cycle__instrument", "cycle__mechanism", "cycle__coordinating_body", "state_party", "questionnaire"
    )
    report: Report = get_object_or_404(rows, slug=slug)
    permissions.require(request.user, EXPORT_REPORT, report)
    return report


@login_required
@require_http_methods(["GET", "POST"])
def workbooks(request: HttpRequest, report: str) -> HttpResponse:
    """The page of workbooks; a POST hands one in."""
    row = _report(request, report)
    form, status = WorkbookForm(), 200
    if request.method == "POST":
        form = WorkbookForm(request.POST, uploads.handed_in(request.POST, request.FILES, by=request.user))
        try:
            if form.is_valid():
                filled = services.receive(row, form.cleaned_data["file"], by=request.user)  # type: ignore[arg-type]
                return redirect("workbook", row.slug, filled.uuid)
        except Refused as refused:
            if refused.denial is not Denial.STATE:
                raise
            form.add_error("file", refused.reason)
        status = 422
    return _page(request, row, form, status=status)


def _page(request: HttpRequest, row: Report, form: WorkbookForm, *, status: int, reason: str = "") -> HttpResponse:
    user: Any = request.user
    mine = held.writable(held.answers_of(row, user), user)
    sections: dict[int, ReportSection] = {answer.section_id: answer.section for answer in mine}
    language = get_language() or "en"
    wanted = request.GET.get("section", "")
    context = {
        "report": row,
        "form": form,
        "sections": [
            {
                "slug": each.slug,
                "code": each.code,
                "title": each.section.wording("title", language)[0],
                "chosen": each.slug == wanted,
            }
            for each in sections.values()
        ],
        "missing": [(reason, "")] if reason else [],
        "filled": presenter.listed(_filled(user, row)[:10]),
        **strip(row, user, "report_exports"),
    }
    return render(request, "exports/workbook/page.html", context, status=status)


def _filled(user: Any, report: Report) -> Any:
    return FilledWorkbook.objects.of(user).filter(owner=user, workbook__report=report)


@login_required
@require_POST
def download(request: HttpRequest, report: str) -> HttpResponse:
    """A workbook of one section, or of all that the person may write."""
    row = _report(request, report)
    slug = request.POST.get("section", "")
    section = None
    if slug:
        rows = ReportSection.objects.of(request.user).filter(report=row)
        section = get_object_or_404(rows.select_related("section__part", "lead"), slug=slug)
        section.report = row
    address = request.build_absolute_uri(reverse("workbooks", args=[row.slug]))
    try:
        made, data = services.make(
            row,
            section=section,
            language=get_language() or "en",
            address=address,
            by=request.user,  # type: ignore[arg-type]
        )
    except Refused as refused:
        if refused.denial is not Denial.STATE:
            raise
        return _page(request, row, WorkbookForm(), status=409, reason=refused.reason)
    part = f"-{section.code}" if section is not None else ""
    name = f"{row.state_party.code}-{row.slug}{part}-{made.made_at:%Y-%m-%d}.xlsx"
    return attachment(data, name, FORMATS["xlsx"].content_type)


def _one(request: HttpRequest, report: Report, key: uuid.UUID) -> FilledWorkbook:
    rows = _filled(request.user, report).select_related("workbook")
    found: FilledWorkbook = get_object_or_404(rows, uuid=key)
    return found


@login_required
@require_GET
def workbook(request: HttpRequest, report: str, key: uuid.UUID) -> HttpResponse:
    """What applying would change, cell by cell."""
    row = _report(request, report)
    return _preview(request, row, _one(request, row, key))


def _chosen(request: HttpRequest) -> dict[str, str]:
    """What was chosen for clashes, by their names."""
    return {name: str(value) for name, value in request.POST.items() if name.startswith("c")}


def _preview(
    request: HttpRequest, report: Report, filled: FilledWorkbook, *, status: int = 200, said: str = ""
) -> HttpResponse:
    user: Any = request.user
    chosen = _chosen(request)
    context = {
        "report": report,
        "filled": filled,
        "missing": [(said, "")] if said else [],
        "preview": presenter.preview_of(services.Preview(filled, report, user, chosen), chosen=chosen)
        if filled.applied_at is None
        else None,
        "total": ngettext("%(count)d cell was applied.", "%(count)d cells were applied.", filled.applied)
        % {"count": filled.applied},
        **strip(report, user, "report_exports"),
    }
    return render(request, "exports/workbook/preview.html", context, status=status)


@login_required
@require_POST
def apply(request: HttpRequest, report: str, key: uuid.UUID) -> HttpResponse:
    """Save what the preview showed; shown again where it would be something else by now."""
    row = _report(request, report)
    filled = _one(request, row, key)
    chosen = _chosen(request)
    try:
        services.apply(filled, row, seen=request.POST.get("seen", ""), chosen=chosen, by=request.user)  # type: ignore[arg-type]
    except Moved:
        said = _("Somebody wrote in the report meanwhile. Nothing was saved: look at this once more, then apply it.")
        return _preview(request, row, filled, status=409, said=said)
    except Undecided:
        said = _("Choose for every cell that others changed too. Nothing was saved yet.")
        return _preview(request, row, filled, status=422, said=said)
    except Refused as refused:
        if refused.denial is Denial.HIDDEN:
            raise Http404 from None
        return _preview(request, row, filled, status=409, said=refused.reason)
    messages.success(request, _("The workbook was applied."))
    return redirect("workbook", row.slug, filled.uuid)
