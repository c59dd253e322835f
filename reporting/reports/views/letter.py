"""From the board: writing to the focal points of a body."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts import permissions
from reporting.reports.forms.letter import LetterForm
from reporting.reports.permissions import COMMENT_ON_SECTION
from reporting.reports.presenters import board
from reporting.reports.presenters.strip import strip
from reporting.reports.presenters.words import is_late
from reporting.reports.services.comment import add_comment
from reporting.reports.views.board import coordinated


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def write(request: HttpRequest, report: str, body: str) -> HttpResponse:
    """A comment on one of the body's sections, of which its focal points are told at once."""
    found = coordinated(request, report)
    sections = [row for row in board.sections_of(found) if row.lead is not None and row.lead.slug == body]
    if not sections:
        raise Http404
    permissions.require(request.user, COMMENT_ON_SECTION, sections[0])
    late = next((row for row in sections if is_late(row)), sections[0])
    form = LetterForm(request.POST or None, sections=sections, initial={"section": late.pk})
    if request.method == "POST" and form.is_valid():
        section = form.chosen()
        add_comment(section, text=form.cleaned_data["text"], by=request.user, urgent=True)
        said = {"body": section.lead, "code": section.code}
        messages.success(
            request, _("Sent to the focal points of %(body)s; it stands among the comments of %(code)s.") % said
        )
        return redirect("report_board", found.slug)
    lead = sections[0].lead
    assert lead is not None
    context = {
        **strip(found, request.user, "report_board"),
        "report": found,
        "form": form,
        "body": lead,
        "people": board.focal_points({lead.pk}).get(lead.pk, ""),
    }
    return render(request, "reports/letter.html", context, status=422 if form.is_bound else 200)
