"""The note verbale, and what came back: recorded by the permanent mission and the coordinators."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from accounts.exceptions import Refused
from reporting.reports.choices import ReportStatus
from reporting.reports.forms.process import ReceiptForm, SecretariatForm, SymbolForm, TransmitForm
from reporting.reports.models import Report
from reporting.reports.permissions import TRANSMIT_REPORT
from reporting.reports.presenters.submission import FORMATS, files, submissions, transmissions
from reporting.reports.services import submission as services
from reporting.reports.views.framing import framed, refused_context, report_at, status_of, tried

# Address, the form of the page that it fills, the service, what is said afterwards.
ACTS: dict[str, tuple[str, Any, Any]] = {
    "sent": ("transmit_form", services.transmit, gettext_lazy("The transmission is recorded.")),
    "receipt": ("receipt_form", services.receive, gettext_lazy("The receipt is recorded.")),
    "symbol": ("symbol_form", services.record_symbol, gettext_lazy("The symbol is recorded.")),
    "return": (
        "return_form",
        services.returned_by_secretariat,
        gettext_lazy("The return is recorded. The report is back in consolidation."),
    ),
}


def _forms(report: Report, data: Any = None, only: str = "") -> dict[str, Any]:
    """The forms that the report's state allows; the one that was sent is filled with ``data``."""
    status = ReportStatus(report.status)
    forms: dict[str, Any] = {}
    sent = {ReportStatus.TRANSMITTED, ReportStatus.RECEIVED}

    def filled(name: str) -> Any:
        return data if name == only else None

    if status == ReportStatus.ENDORSED or only == "transmit_form":
        forms["transmit_form"] = TransmitForm(report, FORMATS, filled("transmit_form"), prefix="sent")
    if status == ReportStatus.TRANSMITTED or only == "receipt_form":
        forms["receipt_form"] = ReceiptForm(filled("receipt_form"), prefix="receipt")
    if status in {ReportStatus.RECEIVED, ReportStatus.CONSIDERED, ReportStatus.CLOSED} or only == "symbol_form":
        forms["symbol_form"] = SymbolForm(filled("symbol_form"), prefix="symbol")
    if status in sent or only == "return_form":
        forms["return_form"] = SecretariatForm(filled("return_form"), prefix="return")
    return forms


@login_required
@require_safe
def show(request: HttpRequest, report: str) -> HttpResponse:
    found = report_at(request, report, TRANSMIT_REPORT)
    return _page(request, found, _forms(found))


@login_required
@require_POST
def record(request: HttpRequest, report: str, act: str) -> HttpResponse:
    found = report_at(request, report, TRANSMIT_REPORT)
    if act not in ACTS:
        raise Http404
    name, service, said = ACTS[act]
    forms = _forms(found, request.POST, only=name)
    form = forms[name]
    if not form.is_valid():
        return _page(request, found, forms, form=form)
    refusal = tried(lambda: service(found, by=request.user, **form.cleaned_data))
    if refusal:
        found = report_at(request, report, TRANSMIT_REPORT)
        return _page(request, found, _forms(found, request.POST, only=name), refusal=refusal)
    messages.success(request, str(said))
    return redirect("report_transmission", report)


def _page(
    request: HttpRequest, report: Report, forms: dict[str, Any], *, form: Any = None, refusal: Refused | None = None
) -> HttpResponse:
    last = submissions(report).first()
    context = framed(
        request,
        report,
        "report_transmission",
        submission=last,
        files=files(report, last) if last else [],
        transmissions=transmissions(report),
        form=form,
        waits=_("A report is transmitted once it has been endorsed."),
        **forms,
        **refused_context(refusal),
    )
    return render(request, "reports/process/transmission.html", context, status=status_of(refusal, form))
