"""Comments on a section: all threads, a new one, replies; resolved, taken up again, withdrawn."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from accounts.exceptions import Denial, Refused
from reporting.reports.choices import Audience
from reporting.reports.models import Answer, Comment
from reporting.reports.permissions_comments import visible_comments
from reporting.reports.presenters import comments
from reporting.reports.presenters.outline import Place
from reporting.reports.presenters.section import answers_of, head, readable
from reporting.reports.services.comment import (
    add_comment,
    object_to_edit,
    reopen_comment,
    resolve_comment,
    withdraw_comment,
)
from reporting.reports.views.access import framed, opened


@login_required
@require_GET
def index(request: HttpRequest, report: str, n: str) -> HttpResponse:
    return _page(request, opened(request, report, n))


def _page(request: HttpRequest, here: Place, refused: Refused | None = None) -> HttpResponse:
    """All threads; after a refusal with its reason and the text that was typed."""
    if refused is not None and refused.denial is not Denial.STATE:
        raise refused
    mine = readable(here, answers_of(here))
    context = {
        "head": head(here),
        "threads": comments.threads(here),
        "comment_form": comments.box(here, mine),
        "reason": refused.reason if refused else "",
        "typed": request.POST.get("text", ""),
    }
    status = 409 if refused else 200
    return render(request, "reports/section/comments.html", framed(here, **context), status=status)


@login_required
@require_POST
def add(request: HttpRequest, report: str, n: str) -> HttpResponse:
    here = opened(request, report, n)
    answer = _answer(here, request.POST.get("answer", ""))
    paragraph = request.POST.get("paragraph", "") or None
    common: dict[str, Any] = {"text": request.POST.get("text", ""), "by": request.user, "paragraph_key": paragraph}
    common["quote"] = request.POST.get("quote", "")[:120]
    try:
        if request.POST.get("objection") and answer is not None:
            object_to_edit(here.section, answer=answer, **common)
        else:
            add_comment(
                here.section, answer=answer, audience=_audience(request), parent=_parent(request, here), **common
            )
    except Refused as refused:
        return _page(request, here, refused)
    messages.success(request, _("The comment is written."))
    return redirect(here.url("section_comments"))


def _audience(request: HttpRequest) -> str:
    chosen = request.POST.get("audience", "")
    return chosen if chosen in {Audience.BODY, Audience.SECTION} else Audience.SECTION


def _answer(here: Place, pk: str) -> Answer | None:
    if not pk.isdecimal():
        return None
    row = here.section.answers.filter(pk=pk).select_related("question").first()
    if row is None or (here.answer_ids is not None and row.pk not in here.answer_ids):
        raise Http404
    return row


def _parent(request: HttpRequest, here: Place) -> Comment | None:
    pk = request.POST.get("parent", "")
    return _readable(here, int(pk)) if pk.isdecimal() else None


def _readable(here: Place, pk: int) -> Comment:
    row = visible_comments(here.user, here.section).filter(pk=pk).first()
    if row is None:
        raise Http404
    row.section = here.section
    return row


def _act(act: Callable[..., Comment], said: Any) -> Callable[..., HttpResponse]:
    @login_required
    @require_POST
    def view(request: HttpRequest, report: str, n: str, pk: int) -> HttpResponse:
        here = opened(request, report, n)
        comment = _readable(here, pk)
        try:
            act(comment, by=request.user)
        except Refused as refused:
            return _page(request, here, refused)
        messages.success(request, str(said))
        return redirect(here.url("section_comments"))

    return view


resolve = _act(resolve_comment, gettext_lazy("The comment is resolved."))
reopen = _act(reopen_comment, gettext_lazy("The comment is open again."))
withdraw = _act(withdraw_comment, gettext_lazy("Your comment is withdrawn; that it was there stays visible."))
