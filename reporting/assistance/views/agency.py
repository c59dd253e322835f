"""The request reader of an agency: its door is what was submitted to it."""

import datetime
import uuid
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from accounts import permissions
from accounts.exceptions import Denial, Refused
from accounts.models import StateParty
from accounts.presenters.paging import paged
from reporting.assistance.choices import Kind, PositionStatus
from reporting.assistance.forms import AgencyTextForm, ReferralForm
from reporting.assistance.models import AgencyPosition, RequestVersion
from reporting.assistance.permissions import ASK_BACK, READ_POSITION, WRITE_NOTE
from reporting.assistance.presenters.pages import agency_cards, agency_page
from reporting.assistance.presenters.signs import ANSWER_DAYS, SOON_DAYS
from reporting.assistance.querysets import packed
from reporting.assistance.services import position as positions
from reporting.assistance.services import submission, talk
from reporting.cycles.choices import OFFICIAL_LANGUAGES
from reporting.text.cleaning import clean


def officer(request: HttpRequest) -> Any:
    user: Any = request.user
    if permissions.person(user).posting is None:
        raise Http404
    return user


def _chosen(request: HttpRequest) -> dict[str, Any]:
    names = ("q", "kind", "state", "language", "soon", "late")
    return {
        **{name: clean(request.GET.get(name, "")).strip() for name in names},
        "position": [each for each in request.GET.getlist("position") if each in PositionStatus.values],
    }


def filters_named(chosen: dict[str, Any]) -> list[tuple[str, str]]:
    """The filters of an inbox in words, pairs of a name and what was chosen; those not set are left out."""
    labels = dict(PositionStatus.choices)
    state = StateParty.objects.filter(code=chosen["state"]).first() if chosen["state"] else None
    found = [
        (_("Search requests"), chosen["q"]),
        (_("Your position"), "; ".join(str(labels[value]) for value in chosen["position"])),
        (_("Kind of assistance"), str(dict(Kind.choices).get(chosen["kind"], ""))),
        (_("State"), str(state or chosen["state"])),
        (_("Written in"), str(dict(OFFICIAL_LANGUAGES).get(chosen["language"], ""))),
        (_("Needed soon"), _("Yes") if chosen["soon"] else ""),
        (_("No answer for ten days"), _("Yes") if chosen["late"] else ""),
    ]
    return [(name, value) for name, value in found if value]


def filtered(request: HttpRequest, user: Any) -> tuple[dict[str, Any], Any]:
    """What the query string chooses, and the positions of the officer's agency that it leaves, newest first."""
    chosen = _chosen(request)
    rows = AgencyPosition.objects.of(user).select_related("request__last_version", "state_party")
    rows = rows.order_by("-request__last_version__submitted_at", "-pk")
    if chosen["q"]:
        rows = rows.matching(chosen["q"])
    if chosen["position"]:
        rows = rows.filter(status__in=chosen["position"])
    if chosen["kind"] in Kind.values:
        rows = rows.filter(request__last_version__kinds__contains=packed([chosen["kind"]]))
    if chosen["state"]:
        rows = rows.filter(state_party__code=chosen["state"])
    if chosen["language"]:
        rows = rows.filter(request__last_version__language=chosen["language"])
    if chosen["soon"]:
        rows = rows.needed_before(timezone.localdate() + datetime.timedelta(days=SOON_DAYS))
    if chosen["late"]:
        rows = rows.without_answer_since(timezone.now() - datetime.timedelta(days=ANSWER_DAYS))
    return chosen, rows


def _listing(request: HttpRequest, user: Any, chosen_reference: str = "") -> dict[str, Any]:
    """Filters, cards and pager of the inbox."""
    chosen, rows = filtered(request, user)
    counts = AgencyPosition.objects.of(user).counted()
    pages = paged(request, rows)
    return {
        **pages,
        "cards": agency_cards(pages["page_obj"], chosen_reference),
        "chosen": chosen,
        "states": [
            {"code": code, "name": name}
            for code, name in {row["state_party__code"]: row["state_party__name"] for row in counts}.items()
        ],
        "kinds": [(value, label, sum(row[f"kind_{value}"] for row in counts)) for value, label in Kind.choices],
        "languages_written": OFFICIAL_LANGUAGES,
        "positions": [
            (value, label, value in chosen["position"], sum(row["count"] for row in counts if row["status"] == value))
            for value, label in PositionStatus.choices
        ],
    }


@login_required
@require_GET
def inbox(request: HttpRequest) -> HttpResponse:
    user = officer(request)
    return render(request, "agency/requests.html", _listing(request, user))


def _find(user: Any, reference: str) -> AgencyPosition:
    rows = AgencyPosition.objects.of(user).select_related("request__last_version", "agency", "state_party", "plan")
    position = get_object_or_404(rows, request__reference=reference)
    permissions.require(user, READ_POSITION, position)
    return position


def _page(request: HttpRequest, user: Any, reference: str, *, status: int = 200, **more: Any) -> HttpResponse:
    position = _find(user, reference)
    version = get_object_or_404(RequestVersion.objects.for_agency(user), request_id=position.request_id)
    context = {
        **_listing(request, user, reference),
        **agency_page(user, version, position),
        "text_form": AgencyTextForm(initial={"token": uuid.uuid4()}, position=position, user=user),
        "referral_form": ReferralForm(request=position.request),
        "is_detail": True,
        **more,
    }
    return render(request, "agency/requests.html", context, status=status)


@login_required
@require_GET
def show(request: HttpRequest, reference: str) -> HttpResponse:
    return _page(request, officer(request), reference)


@login_required
@require_POST
def move(request: HttpRequest, reference: str) -> HttpResponse:
    user = officer(request)
    position = _find(user, reference)
    name, reason = request.POST.get("move", ""), clean(request.POST.get("reason", ""))
    try:
        if name == "take":
            positions.take_responsibility(position, by=user)
        else:
            positions.move_position(position, move=name, by=user, reason=reason)
    except Refused as error:
        return _refused(request, user, reference, error, typed_move=name, typed=reason)
    messages.success(request, _("Done. The people concerned have been told."))
    return redirect("agency_request", reference)


@login_required
@require_POST
def write(request: HttpRequest, reference: str) -> HttpResponse:
    """The box: a reply to the State, to all, a note inside the agency, or a question that returns the request."""
    user = officer(request)
    position = _find(user, reference)
    form = AgencyTextForm(request.POST, position=position, user=user)
    act = {form.NOTE: WRITE_NOTE, form.ASK_BACK: ASK_BACK}.get(request.POST.get("audience", ""))
    try:
        if act is not None:  # before the form, which does not know what it does not offer
            permissions.require(user, act, position)
    except Refused as error:
        return _refused(request, user, reference, error, text_form=form)
    if not form.is_valid():
        return _page(request, user, reference, status=422, text_form=form)
    said, text, token = form.cleaned_data["audience"], form.cleaned_data["text"], form.cleaned_data["token"]
    try:
        if said == form.NOTE:
            talk.write_note(position, by=user, text=text, token=token)
        elif said == form.ASK_BACK:
            submission.ask_back(position, by=user, text=text)
        else:
            talk.write_to_state(position, by=user, text=text, to_all=said == form.TO_ALL, token=token)
    except Refused as error:
        return _refused(request, user, reference, error, text_form=form)
    done = _("The note stays inside the agency.") if said == form.NOTE else _("The State has been told.")
    messages.success(request, done)
    return redirect("agency_request", reference)


@login_required
@require_POST
def refer(request: HttpRequest, reference: str) -> HttpResponse:
    user = officer(request)
    position = _find(user, reference)
    form = ReferralForm(request.POST, request=position.request)
    if not form.is_valid():
        return _page(request, user, reference, status=422, referral_form=form)
    try:
        positions.propose_referral(position, by=user, **form.cleaned_data)
    except Refused as error:
        return _refused(request, user, reference, error, referral_form=form)
    messages.success(request, _("The State has been told. It alone decides whether to address another agency."))
    return redirect("agency_request", reference)


def _refused(request: HttpRequest, user: Any, reference: str, error: Refused, **more: Any) -> HttpResponse:
    if error.denial is not Denial.STATE:
        raise error
    return _page(request, user, reference, status=409, refusal=error.reason, **more)
