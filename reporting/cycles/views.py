"""Review cycles: those of the State, opening one, and what the mechanism sent."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts import permissions
from accounts.choices import Role
from accounts.exceptions import Refused
from accounts.presenters.paging import paged
from accounts.services import uploads
from reporting.cycles import presenters
from reporting.cycles.forms import ROLES, CycleForm, ReceivedForm
from reporting.cycles.models import ReceivedDocument, ReviewCycle
from reporting.cycles.permissions import COORDINATE_CYCLE, FILE_DOCUMENT, OPEN_CYCLE, SEE_CYCLE
from reporting.cycles.services import file_received, open_cycle
from reporting.instruments.presenters.words import words


@login_required
@require_safe
def cycles(request: HttpRequest) -> HttpResponse:
    who = permissions.person(request.user)
    pages = paged(request, presenters.visible_cycles(request.user))
    rows = list(pages["page_obj"])
    if not rows and not who.is_coordinator and not _may_see_some(request):
        raise Http404
    context = {**pages, "groups": presenters.by_treaty(rows), "may_open": who.is_coordinator}
    return render(request, "cycles/cycles.html", context)


def _may_see_some(request: HttpRequest) -> bool:
    """A mission before its first cycle: the page exists, and is empty."""
    return permissions.person(request.user).has_role(Role.MISSION)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def cycle_new(request: HttpRequest) -> HttpResponse:
    state = request.user.state_party
    if state is None:
        raise Http404
    permissions.require(request.user, OPEN_CYCLE, state)
    form = CycleForm(state, request.POST or None, initial={"coordinating_body": _own_body(request)})
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                cycle = _open(form, request.user)
            except Refused as refusal:
                form.add_error(None, refusal.reason)
                status = 409
            else:
                return redirect("cycle", cycle.slug)
    return render(request, "cycles/cycle_new.html", {"form": form}, status=status)


def _own_body(request: HttpRequest) -> int | None:
    """The body in which the person coordinates: of several, the first by name."""
    rows = [row.body for row in permissions.person(request.user).memberships if row.role == Role.COORDINATOR]
    bodies = sorted((body for body in rows if body.coordinates and body.is_active), key=lambda body: body.name)
    return bodies[0].pk if bodies else None


def _open(form: CycleForm, by: Any) -> ReviewCycle:
    data = form.cleaned_data
    return open_cycle(
        form.subject(),
        number_from=data["number_from"],
        number_to=data["number_to"],
        coordinating_body=data["coordinating_body"],
        by=by,
        procedure=data["procedure"],
        roles=data["roles"],
        working_language=data["working_language"],
        submission_language=data["submission_language"],
        prevailing=data["prevailing"],
    )


def _cycle_at(request: HttpRequest, slug: str) -> ReviewCycle:
    rows = ReviewCycle.objects.of(request.user).select_related(
        "instrument", "mechanism", "coordinating_body", "state_party", "opened_by"
    )
    cycle = get_object_or_404(rows, slug=slug)
    permissions.require(request.user, SEE_CYCLE, cycle)
    return cycle


@login_required
@require_safe
def cycle(request: HttpRequest, cycle: str) -> HttpResponse:
    return _page(request, _cycle_at(request, cycle))


def _page(request: HttpRequest, cycle: ReviewCycle, status: int = 200, **more: Any) -> HttpResponse:
    short, full = presenters.reviewed(cycle)
    roles = dict(ROLES)
    context = {
        "cycle": cycle,
        "short": short,
        "full": full,
        "mechanism": words(cycle.mechanism, "name"),
        "roles": [roles[role] for role in cycle.roles if role in roles],
        "reports": cycle.reports.select_related("state_party").order_by("-started_at"),
        "documents": [presenters.document(row) for row in cycle.received.select_related("filed_by")],
        "may_start": permissions.allows(request.user, COORDINATE_CYCLE, cycle),
        "may_file": permissions.allows(request.user, FILE_DOCUMENT, cycle),
        **more,
    }
    return render(request, "cycles/cycle.html", context, status=status)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def cycle_received(request: HttpRequest, cycle: str) -> HttpResponse:
    found = _cycle_at(request, cycle)
    permissions.require(request.user, FILE_DOCUMENT, found)
    form = ReceivedForm(request.POST or None, uploads.handed_in(request.POST, request.FILES, by=request.user) or None)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                file_received(found, by=request.user, **form.cleaned_data)
            except Refused as refusal:
                form.add_error(None, refusal.reason)
                status = 409
            else:
                messages.success(request, _("The document is filed."))
                return redirect("cycle", found.slug)
    context = {"form": form, "cycle": found, "documents": found.received.all()}
    return render(request, "cycles/received.html", context, status=status)


@login_required
@require_safe
def received_file(request: HttpRequest, cycle: str, pk: int) -> FileResponse:
    """The file of a document received, to those who may see the cycle."""
    found = _cycle_at(request, cycle)
    document = get_object_or_404(ReceivedDocument.objects.of(request.user), cycle=found, pk=pk)
    if not document.file:
        raise Http404
    return FileResponse(document.file.open("rb"), as_attachment=True, filename=document.file_name or "document")
