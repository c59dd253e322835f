"""What the pages of a report's later life share: the way in, the frame, and a refusal shown on the page itself."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from accounts import permissions
from accounts.acts import Act
from accounts.exceptions import Denial, Refused
from reporting.reports.models import Report
from reporting.reports.permissions import SEE_REPORT
from reporting.reports.presenters.strip import strip

RELATED = ("cycle__instrument", "cycle__mechanism", "cycle__coordinating_body", "state_party", "status_by")


def report_at(request: HttpRequest, slug: str, *acts: Act) -> Report:
    """The report at an address of the person's own State (else 404).

    The person must have the right to see it and, of ``acts``, to one whatever the report's state (else 403).
    """
    report = get_object_or_404(Report.objects.of(request.user).select_related(*RELATED), slug=slug)
    if acts and not any(permissions.may_ever(request.user, act, report) for act in acts):
        permissions.require(request.user, acts[0], report)
    if not acts:
        permissions.require(request.user, SEE_REPORT, report)
    return report


def framed(request: HttpRequest, report: Report, current: str, **context: Any) -> dict[str, Any]:
    """The context of a page: the strip of its report besides its own."""
    return {**strip(report, request.user, current), "report": report, **context}  # type: ignore[arg-type]


def tried(act: Callable[[], object]) -> Refused | None:
    """Carry ``act`` out; a refusal for reasons of state is handed back, to be shown on the page (409)."""
    try:
        act()
    except Refused as refusal:
        if refusal.denial is not Denial.STATE:
            raise
        return refusal
    return None


def refused_context(refusal: Refused | None) -> dict[str, Any]:
    """``missing`` for components/form_errors.html, where something was refused."""
    if refusal is None:
        return {}
    missing = getattr(refusal, "missing", None) or [(refusal.reason, "")]
    return {"missing": missing}


def status_of(refusal: Refused | None, form: Any = None) -> int:
    if refusal is not None:
        return 409
    return 422 if form is not None and form.errors else 200
