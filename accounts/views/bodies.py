"""Bodies of a State: all for its administrator, the own for a focal point."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts import acts_people, permissions
from accounts.choices import Role
from accounts.exceptions import Refused
from accounts.forms import BodyForm, InviteToBodyForm, NewBodyForm, roles_for
from accounts.models import Body
from accounts.presenters.paging import paged
from accounts.services import bodies as services
from accounts.services import invitations
from accounts.views.people import invited, own_state, tabs, waiting


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def settings_bodies(request: HttpRequest) -> HttpResponse:
    """The bodies of the State, and a form for another one."""
    state = own_state(request)
    form = NewBodyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            body = services.create_body(state, by=request.user, **form.cleaned_data)  # type: ignore[arg-type]
        except Refused as refused:
            form.add_error("slug", refused.reason)
        else:
            messages.success(request, _("%(body)s is added.") % {"body": body})
            return redirect("settings_body", body.slug)
    active = Count("memberships__user", filter=Q(memberships__user__is_active=True), distinct=True)
    rows = Body.objects.of(request.user).annotate(members=active).order_by("-is_active", "name", "pk")
    context = {**paged(request, rows), "tabs": tabs(request, "bodies"), "form": form}
    return render(request, "accounts/settings/bodies.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def settings_body(request: HttpRequest, slug: str) -> HttpResponse:
    """One body: its people, its invitations; what it is can be changed by the administrator alone."""
    body = get_object_or_404(Body.objects.of(request.user), slug=slug)
    permissions.require(request.user, acts_people.KEEP_BODY, body)
    may_change = permissions.allows(request.user, acts_people.CHANGE_BODY, body)
    roles = (
        roles_for(body.kind, coordinates=body.coordinates) if may_change else [(Role.DRAFTER.value, Role.DRAFTER.label)]
    )
    invite = InviteToBodyForm(request.POST if "invite" in request.POST else None, roles=roles, prefix="invite")
    present = list(body.remits.values_list("code", flat=True))
    initial = {name: getattr(body, name) for name in ("name", "kind", "coordinates", "is_active")}
    change = BodyForm(
        request.POST if "change" in request.POST else None, present=present, initial={**initial, "remits": present}
    )
    if invite.is_bound and invite.is_valid() and _invited(request, body, invite):
        return redirect("settings_body", slug)
    if change.is_bound and change.is_valid() and _changed(request, body, change):
        return redirect("settings_body", slug)
    context: dict[str, Any] = {
        "tabs": tabs(request, "bodies" if may_change else f"body-{slug}"),
        "body": body,
        "members": body.memberships.select_related("user").order_by("-user__is_active", "user__name", "role"),
        "invitations": waiting(body=body),
        "invite_form": invite,
        "change_form": change if may_change else None,
        "may_change": may_change,
    }
    wrong = invite.errors or change.errors
    return render(request, "accounts/settings/body.html", context, status=422 if wrong else 200)


def _invited(request: HttpRequest, body: Body, form: InviteToBodyForm) -> bool:
    try:
        _row, link = invitations.invite(
            state=body.state_party,
            body=body,
            by=request.user,  # type: ignore[arg-type]
            **form.cleaned_data,
        )
    except Refused as refused:
        form.add_error("email", refused.reason)
        return False
    invited(request, link)
    return True


def _changed(request: HttpRequest, body: Body, form: BodyForm) -> bool:
    try:
        services.change_body(body, by=request.user, **form.cleaned_data)  # type: ignore[arg-type]
    except Refused as refused:
        if refused.denial.value != 409:
            raise
        form.add_error(None, refused.reason)
        return False
    messages.success(request, _("The change is made, and recorded."))
    return True
