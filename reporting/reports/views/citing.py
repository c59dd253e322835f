"""Citing from the library in an answer of a section: found on a page of its own, with and without script."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts import permissions
from accounts.exceptions import Denial, Refused
from accounts.numbers import identifier
from accounts.presenters.paging import paged
from reporting.reports.models import ReportSection
from reporting.reports.permissions import EDIT_ANSWER
from reporting.reports.permissions_library import READ_LIBRARY
from reporting.reports.presenters import library as presenter
from reporting.reports.presenters.outline import Place
from reporting.reports.presenters.section import head
from reporting.reports.services.citing import LISTS, cite, keep, let_stand, take_over
from reporting.reports.views.access import framed, opened
from reporting.reports.views.library import chosen_of


@login_required
@require_http_methods(["GET", "POST"])
def search(request: HttpRequest, report: str, n: str) -> HttpResponse:
    """The items of the library that match, each with a button; a POST cites one in the answer."""
    here = opened(request, report, n)
    permissions.require(request.user, READ_LIBRARY, here.report.state_party)
    if request.method == "GET":
        return _page(request, here)
    answer, item = (identifier(request.POST.get(name, "")) or 0 for name in ("question", "item"))
    try:
        cite(here.section, answer=answer, item=item, by=request.user)  # type: ignore[arg-type]
    except Refused as refused:
        if refused.denial is not Denial.STATE:
            raise
        return _page(request, here, reason=refused.reason)
    messages.success(request, _("Cited. Add the article or what else belongs to this answer."))
    return redirect(f"{here.url()}#a{answer}")


def settle(request: HttpRequest, section: ReportSection, wish: str, named: str) -> int | None:
    """What a button beside an entry asks for, after the save: take over what changed, let it stand, or keep it in the
    library. ``named`` is "ANSWER-KEY"; returns the answer's id, None where the wish is none of these."""
    number, _dash, key = named.partition("-")
    answer = identifier(number)
    if answer is None or wish not in {"take", "stand", "keep"}:
        return None
    said = {"answer": answer, "key": key, "by": request.user}
    if wish == "take":
        take_over(section, **said)  # type: ignore[arg-type]
        messages.success(request, _("The entry says what the library says now."))
    elif wish == "stand":
        let_stand(section, **said)  # type: ignore[arg-type]
        messages.success(request, _("The entry stays as it is."))
    else:
        item = keep(section, **said)  # type: ignore[arg-type]
        messages.success(request, _("“%(title)s” is in the library.") % {"title": item.title})
    return answer


def _page(request: HttpRequest, here: Place, *, reason: str = "") -> HttpResponse:
    pk = identifier(request.POST.get("question", "") or request.GET.get("question", "")) or 0
    answer = here.section.answers.filter(pk=pk, asked=True).select_related("question").first()
    is_readable = answer is not None and (here.answer_ids is None or answer.pk in here.answer_ids)
    if answer is None or not is_readable or answer.question.kind not in LISTS:
        raise Http404
    answer.section = here.section
    if not reason:
        permissions.require(request.user, EDIT_ANSWER, answer)
    chosen, rows = chosen_of(request)
    pages = paged(request, rows.in_use())
    cited = set(answer.citations.values_list("item", flat=True))
    context = {
        **pages,
        "rows": [{**presenter.row(each), "is_cited": each.pk in cited} for each in pages["page_obj"]],
        "chosen": chosen,
        "answer": answer,
        "head": head(here),
        "reason": reason,
    }
    return render(request, "reports/library/cite.html", framed(here, **context), status=409 if reason else 200)
