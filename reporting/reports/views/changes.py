"""Saves that the page of a section makes by itself while somebody writes."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from accounts.exceptions import Denial, Refused
from reporting.reports.forms.changes import ChangesForm, Unreadable
from reporting.reports.models import ReportSection
from reporting.reports.presenters import changes as presenter
from reporting.reports.presenters.parts import parts as parts_of_the_page
from reporting.reports.presenters.presence import others
from reporting.reports.services.changes import save_changes
from reporting.reports.services.presence import be_in
from reporting.reports.views.access import opened
from reporting.text.changes import Box


@never_cache
@require_http_methods(["GET", "POST"])
def changes(request: HttpRequest, report: str, n: str) -> HttpResponse:
    """Save changed paragraphs; asked for, the sentences and templates that the page shows while it does so."""
    return save(request, report, n) if request.method == "POST" else parts(request, report, n)


@login_required
def parts(request: HttpRequest, report: str, n: str) -> HttpResponse:
    """The same for everybody who may read anything of the section; nothing of its content."""
    opened(request, report, n)
    return render(request, "reports/section/_parts.html", parts_of_the_page())


@never_cache
@login_required
@require_POST
def presence(request: HttpRequest, report: str, n: str) -> JsonResponse:
    """The page is open, at the question of a number or at none; the line that says who else is there comes back."""
    here = opened(request, report, n)
    number = request.POST.get("question", "")
    be_in(here.section, by=here.user, question=int(number) if number.isdecimal() and len(number) < 5 else None)
    return JsonResponse({"said": others(here)}, json_dumps_params={"ensure_ascii": False})


def save(request: HttpRequest, report: str, n: str) -> JsonResponse:
    """Save changed paragraphs, sent as JSON or as the field ``changes`` of a form.

    200 with what the page has to change, 401 signed out, 409 not now, 400 unreadable.
    """
    login = f"{reverse('account_login')}?next={reverse('report_section', args=[report, n])}"
    try:
        is_json = request.content_type == "application/json"
        form = ChangesForm(request.body if is_json else request.POST.get("changes", ""))
    except Unreadable:
        return JsonResponse({"refused": _("The page sent what cannot be read. Open it again.")}, status=400)
    if not request.user.is_authenticated or form.account not in {None, request.user.pk}:
        # Somebody else may have signed in meanwhile: what one person typed is not saved under another's name.
        return JsonResponse({"login": login, "other": request.user.is_authenticated}, status=401)
    if not form.answers:
        raise Http404
    try:
        saved, answers = save_changes(report, n, form.edits, by=request.user, attempt=form.attempt, why=form.why)  # type: ignore[arg-type]
    except Refused as refused:
        if refused.denial is Denial.HIDDEN:
            raise
        rows = ReportSection.objects.of(request.user).select_related("status_by")
        found = rows.get(report__slug=report, slug=n)
        return JsonResponse(presenter.refused(found, refused), status=refused.denial.value)
    boxed = {each.answer_id: each.changes.text for each in form.edits if isinstance(each.changes, Box)}
    return JsonResponse(presenter.told(saved, answers, form.errors, boxed), json_dumps_params={"ensure_ascii": False})
