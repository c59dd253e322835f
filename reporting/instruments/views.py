"""Pages of instruments, their articles, the themes that tie them together, and what binds the State."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Prefetch
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts import permissions
from reporting.instruments import forms
from reporting.instruments.models import Instrument, Provision, Ratification, Reservation, Theme
from reporting.instruments.permissions import RECORD_RATIFICATION
from reporting.instruments.presenters import crosswalk as matrix
from reporting.instruments.presenters.instrument import article_page, instrument_page
from reporting.instruments.presenters.listing import groups
from reporting.instruments.presenters.theme import label_of, theme_page
from reporting.instruments.presenters.words import words
from reporting.instruments.services import ratification as services

_MOST_FOUND = 50


@login_required
def instruments(request: HttpRequest) -> HttpResponse:
    user: Any = request.user
    text = request.GET.get("q", "").strip()[:200]
    context: dict[str, Any] = {"text": text, "shows_standing": user.state_party_id is not None}
    if text:
        provisions = Provision.objects.matching(text).select_related("instrument")
        provisions = provisions.order_by("instrument__position", "position")[:_MOST_FOUND]
        context["found"] = {
            "instruments": [(row, words(row, "short_name")) for row in Instrument.objects.matching(text)[:_MOST_FOUND]],
            "themes": [(row, words(row, "title")) for row in Theme.objects.matching(text)[:_MOST_FOUND]],
            "provisions": [(row, label_of(row)) for row in provisions],
        }
    else:
        context["groups"] = groups(user, on=timezone.localdate())
    return render(request, "instruments/list.html", context)


@login_required
def instrument(request: HttpRequest, code: str) -> HttpResponse:
    parts = Prefetch("provisions", Provision.objects.select_related("part").order_by("position"))
    row = get_object_or_404(
        Instrument.objects.select_related("mechanism").prefetch_related("facts", parts), code__iexact=code
    )
    page = instrument_page(request.user, row, on=timezone.localdate())
    return render(request, "instruments/instrument.html", {"page": page})


@login_required
def provision(request: HttpRequest, code: str, article: str) -> HttpResponse:
    rows = list(
        Provision.objects.filter(instrument__code__iexact=code, article__iexact=article)
        .select_related("instrument__mechanism", "part")
        .order_by("position")
    )
    if not rows:
        raise Http404
    return render(
        request, "instruments/provision.html", {"page": article_page(request.user, rows, on=timezone.localdate())}
    )


@login_required
def crosswalk(request: HttpRequest) -> HttpResponse:
    user: Any = request.user
    filters = matrix.Filters.read(request.GET)
    today = timezone.localdate()
    chosen = Theme.objects.filter(code=filters.theme).first() if filters.theme else None
    context = {
        "matrix": matrix.matrix(user, filters, on=today),
        "panel": theme_page(user, chosen, on=today) if chosen else None,
        "shows_standing": user.state_party_id is not None,
    }
    return render(request, "instruments/crosswalk.html", context)


@login_required
def theme(request: HttpRequest, code: str) -> HttpResponse:
    user: Any = request.user
    row = get_object_or_404(Theme, code=code)
    return render(request, "instruments/theme.html", {"panel": theme_page(user, row, on=timezone.localdate())})


@login_required
def ratification(request: HttpRequest, code: str) -> HttpResponse:
    """Record what binds the State; only coordinators, each for the own State."""
    row, known = _own(request, code)
    form = forms.RatificationForm(request.POST or None, instrument=row, ratification=known)
    user: Any = request.user
    if request.method == "POST" and form.is_valid():
        services.record_ratification(user.state_party, instrument=row, by=user, **form.cleaned_data)
        messages.success(request, _("The ratification is recorded."))
        return redirect("instrument", row.slug)
    return _ratification_page(request, row, known, form, forms.ReservationForm(instrument=row))


@login_required
@require_POST
def add_reservation(request: HttpRequest, code: str) -> HttpResponse:
    row, known = _own(request, code)
    if known is None:
        raise Http404
    form = forms.ReservationForm(request.POST, instrument=row)
    if form.is_valid():
        user: Any = request.user
        services.add_reservation(known, by=user, **form.cleaned_data)
        messages.success(request, _("The reservation is recorded."))
        return redirect("ratification", row.slug)
    return _ratification_page(request, row, known, forms.RatificationForm(instrument=row, ratification=known), form)


@login_required
@require_POST
def withdraw_reservation(request: HttpRequest, pk: int) -> HttpResponse:
    user: Any = request.user
    row = get_object_or_404(Reservation.objects.of(user).select_related("ratification__instrument"), pk=pk)
    permissions.require(user, RECORD_RATIFICATION, row)
    form = forms.WithdrawalForm(request.POST)
    if form.is_valid():
        services.withdraw_reservation(row, withdrawn_on=form.cleaned_data["withdrawn_on"], by=user)
        messages.success(request, _("The withdrawal is recorded."))
    else:
        messages.error(request, _("Enter the day of the withdrawal."))
    return redirect("ratification", row.ratification.instrument.slug)


def _own(request: HttpRequest, code: str) -> tuple[Instrument, Ratification | None]:
    """The instrument, and the State's ratification of it, for somebody who may record it."""
    user: Any = request.user
    if user.state_party is None:
        raise Http404
    permissions.require(user, RECORD_RATIFICATION, user.state_party)
    row = get_object_or_404(Instrument, code__iexact=code)
    return row, Ratification.objects.of(user).filter(instrument=row).first()


def _ratification_page(
    request: HttpRequest,
    row: Instrument,
    known: Ratification | None,
    form: forms.RatificationForm,
    reservation: forms.ReservationForm,
) -> HttpResponse:
    context = {
        "instrument": row,
        "name": words(row, "title"),
        "ratification": known,
        "form": form,
        "reservation_form": reservation,
        "reservations": list(known.reservations.order_by("made_on", "pk")) if known else [],
    }
    is_wrong = form.errors or reservation.errors
    return render(request, "instruments/ratification.html", context, status=422 if is_wrong else 200)
