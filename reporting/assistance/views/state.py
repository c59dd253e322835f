"""The State's pages of requests."""

import uuid
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts import permissions
from accounts.exceptions import Denial, Refused
from accounts.models import Agency
from accounts.numbers import identifier
from accounts.presenters.paging import paged
from accounts.querysets import state_of
from accounts.services import uploads
from reporting.assistance.choices import Kind, RequestStatus
from reporting.assistance.exceptions import Stale
from reporting.assistance.forms import AuthorisationForm, RequestForm, StateMessageForm
from reporting.assistance.forms.request import agencies_for, initial_of
from reporting.assistance.models import AgencyPosition, AssistanceRequest
from reporting.assistance.permissions import (
    AUTHORISE_REQUEST,
    CREATE_REQUEST,
    EDIT_REQUEST,
    SEE_REQUEST,
    SUBMIT_REQUEST,
    visible_requests,
)
from reporting.assistance.presenters.actions import request_actions
from reporting.assistance.presenters.conflict import conflict, decided
from reporting.assistance.presenters.pages import state_page, state_rows
from reporting.assistance.presenters.prefill import known, origin_of, text_of
from reporting.assistance.presenters.signs import working_name
from reporting.assistance.services import position as positions
from reporting.assistance.services import request as requests
from reporting.assistance.services import submission, talk
from reporting.text.cleaning import clean


def find(request: HttpRequest, reference: str) -> AssistanceRequest:
    """The request of the reader's own State, or 404."""
    rows = AssistanceRequest.objects.of(request.user)
    rows = rows.select_related(
        "state_party", "responsible", "last_version", "origin_section__section", "origin_answer__question", "status_by"
    )
    row = get_object_or_404(rows.named(reference))
    permissions.require(request.user, SEE_REQUEST, row)
    return row


def page(request: HttpRequest, row: AssistanceRequest, *, status: int = 200, **more: Any) -> HttpResponse:
    context = state_page(request.user, row)  # type: ignore[arg-type]
    context.setdefault("message_form", StateMessageForm(request=row, initial={"token": uuid.uuid4()}))
    return render(request, "assistance/request.html", {**context, **more}, status=status)


def refused(request: HttpRequest, reference: str, error: Refused, **more: Any) -> HttpResponse:
    """The page again with the reason, where the state stands against it; else as the middleware answers."""
    if error.denial is not Denial.STATE:
        raise error
    missing = getattr(error, "missing", [])
    return page(request, find(request, reference), status=409, refusal=error.reason, missing=missing, **more)


def filtered(request: HttpRequest) -> tuple[dict[str, str], Any]:
    """What the query string chooses, and the reader's requests that it leaves, newest first."""
    chosen = {name: clean(request.GET.get(name, "")).strip() for name in ("q", "status", "kind")}
    rows: Any = visible_requests(request.user).select_related("responsible")  # type: ignore[arg-type]
    if chosen["q"]:
        rows = rows.matching(chosen["q"])
    if chosen["status"] in RequestStatus.values:
        rows = rows.filter(status=chosen["status"])
    if chosen["kind"] in Kind.values:
        rows = rows.asking_for(chosen["kind"])
    return chosen, rows.order_by("-created_at", "-pk")


def filters_named(chosen: dict[str, str]) -> list[tuple[str, str]]:
    """The filters of the list in words, pairs of a name and what was chosen; those not set are left out."""
    found = [
        (_("Search requests"), chosen["q"]),
        (_("State of the request"), str(dict(RequestStatus.choices).get(chosen["status"], ""))),
        (_("Kind of assistance"), str(dict(Kind.choices).get(chosen["kind"], ""))),
    ]
    return [(name, value) for name, value in found if value]


@login_required
@require_GET
def index(request: HttpRequest) -> HttpResponse:
    if state_of(request.user) is None:
        raise Http404
    chosen, rows = filtered(request)
    pages = paged(request, rows)
    context = {
        **pages,
        "rows": state_rows(pages["page_obj"]),
        "chosen": chosen,
        "statuses": RequestStatus.choices,
        "kinds": Kind.choices,
        "may_create": permissions.allows(request.user, CREATE_REQUEST, request.user.state_party),  # type: ignore[union-attr]
    }
    return render(request, "assistance/index.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    user: Any = request.user
    if user.state_party is None:
        raise Http404
    permissions.require(user, CREATE_REQUEST, user.state_party)
    if request.method == "GET":
        initial = {**known(user, request.GET), "token": uuid.uuid4()}
        form = RequestForm(user=user, initial=initial, has_origin=bool(initial.get("origin")))
        return _form_page(request, form, filled_from=origin_of(user, str(initial.get("origin", ""))))
    origin = origin_of(user, request.POST.get("origin", ""))
    form = RequestForm(request.POST, user=user, has_origin=origin is not None)
    if "propose" in request.POST:
        return _form_page(request, _with_proposed(request, form, user, origin is not None))
    if not form.is_valid():
        return _form_page(request, form, status=422)
    draft = form.draft()
    if origin is not None and form.cleaned_data.get("take_text"):
        draft.in_place = "\n\n".join(text for text in (draft.in_place, text_of(origin)) if text)
    try:
        row = requests.create_request(
            user.state_party, by=user, draft=draft, origin=origin, token=form.cleaned_data["token"]
        )
    except Refused as error:
        form.add_error(None, error.reason)
        return _form_page(request, form, status=409)
    messages.success(request, _("“%(title)s” is kept as a draft. No agency sees it.") % {"title": row.title})
    return redirect("assistance_request", row.address)


@login_required
@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, reference: str) -> HttpResponse:
    user: Any = request.user
    row = find(request, reference)
    if request.method == "GET":
        permissions.require(user, EDIT_REQUEST, row)
        return _form_page(request, RequestForm(user=user, initial=initial_of(row)), row)
    form = RequestForm(request.POST, user=user)
    if "propose" in request.POST:
        return _form_page(request, _with_proposed(request, form, user, False), row)
    if not form.is_valid():
        return _form_page(request, form, row, status=422)
    draft, version = form.draft(), form.cleaned_data["version"]
    try:
        requests.change_request(row, by=user, version=version, draft=draft, decided=decided(request.POST))
    except Stale as error:
        return _conflict(request, row, draft, error)
    except Refused as error:
        if error.denial is not Denial.STATE:
            raise
        form.add_error(None, error.reason)
        return _form_page(request, form, row, status=409)
    messages.success(request, _("The request was saved."))
    return redirect("assistance_request", row.address)


def _conflict(request: HttpRequest, row: AssistanceRequest, draft: requests.Draft, error: Stale) -> HttpResponse:
    context = conflict(request.POST, error, {name: getattr(draft, name) for name in error.theirs})
    back = reverse("assistance_request", args=[row.address])
    return render(request, "assistance/conflict.html", {**context, "back": back}, status=409)


def _with_proposed(request: HttpRequest, form: RequestForm, user: Any, has_origin: bool) -> RequestForm:
    """The form again, with the agencies ticked whose mandate leads on the themes chosen."""
    form.is_valid()
    proposed = agencies_for(form.cleaned_data.get("themes") or [])
    data = request.POST.copy()
    data.setlist("agencies", sorted({*data.getlist("agencies"), *(str(row.pk) for row in proposed)}))
    plain = {name: data.getlist(name) if name in {"kinds", "themes", "agencies"} else data.get(name) for name in data}
    return RequestForm(user=user, initial=plain, has_origin=has_origin)


def _form_page(
    request: HttpRequest, form: RequestForm, row: AssistanceRequest | None = None, *, status: int = 200, **more: Any
) -> HttpResponse:
    context = {
        "form": form,
        "request_row": row,
        "name": working_name(row) if row is not None else "",
        "takes_back": row is not None and row.status in {RequestStatus.CLEARED, RequestStatus.AUTHORISED},
        **more,
    }
    return render(request, "assistance/edit.html", context, status=status)


@login_required
@require_GET
def show(request: HttpRequest, reference: str) -> HttpResponse:
    return page(request, find(request, reference))


@login_required
@require_POST
def move(request: HttpRequest, reference: str) -> HttpResponse:
    user: Any = request.user
    row = find(request, reference)
    name, reason = request.POST.get("move", ""), clean(request.POST.get("reason", ""))
    try:
        if name == "clear":
            requests.clear_request(row, by=user)
        else:
            submission.conclude_request(row, move=name, by=user, reason=reason)
    except Refused as error:
        return refused(request, reference, error, typed_move=name, typed=reason)
    messages.success(request, _("Done. The people concerned have been told."))
    return redirect("assistance_request", reference)


@login_required
@require_http_methods(["GET", "POST"])
def authorise(request: HttpRequest, reference: str) -> HttpResponse:
    user: Any = request.user
    row = find(request, reference)
    permissions.require(user, AUTHORISE_REQUEST, row)
    form = AuthorisationForm(request.POST or None, uploads.handed_in(request.POST, request.FILES, by=user) or None)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                requests.authorise_request(row, by=user, **form.cleaned_data)
            except Refused as error:
                form.add_error(None, error.reason)
                status = 409
            else:
                messages.success(request, _("The authorisation is recorded. The request can be submitted."))
                return redirect("assistance_request", reference)
    return render(
        request,
        "assistance/authorise.html",
        {"form": form, "request_row": row, "name": working_name(row)},
        status=status,
    )


@login_required
@require_http_methods(["GET", "POST"])
def submit(request: HttpRequest, reference: str) -> HttpResponse:
    """What will be sent and who will read it; then the submission itself."""
    user: Any = request.user
    row = find(request, reference)
    permissions.require(user, SUBMIT_REQUEST, row)
    if request.method == "POST":
        try:
            version = submission.submit_request(row, move=request.POST.get("move", ""), by=user)
        except Refused as error:
            return refused(request, reference, error)
        messages.success(request, _("The request is with the agencies. They have been told and answer here."))
        return redirect("assistance_request", version.request.address)
    choices = [action for action in request_actions(user, row) if action.move in submission.SUBMITTING]
    context = {**state_page(user, row), "choices": choices, "agencies": row.agencies.order_by("code")}
    return render(request, "assistance/submit.html", context)


@login_required
@require_POST
def write(request: HttpRequest, reference: str) -> HttpResponse:
    row = find(request, reference)
    form = StateMessageForm(request.POST, request=row)
    if not form.is_valid():
        return page(request, row, status=422, message_form=form)
    said = form.cleaned_data
    try:
        talk.write_to_agencies(row, by=request.user, text=said["text"], agency=said["to"], token=said["token"])  # type: ignore[arg-type]
    except Refused as error:
        return refused(request, reference, error, message_form=form)
    messages.success(request, _("The message was sent."))
    return redirect("assistance_request", reference)


@login_required
@require_POST
def add(request: HttpRequest, reference: str) -> HttpResponse:
    row = find(request, reference)
    agency = get_object_or_404(Agency, code=clean(request.POST.get("agency", "")))
    try:
        submission.add_agency(row, agency=agency, by=request.user)  # type: ignore[arg-type]
    except Refused as error:
        return refused(request, reference, error)
    messages.success(request, _("%(agency)s is addressed as well.") % {"agency": agency})
    return redirect("assistance_request", reference)


@login_required
@require_POST
def settle(request: HttpRequest, reference: str, agency: str) -> HttpResponse:
    """Accept an agency's plan, confirm or dispute completion."""
    row = find(request, reference)
    rows = AgencyPosition.objects.of(request.user).select_related("request", "agency")
    position = get_object_or_404(rows, request=row, agency__code=agency)
    number = request.POST.get("number", "")
    name, reason = request.POST.get("move", ""), clean(request.POST.get("reason", ""))
    try:
        positions.move_position(
            position,
            move=name,
            by=request.user,  # type: ignore[arg-type]
            reason=reason,
            number=identifier(number),
        )
    except Refused as error:
        return refused(request, reference, error, typed_move=name, typed=reason)
    messages.success(request, _("Done. The people concerned have been told."))
    return redirect("assistance_request", reference)


@login_required
@require_GET
def letter_file(request: HttpRequest, reference: str) -> FileResponse:
    """The letter of the authority; it stays with the State."""
    row = find(request, reference)
    if not row.letter:
        raise Http404
    return FileResponse(row.letter.open("rb"), as_attachment=True, filename=row.letter_name)
