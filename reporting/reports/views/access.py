"""Coming to a section: found within one's State (else 404), and seen by right (else 403)."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from accounts import permissions
from accounts.exceptions import Denial, Refused
from accounts.services import uploads
from reporting.reports.permissions import SEE_PART_OF_SECTION
from reporting.reports.presenters.outline import Place, place
from reporting.reports.presenters.section import page
from reporting.reports.presenters.strip import strip


def opened(request: HttpRequest, report: str, n: str) -> Place:
    """The section at an address. Raises Http404, or Refused where one may not read anything of it."""
    here = place(request.user, report, n)  # type: ignore[arg-type]
    if here is None:
        raise Http404
    permissions.require(request.user, SEE_PART_OF_SECTION, here.section)
    return here


def framed(here: Place, **context: Any) -> dict[str, Any]:
    """The context of any page of a section: the strip of its report besides."""
    return {**strip(here.report, here.user, "report_sections"), "here": here, "section": here.section, **context}


def again(request: HttpRequest, report: str, n: str, refused: Refused | None = None, **state: Any) -> HttpResponse:
    """The section's page once more, with what was typed and the reason; refusals of right go on to the middleware."""
    if refused is not None and refused.denial is not Denial.STATE:
        raise refused
    here = opened(request, report, n)
    if refused is not None:
        missing = getattr(refused, "missing", None) or []
        state |= {"refusal": refused.reason, "missing": [*state.get("missing", ()), *missing] or [(refused.reason, "")]}
    if request.method == "POST":
        handed_in = uploads.handed_in(request.POST, request.FILES, by=request.user)
        state |= {"data": request.POST, "handed_in": handed_in}
    context = page(here, **state)
    return render(request, "reports/section/page.html", framed(here, **context), status=409 if refused else 422)
