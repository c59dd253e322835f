"""The working plan, as the State and as the agency write it: one page, two doors."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts import permissions
from accounts.exceptions import Denial, Refused
from accounts.numbers import identifier
from reporting.assistance.exceptions import Stale
from reporting.assistance.forms import PlanForm
from reporting.assistance.models import AgencyPosition, AssistanceRequest
from reporting.assistance.permissions import EDIT_PLAN, OFFER_PLAN, SEE_POSITION
from reporting.assistance.presenters.conflict import conflict, decided
from reporting.assistance.services import position as positions

RELATED = ("request__last_version", "request__responsible", "agency", "state_party", "plan__offered", "plan__accepted")


@login_required
@require_http_methods(["GET", "POST"])
def state_plan(request: HttpRequest, reference: str, agency: str) -> HttpResponse:
    if request.user.state_party_id is None:  # type: ignore[union-attr]
        raise Http404
    rows = AgencyPosition.objects.of(request.user).select_related(*RELATED)
    named = AssistanceRequest.objects.of(request.user).named(reference)
    position = get_object_or_404(rows, request__in=named, agency__code=agency)
    return _plan(request, position, back=reverse("assistance_request", args=[reference]))


@login_required
@require_http_methods(["GET", "POST"])
def agency_plan(request: HttpRequest, reference: str) -> HttpResponse:
    if request.user.agency_id is None:  # type: ignore[union-attr]
        raise Http404
    rows = AgencyPosition.objects.of(request.user).select_related(*RELATED)
    position = get_object_or_404(rows, request__reference=reference)
    return _plan(request, position, back=reverse("agency_request", args=[reference]))


def _plan(request: HttpRequest, position: AgencyPosition, *, back: str) -> HttpResponse:
    user: Any = request.user
    permissions.require(user, SEE_POSITION, position)
    plan = getattr(position, "plan", None)
    if plan is None:
        raise Http404
    last = plan.versions.first()
    form = PlanForm(content=last.content if last else None, number=plan.version)
    context = {"position": position, "plan": plan, "last": last, "back": back}
    status = 200
    if request.method == "POST" and "offer" in request.POST:
        number = request.POST.get("offer", "")
        try:
            positions.offer_plan(position, by=user, number=identifier(number))
        except Refused as error:
            if error.denial is not Denial.STATE:
                raise
            context["refusal"], status = error.reason, 409
        else:
            messages.success(request, _("The plan is offered to the State. A change by anyone takes the offer back."))
            return redirect(request.path)
    elif request.method == "POST":
        form = PlanForm(request.POST)
        status = 422
        if form.is_valid():
            answer = _save(request, position, form, back)
            if isinstance(answer, HttpResponse):
                return answer
            context |= {"refusal": answer, "typed_stands": True}
            status = 409
    context |= {
        "form": form,
        "may_edit": permissions.allows(user, EDIT_PLAN, position),
        "edit_why_not": permissions.why_not(user, EDIT_PLAN, position),
        "may_offer": permissions.allows(user, OFFER_PLAN, position) and plan.version > 0 and plan.offered_id is None,
    }
    return render(request, "assistance/plan.html", context, status=status)


def _save(request: HttpRequest, position: AgencyPosition, form: PlanForm, back: str) -> HttpResponse | str:
    """Save what was typed: the next page, or the reason why it cannot be now."""
    user: Any = request.user
    content, number = form.content(), form.cleaned_data["number"]
    try:
        positions.save_plan(position, by=user, number=number, content=content, decided=decided(request.POST))
    except Stale as error:
        context = {**conflict(request.POST, error, content), "back": back}
        return render(request, "assistance/conflict.html", context, status=409)
    except Refused as error:
        if error.denial is not Denial.STATE:
            raise
        return error.reason
    messages.success(request, _("The plan was saved."))
    return redirect(request.path)
