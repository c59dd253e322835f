"""Files of requests: one as a letter, and a filtered list as a workbook; each only what its reader may see."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import formats, timezone, translation
from django.views.decorators.http import require_GET

from accounts import history
from accounts.querysets import state_of
from exports.assemble_request import document_for_request, listing_of_requests, plain_request
from exports.formats import xlsx
from exports.formats.exceptions import CannotRender
from exports.registry import FORMATS, reason
from exports.views import attachment
from reporting.assistance.choices import Kind
from reporting.assistance.freeze import content, kind_labels
from reporting.assistance.models import AgencyPosition, AssistanceRequest
from reporting.assistance.presenters.signs import working_name
from reporting.assistance.views import agency
from reporting.assistance.views.state import filtered, filters_named


@login_required
@require_GET
def request_export(request: HttpRequest, reference: str, format: str) -> HttpResponse:
    """One request in a format: the State reads it as it stands, an agency the version submitted to it."""
    user: Any = request.user
    if format not in FORMATS:
        raise Http404
    row = _request(user, reference)
    said = content(row, user)
    try:
        data = _file(said, format)
    except CannotRender as error:
        others = [
            (each.label, reverse("request_export", args=[reference, each.slug]))
            for each in FORMATS.values()
            if each.slug != format
        ]
        return render(request, "exports/cannot.html", {"reason": reason(error), "others": others}, status=409)
    chain = history.chain_of(agency_id=user.agency_id) if user.agency_id else None
    history.record("request.export", by=user, subject=row, chain=chain, format=format)
    return attachment(
        data, f"{said['reference'] or 'request'}.{FORMATS[format].extension}", FORMATS[format].content_type
    )


def _file(said: dict[str, Any], format: str) -> bytes:
    """Raises CannotRender where the format cannot hold the text."""
    if format == "json":
        return plain_request(said)
    document = document_for_request(said, language=translation.get_language(), generated_at=timezone.now())
    return FORMATS[format].render(document)


def _request(user: Any, reference: str) -> AssistanceRequest:
    if user.agency_id is not None:
        rows = AgencyPosition.objects.of(user).select_related("request__state_party", "request__last_version")
        position: AgencyPosition = get_object_or_404(rows, request__reference=reference)
        return position.request
    own = AssistanceRequest.objects.of(user).select_related("state_party", "responsible", "last_version")
    row: AssistanceRequest = get_object_or_404(own.named(reference))
    return row


@login_required
@require_GET
def requests_export(request: HttpRequest) -> HttpResponse:
    """The State's list of requests as the query string filters it, as a workbook."""
    user: Any = request.user
    if state_of(user) is None:
        raise Http404
    chosen, rows = filtered(request)
    listed = rows.select_related("state_party").prefetch_related("provisions__instrument", "agencies")
    return _list_file(user, [_row(each) for each in listed], filters_named(chosen))


@login_required
@require_GET
def inbox_export(request: HttpRequest) -> HttpResponse:
    """The requests that the officer's agency was sent, as the query string filters them, as a workbook.

    Every cell comes from the submitted version.
    """
    user = agency.officer(request)
    chosen, rows = agency.filtered(request, user)
    return _list_file(user, [_sent(each) for each in rows], agency.filters_named(chosen))


def _list_file(user: Any, rows: list[dict[str, str]], filters: list[tuple[str, str]]) -> HttpResponse:
    listing = listing_of_requests(
        rows, filters=filters, language=translation.get_language(), generated_at=timezone.now()
    )
    history.record("request.export_list", by=user, format="xlsx", rows=len(rows))
    return attachment(xlsx.render_listing(listing), "requests.xlsx", FORMATS["xlsx"].content_type)


def _sent(position: AgencyPosition) -> dict[str, str]:
    version = position.request.last_version
    assert version is not None  # a position is made by a submission
    said = version.content
    return {
        "reference": said["reference"],
        "state": said["state"]["name"],
        "title": said["title"],
        "status": str(position.get_status_display()),
        "kinds": "; ".join(kind_labels(said["kinds"])),
        "provisions": "; ".join(f"{row['instrument']} {row['article']}" for row in said["provisions"]),
        "needed_by": formats.date_format(version.needed_by_on, "DATE_FORMAT") if version.needed_by_on else "",
        "agencies": ", ".join(row["code"] for row in said["agencies"]),
    }


def _row(each: AssistanceRequest) -> dict[str, str]:
    return {
        "reference": working_name(each),
        "state": str(each.state_party),
        "title": each.title,
        "status": str(each.get_status_display()),
        "kinds": "; ".join(str(Kind(code).label) for code in each.kind_codes),
        "provisions": "; ".join(f"{row.instrument.code} {row.reference}" for row in each.provisions.all()),
        "needed_by": formats.date_format(each.needed_by_on, "DATE_FORMAT") if each.needed_by_on else "",
        "agencies": ", ".join(agency.code for agency in each.agencies.all()),
    }
