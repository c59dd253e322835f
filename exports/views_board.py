"""The review board as a workbook."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.utils import timezone, translation
from django.views.decorators.http import require_GET

from accounts import history
from exports.assemble_board import listing_of_board
from exports.formats import xlsx
from exports.registry import FORMATS
from exports.views import attachment
from reporting.reports.views.board import coordinated, shown


@login_required
@require_GET
def board_export(request: HttpRequest, report: str) -> HttpResponse:
    """Bodies by sections, ordered and filtered as the query string says, for the coordinators of the report."""
    user: Any = request.user
    found = coordinated(request, report)
    listing = listing_of_board(
        shown(found, request.GET)["matrix"], language=translation.get_language(), generated_at=timezone.now()
    )
    history.record("report.export_board", by=user, subject=found, format="xlsx", rows=len(listing.rows))
    return attachment(xlsx.render_listing(listing), f"{found.slug}-board.xlsx", FORMATS["xlsx"].content_type)
