"""Contributions: other bodies asked for single questions, and what became of it."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts import permissions
from accounts.exceptions import Denial, Refused
from reporting.reports.forms.contribution import AskForm
from reporting.reports.models import Contribution
from reporting.reports.permissions import ASK_CONTRIBUTION
from reporting.reports.presenters.asked import contributions, gains
from reporting.reports.presenters.outline import Place
from reporting.reports.services.contribution import ask_contribution, move_contribution
from reporting.reports.views.access import framed, opened
from reporting.reports.workflow import CONTRIBUTION_MOVES


@login_required
@require_http_methods(["GET", "POST"])
def index(request: HttpRequest, report: str, n: str) -> HttpResponse:
    """The contributions of a section; a new one is shown with who gains access before it is saved."""
    here = opened(request, report, n)
    context = contributions(here)
    form = _form(request, context)
    if request.method != "POST":
        return _page(request, here, context, form)
    permissions.require(request.user, ASK_CONTRIBUTION, here.section)
    if not form.is_valid():
        return _page(request, here, context, form, status=422)
    if "confirmed" not in request.POST:
        return _page(request, here, context, form, gains=gains(form.chosen_body), body=form.chosen_body)
    chosen = {int(pk) for pk in form.cleaned_data["questions"]}
    try:
        ask_contribution(
            here.section,
            body=form.chosen_body,
            answers=here.section.answers.filter(pk__in=chosen),
            by=request.user,  # type: ignore[arg-type]
            note=form.cleaned_data["note"],
            due_on=form.cleaned_data["due_on"],
        )
    except Refused as refused:
        return _refused(request, here, context, form, refused)
    messages.success(request, _("%(body)s is asked and told.") % {"body": form.chosen_body})
    return redirect(here.url("section_contributions"))


def _form(request: HttpRequest, context: dict[str, Any]) -> AskForm:
    data = request.POST if request.method == "POST" else None
    return AskForm(data, bodies=context["bodies"], questions=context["questions"])


def _page(
    request: HttpRequest, here: Place, context: dict[str, Any], form: AskForm, *, status: int = 200, **more: Any
) -> HttpResponse:
    template = "reports/section/contributions.html"
    return render(request, template, framed(here, **context, form=form, **more), status=status)


def _refused(
    request: HttpRequest, here: Place, context: dict[str, Any], form: AskForm, refused: Refused
) -> HttpResponse:
    if refused.denial is not Denial.STATE:
        raise refused
    return _page(request, here, context, form, status=409, reason=refused.reason)


@login_required
@require_POST
def move(request: HttpRequest, report: str, n: str, pk: int, move: str) -> HttpResponse:
    here = opened(request, report, n)
    row = Contribution.objects.of(request.user).filter(section=here.section, pk=pk).first()
    mine = row is not None and (here.answer_ids is None or permissions.person(request.user).is_in(row.body_id))
    if row is None or not mine or move not in CONTRIBUTION_MOVES:
        raise Http404
    row.section = here.section
    try:
        move_contribution(row, move=move, by=request.user, reason=request.POST.get("reason", ""))  # type: ignore[arg-type]
    except Refused as refused:
        context = contributions(here)
        form = AskForm(bodies=context["bodies"], questions=context["questions"])
        return _refused(request, here, context, form, refused)
    if move == "send":
        return redirect(here.url("section_sent"))
    return redirect(here.url("section_contributions"))
