"""Papers around a report: the receipt of a submission, the log as an annex, a questionnaire to fill in by hand."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone, translation
from django.views.decorators.http import require_GET

from accounts import history, permissions
from accounts.models import HistoryEntry
from accounts.presenters.record import lines
from exports.assemble_blank import document_for_blank
from exports.assemble_log import document_for_log, listing_of_log
from exports.assemble_receipt import document_for_receipt
from exports.document import Document
from exports.formats import xlsx
from exports.formats.exceptions import CannotRender
from exports.models import StoredFile
from exports.registry import FORMATS, reason
from exports.views import attachment, report_at
from reporting.questionnaires.models import Questionnaire
from reporting.questionnaires.presenters import edition
from reporting.reports.models import Submission
from reporting.reports.permissions import COORDINATE_REPORT, READ_SUBMISSION, TRANSMIT_REPORT


@login_required
@require_GET
def receipt(request: HttpRequest, report: str, number: int) -> HttpResponse:
    """What was endorsed, and, for those who record it, how it was transmitted and received."""
    user: Any = request.user
    rows = Submission.objects.of(user).select_related("report__cycle", "state_party", "recorded_by")
    submission = get_object_or_404(rows, report__slug=report, number=number)
    permissions.require(user, READ_SUBMISSION, submission)
    sees_course = permissions.may_ever(user, TRANSMIT_REPORT, submission.report)
    document = document_for_receipt(
        submission,
        files=list(StoredFile.objects.filter(submission=submission).order_by("pk")),
        transmissions=list(submission.transmissions.order_by("sent_on", "pk")) if sees_course else [],
        language=translation.get_language(),
        generated_at=timezone.now(),
    )
    return _drawn(request, document, "pdf", f"{report}-{number}-receipt", "submission.receipt", submission)


@login_required
@require_GET
def log(request: HttpRequest, report: str, format: str) -> HttpResponse:
    """Every act in the report, for those who read them on the page of the log."""
    user: Any = request.user
    if format not in {"xlsx", "pdf"}:
        raise Http404
    found = report_at(request, report)
    if not permissions.may_ever(user, COORDINATE_REPORT, found):
        permissions.require(user, COORDINATE_REPORT, found)
    chain = history.chain_of(state_id=found.state_party_id)
    acts = lines(HistoryEntry.objects.filter(chain=chain, context=found.slug).order_by("number"))
    language, now = translation.get_language(), timezone.now()
    if format == "xlsx":
        data = xlsx.render_listing(listing_of_log(acts, language=language, generated_at=now))
        history.record("report.export_log", by=user, subject=found, format=format)
        return attachment(data, f"{found.slug}-log.xlsx", FORMATS["xlsx"].content_type)
    document = document_for_log(
        acts, title=found.title_here, state=found.state_party.name, language=language, generated_at=now
    )
    return _drawn(request, document, format, f"{found.slug}-log", "report.export_log", found)


@login_required
@require_GET
def blank(request: HttpRequest, code: str, format: str) -> HttpResponse:
    """An edition, or with ``?section=F2`` a section of it, with room for the answers."""
    user: Any = request.user
    if format not in {"pdf", "docx"}:
        raise Http404
    rows = Questionnaire.objects.for_state(user.state_party_id).readable().select_related("instrument", "mechanism")
    row = get_object_or_404(rows, code=code)
    section = request.GET.get("section", "")
    document = document_for_blank(
        edition(row), section=section, language=translation.get_language(), generated_at=timezone.now()
    )
    if document is None:
        raise Http404
    return _drawn(request, document, format, "-".join(part for part in (code, section.lower()) if part))


def _drawn(
    request: HttpRequest, document: Document, format: str, name: str, act: str = "", subject: Any = None
) -> HttpResponse:
    """The file, with its act where it is one of a State."""
    user: Any = request.user
    try:
        data = FORMATS[format].render(document)
    except CannotRender as error:
        return render(request, "exports/cannot.html", {"reason": reason(error)}, status=409)
    if act:
        history.record(act, by=user, subject=subject, format=format)
    return attachment(data, f"{name}.{FORMATS[format].extension}", FORMATS[format].content_type)
