"""Sharing sections with consulted bodies: the coordinators' side, and the side of those who comment."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts import permissions
from accounts.exceptions import Refused
from accounts.numbers import identifier
from reporting.reports.forms.process import RemarkForm, RoundForm
from reporting.reports.models import Comment, ConsultationRound
from reporting.reports.permissions import CLOSE_ROUND, COORDINATE_REPORT, SEE_ROUND
from reporting.reports.presenters import consultation as shown
from reporting.reports.services import consultation as services
from reporting.reports.services.comment import withdraw_comment
from reporting.reports.views.framing import framed, refused_context, report_at, status_of, tried


def _round_at(request: HttpRequest, report: str, number: int | None = None) -> ConsultationRound:
    """A round that the person may see (else 404): that of ``number``, or the last one."""
    rows = ConsultationRound.objects.of(request.user).filter(report__slug=report)
    if number is not None:
        rows = rows.filter(number=number)
    rows = rows.select_related(
        "report__cycle__instrument", "report__cycle__mechanism", "report__state_party"
    ).prefetch_related("bodies")
    for row in rows.order_by("-number"):
        if permissions.allows(request.user, SEE_ROUND, row):
            return row  # type: ignore[no-any-return]
    raise Http404


# --- coordinators --------------------------------------------------------------------------


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def coordinate(request: HttpRequest, report: str) -> HttpResponse:
    """The rounds so far, and the form that opens another."""
    found = report_at(request, report, COORDINATE_REPORT)
    form = RoundForm(found, shown.consulted_bodies(found), request.POST if request.method == "POST" else None)
    refusal = None
    if form.is_bound and form.is_valid():
        refusal = tried(lambda: services.open_round(found, by=request.user, **form.cleaned_data))  # type: ignore[arg-type]
        if refusal is None:
            messages.success(request, _("The sections are shared. The bodies were told."))
            return redirect("report_consultation", report)
    context = framed(
        request,
        found,
        "report_consultation",
        form=form,
        rounds=shown.rounds_of(found),
        may_open=permissions.allows(request.user, COORDINATE_REPORT, found) or form.is_bound,
        **refused_context(refusal),
    )
    return render(request, "reports/process/consultation.html", context, status=status_of(refusal, form))


@login_required
@require_safe
def read_round(request: HttpRequest, report: str, number: int) -> HttpResponse:
    report_at(request, report, COORDINATE_REPORT)
    return _round_page(request, _round_at(request, report, number), coordinates=True)


@login_required
@require_POST
def close(request: HttpRequest, report: str, number: int) -> HttpResponse:
    report_at(request, report, COORDINATE_REPORT)
    consultation = _round_at(request, report, number)
    permissions.require(request.user, CLOSE_ROUND, consultation)
    refusal = tried(lambda: services.close_round(consultation, by=request.user))  # type: ignore[arg-type]
    if refusal:
        return _round_page(request, _round_at(request, report, number), coordinates=True, refusal=refusal)
    messages.success(request, _("The consultation is closed."))
    return redirect("report_consultation_round", report, number)


@login_required
@require_POST
def answer(request: HttpRequest, report: str, number: int, pk: int) -> HttpResponse:
    report_at(request, report, COORDINATE_REPORT)
    consultation = _round_at(request, report, number)
    rows = Comment.objects.of(request.user).filter(round=consultation)
    row = get_object_or_404(rows.select_related("round__report__cycle"), pk=pk)
    form = RemarkForm(request.POST)
    if not form.is_valid():
        return _round_page(request, consultation, coordinates=True, form=form, place=f"c{pk}")
    refusal = tried(lambda: services.answer_comment(row, text=form.cleaned_data["text"], by=request.user))  # type: ignore[arg-type]
    if refusal:
        return _round_page(request, consultation, coordinates=True, refusal=refusal, form=form, place=f"c{pk}")
    messages.success(request, _("The answer is sent. The bodies consulted read it."))
    return redirect("report_consultation_round", report, number)


# --- those who are consulted -----------------------------------------------------------------


@login_required
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    rounds = shown.shared_with(request.user)  # type: ignore[arg-type]
    return render(request, "reports/process/consultations.html", {"rounds": rounds})


@login_required
@require_safe
def take_part(request: HttpRequest, report: str) -> HttpResponse:
    """The last round that is shared with the person's body, or an earlier one (?round=1)."""
    chosen = request.GET.get("round", "")
    return _round_page(request, _round_at(request, report, identifier(chosen)))


@login_required
@require_POST
def comment(request: HttpRequest, report: str, number: int) -> HttpResponse:
    consultation = _round_at(request, report, number)
    place = request.POST.get("place", "")
    rows = consultation.report.sections.select_related("section")
    section = rows.filter(section__code=place).first() or rows.filter(answers__question__code=place).first()
    if section is None:
        raise Http404
    on = section.answers.select_related("question").filter(question__code=place).first()
    form = RemarkForm(request.POST)
    if not form.is_valid():
        return _round_page(request, consultation, form=form, place=place)
    text = form.cleaned_data["text"]
    refusal = tried(
        lambda: services.comment_in_round(consultation, section=section, answer=on, text=text, by=request.user)  # type: ignore[arg-type]
    )
    if refusal:
        return _round_page(request, _round_at(request, report, number), refusal=refusal, form=form, place=place)
    messages.success(request, _("Your comment is sent to the coordinators."))
    return redirect(f"{_address(consultation)}#at-{place}")


@login_required
@require_POST
def withdraw(request: HttpRequest, report: str, pk: int) -> HttpResponse:
    rows = Comment.objects.of(request.user).filter(round__report__slug=report).select_related("round")
    row = get_object_or_404(rows, pk=pk)
    consultation = _round_at(request, report, row.round.number)
    refusal = tried(lambda: withdraw_comment(row, by=request.user))  # type: ignore[arg-type]
    if refusal:
        return _round_page(request, consultation, refusal=refusal)
    messages.success(request, _("Your comment is withdrawn."))
    return redirect(_address(consultation))


def _address(consultation: ConsultationRound) -> str:
    return f"{reverse('consultation_report', args=[consultation.report.slug])}?round={consultation.number}"


def _round_page(
    request: HttpRequest,
    consultation: ConsultationRound,
    *,
    coordinates: bool = False,
    refusal: Refused | None = None,
    form: Any = None,
    place: str = "",
) -> HttpResponse:
    typed = {"place": place, "form": form} if form is not None else None
    context = shown.page(consultation, request.user, typed)  # type: ignore[arg-type]
    context |= {"form": form, "remark_form": RemarkForm(), "coordinates": coordinates} | refused_context(refusal)
    if coordinates:
        context = framed(request, consultation.report, "report_consultation", **context)
    return render(request, "reports/process/round.html", context, status=status_of(refusal, form))
