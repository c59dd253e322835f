"""Pages of translators, and of the coordinators who watch: what is open, and each text beside its translation."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from accounts import permissions
from accounts.exceptions import Denial, Refused
from reporting.reports.forms.translation import edits_in, typed_in
from reporting.reports.models import ReportSection
from reporting.reports.permissions_translation import SEE_TRANSLATION, SEE_TRANSLATIONS
from reporting.reports.presenters import translation as presenter
from reporting.reports.presenters.strip import strip
from reporting.reports.services.translation import SavedTranslations, save_translations
from reporting.reports.views.framing import framed, report_at


@login_required
@require_GET
def show(request: HttpRequest, report: str) -> HttpResponse:
    """How far a report has come, section by section."""
    found = report_at(request, report, SEE_TRANSLATIONS)
    context = presenter.overview(found, request.user)  # type: ignore[arg-type]
    return render(
        request, "reports/translation/report.html", framed(request, found, "report_translation", list=context)
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def section(request: HttpRequest, report: str, n: str) -> HttpResponse:
    """Each text of a section beside its translation; what is posted is saved, and what clashes comes back with both."""
    found = _section(request, report, n)
    permissions.require(request.user, SEE_TRANSLATION, found)
    if request.method != "POST":
        return _page(request, found)
    by_itself = request.headers.get("X-Saves") == "by itself"
    try:
        saved = save_translations(found, edits_in(request.POST), by=request.user)  # type: ignore[arg-type]
    except Refused as refused:
        if refused.denial is not Denial.STATE:
            raise
        if by_itself:
            return JsonResponse({"reason": refused.reason}, status=409)
        return _page(request, found, status=409, typed=typed_in(request.POST), refusal=refused.reason)
    if by_itself:
        return JsonResponse(_told(saved))
    if saved.clashes:
        return _page(request, found, status=409, saved=saved)
    if saved.changed:
        messages.success(request, _said(saved))
    return redirect("section_translation", report, n)


def _section(request: HttpRequest, report: str, n: str) -> ReportSection:
    rows = ReportSection.objects.of(request.user).select_related(
        "report__cycle__instrument", "report__cycle__mechanism", "report__state_party", "section__part"
    )
    found: ReportSection = get_object_or_404(rows, report__slug=report, slug=n)
    return found


def _page(request: HttpRequest, found: ReportSection, *, status: int = 200, **state: Any) -> HttpResponse:
    refusal = state.pop("refusal", "")
    context = {
        **strip(found.report, request.user, "report_translation"),  # type: ignore[arg-type]
        "report": found.report,
        "section": found,
        "page": presenter.page(found, request.user, **state),  # type: ignore[arg-type]
        "missing": [(refusal, "")] if refusal else [],
    }
    return render(request, "reports/translation/section.html", context, status=status)


def _said(saved: SavedTranslations) -> str:
    return _("Saved %(when)s") % {"when": formats.date_format(timezone.localtime(saved.at), "H:i")}


def _told(saved: SavedTranslations) -> dict[str, Any]:
    """What script asks for: the state of each text that was saved, and which others clash."""
    changed = {key: {"base": saved.rows[key].version, **_state(saved, key)} for key in saved.changed}
    return {"said": _said(saved), "texts": changed, "clashes": sorted(saved.clashes)}


def _state(saved: SavedTranslations, key: str) -> dict[str, str]:
    state = saved.state_of(key)
    return {
        "sign": presenter.SIGNS[state],
        "word": presenter.state_words(state),
        "by": presenter.said_by(saved.rows[key]),
    }
