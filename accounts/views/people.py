"""People of a State, for its administrator, and of one body, for its focal point."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts import acts_people, permissions
from accounts.choices import LEVEL_SENTENCES, ROLE_SENTENCES, Level, Role
from accounts.context import with_home
from accounts.exceptions import Refused
from accounts.forms import BodyRoleForm, DeactivateForm, InviteForm, OfficerForm
from accounts.models import Invitation, Membership, StateParty, User
from accounts.numbers import identifier
from accounts.presenters import first_steps
from accounts.presenters.navigation import settings_tabs
from accounts.presenters.paging import paged_at_once
from accounts.services import invitations
from accounts.services import people as services


def own_state(request: HttpRequest) -> StateParty:
    """The State that the reader administers; to everybody else there is no such page."""
    state = getattr(with_home(request.user), "state_party", None)
    if state is None:
        raise Http404
    permissions.require(request.user, acts_people.ADMINISTER_STATE, state)
    return state


def attempt(request: HttpRequest, work: Callable[[], Any], done: str) -> bool:
    """Do ``work`` and say so; a refusal by the state of things becomes a message on the page it came from."""
    try:
        work()
    except Refused as refused:
        if refused.denial.value != 409:
            raise
        messages.error(request, refused.reason)
        return False
    messages.success(request, done)
    return True


def tabs(request: HttpRequest, current: str) -> list[dict[str, Any]]:
    return settings_tabs(permissions.person(request.user), current)


def invited(request: HttpRequest, link: str) -> None:
    messages.success(request, _("The invitation is on its way. Its link, shown this once: %(link)s") % {"link": link})


def waiting(**home: Any) -> "QuerySet[Invitation]":
    """Invitations that nobody has answered yet."""
    rows = Invitation.objects.filter(accepted_at=None, withdrawn_at=None, **home)
    return rows.select_related("body").order_by("email")


@require_safe
@login_required
def settings_people(request: HttpRequest) -> HttpResponse:
    state = own_state(request)
    words = request.GET.get("q", "").strip()
    rows = User.objects.filter(state_party=state)
    if words:
        mine = Membership.objects.filter(user=OuterRef("pk"), body__name__icontains=words)
        rows = rows.filter(Q(name__icontains=words) | Q(email__icontains=words) | Exists(mine))
    roles = Prefetch("memberships", queryset=Membership.objects.select_related("body"))
    context = {
        **paged_at_once(request, rows.prefetch_related(roles).order_by("-is_active", "name", "pk")),
        "tabs": tabs(request, "people"),
        "words": words,
        "invitations": waiting(state_party=state),
        "steps": first_steps.of_administrator(state),
    }
    return render(request, "accounts/settings/people.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def settings_invite(request: HttpRequest) -> HttpResponse:
    state = own_state(request)
    form = InviteForm(request.POST or None, state=state)
    status = 200
    if request.method == "POST":
        if form.is_valid():
            try:
                _row, link = invitations.invite(state=state, by=request.user, **form.cleaned_data)  # type: ignore[arg-type]
            except Refused as refused:
                form.add_error(None, refused.reason)
            else:
                invited(request, link)
                return redirect("settings_people")
        status = 422
    context = {"tabs": tabs(request, "people"), "form": form}
    return render(request, "accounts/settings/invite.html", context, status=status)


def _somebody(request: HttpRequest, pk: int) -> User:
    """A person of the reader's own State or agency."""
    user = request.user
    home = {"state_party_id": getattr(user, "state_party_id", None), "agency_id": getattr(user, "agency_id", None)}
    if not any(home.values()):
        raise Http404
    rows = User.objects.filter(**home).prefetch_related("memberships__body").select_related("state_party", "agency")
    return get_object_or_404(rows, pk=pk)


def _sentences(subject: User) -> list[dict[str, Any]]:
    """What each role of a person gives, in sentences; why somebody can do a thing, or cannot."""
    lines = [
        {"membership": row, "label": Role(row.role).label, "place": row.body, "text": ROLE_SENTENCES[Role(row.role)]}
        for row in subject.memberships.all()
    ]
    posting = getattr(subject, "posting", None) if subject.agency_id else None
    if posting is not None:
        level = Level(posting.level)
        lines.append(
            {"membership": None, "label": level.label, "place": subject.agency, "text": LEVEL_SENTENCES[level]}
        )
    return lines


@require_safe
@login_required
def settings_person(request: HttpRequest, pk: int) -> HttpResponse:
    """One person: roles and what each gives, and the acts that the reader may do."""
    return _person_page(request, _somebody(request, pk))


def _person_page(request: HttpRequest, subject: User, status: int = 200, **typed: Any) -> HttpResponse:
    """``typed`` are forms as they were sent, with what is wrong in them."""
    may_change = permissions.allows(request.user, acts_people.CHANGE_ROLES, subject)
    may_deactivate = permissions.allows(request.user, acts_people.DEACTIVATE, subject)
    is_own = subject.pk == request.user.pk and getattr(request.user, "is_administrator", False)
    if not (may_change or may_deactivate or is_own):
        raise Http404
    current = "agency" if subject.agency_id else "people"
    context: dict[str, Any] = {
        "tabs": tabs(request, current),
        "subject": subject,
        "sentences": _sentences(subject),
        "may_change": may_change,
        "may_deactivate": may_deactivate,
        "deactivate_form": DeactivateForm(user=subject),
    }
    if may_change and subject.state_party is not None:
        context["role_form"] = BodyRoleForm(state=subject.state_party)
    if may_change and subject.agency_id:
        posting = getattr(subject, "posting", None)
        initial = {"level": posting.level, "scope": posting.scope.all()} if posting else {}
        context["officer_form"] = OfficerForm(initial=initial)
    return render(request, "accounts/settings/person.html", {**context, **typed}, status=status)


@require_POST
@login_required
def settings_person_act(request: HttpRequest, pk: int, act: str) -> HttpResponse:
    """One of the acts on a person's page; the services ask the door."""
    subject, by = _somebody(request, pk), request.user
    done = _("The change is made, and recorded.")
    if act == "join" and subject.state_party is not None:
        form = BodyRoleForm(request.POST, state=subject.state_party)
        if not form.is_valid():
            return _person_page(request, subject, 422, role_form=form)
        data = form.cleaned_data
        attempt(request, lambda: services.join(subject, data["body"], role=data["role"], by=by), done)  # type: ignore[arg-type]
    elif act == "leave":
        named = request.POST.get("membership", "")
        row = get_object_or_404(Membership, pk=identifier(named) or 0, user=subject)
        attempt(request, lambda: services.leave(row, by=by), done)  # type: ignore[arg-type]
    elif act == "post" and subject.agency is not None:
        officer = OfficerForm(request.POST)
        if not officer.is_valid():
            return _person_page(request, subject, 422, officer_form=officer)
        data = officer.cleaned_data
        agency = subject.agency
        attempt(
            request,
            lambda: services.post(subject, agency, level=data["level"], scope=data["scope"], by=by),  # type: ignore[arg-type]
            done,
        )
    elif act == "administrator":
        wanted = request.POST.get("is_administrator") == "yes"
        attempt(request, lambda: services.change_administrator(subject, is_administrator=wanted, by=by), done)  # type: ignore[arg-type]
    elif act == "deactivate":
        leaving = DeactivateForm(request.POST, user=subject)
        if not leaving.is_valid():
            return _person_page(request, subject, 422, deactivate_form=leaving)
        heir = leaving.cleaned_data["hand_over_to"]
        attempt(request, lambda: services.deactivate(subject, by=by, hand_over_to=heir), done)  # type: ignore[arg-type]
    elif act == "reactivate":
        attempt(request, lambda: services.reactivate(subject, by=by), done)  # type: ignore[arg-type]
    else:
        raise Http404
    if not getattr(by, "is_administrator", False):
        return redirect("settings")
    return redirect("settings_person", pk)


@require_POST
@login_required
def settings_invitation(request: HttpRequest, pk: int, act: str) -> HttpResponse:
    """Send an invitation again, with a new link, or take it back."""
    row, by = get_object_or_404(Invitation, pk=pk), request.user
    try:
        if act == "resend":
            invited(request, invitations.resend(row, by=by)[1])  # type: ignore[arg-type]
        else:
            invitations.withdraw(row, by=by)  # type: ignore[arg-type]
            messages.success(request, _("The invitation is withdrawn: its link opens nothing any more."))
    except Refused as refused:
        if refused.denial.value != 409:
            raise
        messages.error(request, refused.reason)
    return redirect(request.POST.get("from") if request.POST.get("from", "").startswith("/settings/") else "settings")  # type: ignore[arg-type]
