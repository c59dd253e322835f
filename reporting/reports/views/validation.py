"""The whole draft with every body: no objection, or an objection, until a day."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts import permissions
from accounts.exceptions import Denial, Refused
from reporting.reports.forms.process import ReasonForm, ReplyForm, SettleForm, StartForm
from reporting.reports.models import Report, ValidationReply
from reporting.reports.permissions import COORDINATE_REPORT, OBJECT, SEE_WHOLE_REPORT
from reporting.reports.presenters import validation as shown
from reporting.reports.services.move import move_report
from reporting.reports.services.validation import record_reply, settle_objection
from reporting.reports.views.framing import framed, refused_context, report_at, status_of, tried


@login_required
@require_safe
def show(request: HttpRequest, report: str) -> HttpResponse:
    return _page(request, report_at(request, report, SEE_WHOLE_REPORT, OBJECT, COORDINATE_REPORT))


@login_required
@require_POST
def start(request: HttpRequest, report: str) -> HttpResponse:
    found = report_at(request, report, COORDINATE_REPORT)
    form = StartForm(request.POST)
    if not form.is_valid():
        return _page(request, found, form=form, start_form=form)
    until = form.cleaned_data["until"]
    refusal = tried(lambda: move_report(found, move="validate", by=request.user, until=until))  # type: ignore[arg-type]
    if refusal:
        return _page(request, found, refusal=refusal, start_form=form)
    messages.success(request, _("The draft is with every body in the report."))
    return redirect("report_validation", report)


@login_required
@require_POST
def reply(request: HttpRequest, report: str, body: int) -> HttpResponse:
    found = report_at(request, report, OBJECT)
    if body not in shown.my_bodies(found, request.user):  # type: ignore[arg-type]
        raise Refused(str(OBJECT.denial), Denial.NO_RIGHT)
    form = ReplyForm(request.POST, prefix=f"b{body}")
    if not form.is_valid():
        return _page(request, found, form=form, replies={body: form})
    data = form.cleaned_data
    row = next(each.body for _number, rows in shown.rounds(found)[:1] for each in rows if each.body.pk == body)
    refusal = tried(
        lambda: record_reply(found, body=row, reply=data["reply"], text=data["text"], by=request.user)  # type: ignore[arg-type]
    )
    if refusal:
        return _page(request, found, refusal=refusal, replies={body: form})
    messages.success(request, _("The answer of your body is recorded. The coordinators were told."))
    return redirect("report_validation", report)


@login_required
@require_POST
def settle(request: HttpRequest, report: str, pk: int) -> HttpResponse:
    found = report_at(request, report, COORDINATE_REPORT)
    objection = get_object_or_404(ValidationReply.objects.of(request.user).filter(report=found), pk=pk)
    form = SettleForm(request.POST, prefix=f"s{pk}")
    if not form.is_valid():
        return _page(request, found, form=form, settling={pk: form})
    note = form.cleaned_data["note"]
    refusal = tried(lambda: settle_objection(objection, note=note, by=request.user))  # type: ignore[arg-type]
    if refusal:
        return _page(request, found, refusal=refusal, settling={pk: form})
    messages.success(request, _("The objection is settled. The body was told."))
    return redirect("report_validation", report)


@login_required
@require_POST
def end(request: HttpRequest, report: str) -> HttpResponse:
    """Back to consolidation, to change the draft; the next validation is a new round."""
    found = report_at(request, report, COORDINATE_REPORT)
    permissions.require(request.user, COORDINATE_REPORT, found)
    form = ReasonForm(request.POST)
    if not form.is_valid():
        return _page(request, found, form=form, end_form=form)
    reason = form.cleaned_data["reason"]
    refusal = tried(lambda: move_report(found, move="back_to_consolidation", by=request.user, reason=reason))  # type: ignore[arg-type]
    if refusal:
        return _page(request, found, refusal=refusal, end_form=form)
    messages.success(request, _("The report is back in consolidation."))
    return redirect("report_validation", report)


def _page(
    request: HttpRequest,
    report: Report,
    *,
    form: Any = None,
    refusal: Refused | None = None,
    replies: dict[int, Any] | None = None,
    settling: dict[int, Any] | None = None,
    **forms: Any,
) -> HttpResponse:
    """The page, with the form that was wrong (422) or the reason of a refusal (409), and what was typed."""
    if refusal is not None:
        report = report_at(request, report.slug, SEE_WHOLE_REPORT, OBJECT, COORDINATE_REPORT)
    context = shown.page(report, request.user)  # type: ignore[arg-type]
    mine = shown.my_bodies(report, request.user) if context["is_open"] else set()  # type: ignore[arg-type]
    for row in context["rows"]:
        if row.body.pk in mine:
            initial = {"reply": row.reply.reply, "text": row.reply.text} if row.reply else {}
            form_of = ReplyForm(prefix=f"b{row.body.pk}", initial=initial)
            row.reply_form = (replies or {}).get(row.body.pk) or form_of
        if row.is_open and context["coordinates"] and context["is_open"]:
            row.settle_form = (settling or {}).get(row.reply.pk) or SettleForm(prefix=f"s{row.reply.pk}")
    context |= {"start_form": StartForm(), "end_form": ReasonForm(), "form": form} | forms | refused_context(refusal)
    return render(
        request,
        "reports/process/validation.html",
        framed(request, report, "report_validation", **context),
        status=status_of(refusal, form),
    )
