"""Comments on a section: threads, replies and suggestions; resolved, taken up again, accepted, withdrawn."""

import uuid
from collections.abc import Callable, Sequence
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from accounts.exceptions import Denial, Refused
from accounts.numbers import identifier
from reporting.reports.choices import Audience
from reporting.reports.models import Answer, Comment
from reporting.reports.permissions_comments import visible_comments
from reporting.reports.presenters import comments
from reporting.reports.presenters.outline import Place
from reporting.reports.presenters.rows import answers_of, paragraphs_of, readable
from reporting.reports.presenters.section import head, paragraph_numbers
from reporting.reports.services.comment import (
    add_comment,
    object_to_edit,
    reopen_comment,
    resolve_comment,
    withdraw_comment,
)
from reporting.reports.services.suggestion import accept_suggestion, decline_suggestion, suggest
from reporting.reports.views.access import framed, opened


@login_required
@require_GET
def index(request: HttpRequest, report: str, n: str) -> HttpResponse:
    return _page(request, opened(request, report, n))


def _page(request: HttpRequest, here: Place, refused: Refused | None = None) -> HttpResponse:
    """All threads, or those on one paragraph; after a refusal with its reason and the text that was typed."""
    if refused is not None and refused.denial is not Denial.STATE:
        raise refused
    answers = answers_of(here)
    mine = readable(here, answers)
    spots = comments.spots(mine, paragraphs_of(mine), paragraph_numbers(here, answers))
    sent = request.POST or request.GET
    key = sent.get("paragraph", "")
    threads = comments.threads(here, visible_comments(here.user, here.section), spots)
    context = {
        "head": head(here),
        "paragraph": spots.get(key),
        "paragraph_key": key,
        "threads": [each for each in threads if each["paragraph"] == key] if key in spots else threads,
        "comment_form": comments.box(
            here, mine, spots, key, objects=bool(request.POST.get("objection")), helps=_helped(mine, sent)
        ),
        "reason": refused.reason if refused else "",
        "typed": _text(request),
        "proposed": request.POST.get("proposal"),
        "chosen": {"answer": request.POST.get("answer", ""), "audience": request.POST.get("audience", "")},
    }
    status = 409 if refused else 200
    return render(request, "reports/section/comments.html", framed(here, **context), status=status)


def _helped(answers: Sequence[Answer], sent: QueryDict) -> Answer | None:
    """The question that help is asked for, where it is one of those that the person reads."""
    named = identifier(sent.get("answer", "")) if sent.get("help") else None
    return next((each for each in answers if each.pk == named), None)


@login_required
@require_POST
def add(request: HttpRequest, report: str, n: str) -> HttpResponse:
    here = opened(request, report, n)
    answer = _answer(here, request.POST.get("answer", ""))
    paragraph = _key(request.POST.get("paragraph", ""))
    common: dict[str, Any] = {"text": _text(request), "by": request.user, "paragraph_key": paragraph}
    try:
        if "proposal" in request.POST and answer is not None and paragraph is not None:
            wording = {"proposal": request.POST["proposal"], "audience": _audience(request)}
            comment = suggest(here.section, answer=answer, **wording, **common)
        elif request.POST.get("objection") and answer is not None:
            comment = object_to_edit(here.section, answer=answer, **common)
        elif request.POST.get("help") and answer is not None:
            comment = add_comment(here.section, answer=answer, asks_help=True, **common)
        else:
            comment = add_comment(
                here.section, answer=answer, audience=_audience(request), parent=_parent(request, here), **common
            )
    except Refused as refused:
        return _page(request, here, refused)
    messages.success(request, _("The comment is written."))
    return _back(request, here, comment)


def _back(request: HttpRequest, here: Place, comment: Comment) -> HttpResponse:
    """To the thread, on the page where it was read."""
    thread = comment.parent or comment
    if request.POST.get("back") != "section":
        return redirect(f"{here.url('section_comments')}#c-{thread.pk}")
    # Beside the answers stand the open ones.
    is_open = thread.resolved_at is None and thread.withdrawn_at is None
    return redirect(f"{here.url()}#{f'c-{thread.pk}' if is_open else 'comments'}")


def _key(text: str) -> uuid.UUID | None:
    if not text:
        return None
    try:
        return uuid.UUID(text)
    except ValueError:
        raise Http404 from None


def _text(request: HttpRequest) -> str:
    """What was written: in the box of the thread that is answered, or in the one for a new comment."""
    return request.POST.get(f"reply-{request.POST.get('parent', '')}", request.POST.get("text", ""))


def _audience(request: HttpRequest) -> str:
    chosen = request.POST.get("audience", "")
    return chosen if chosen in {Audience.BODY, Audience.SECTION} else Audience.SECTION


def _answer(here: Place, pk: str) -> Answer | None:
    if not pk.isdecimal():
        return None
    row = here.section.answers.filter(pk=identifier(pk) or 0).select_related("question").first()
    if row is None or (here.answer_ids is not None and row.pk not in here.answer_ids):
        raise Http404
    return row


def _parent(request: HttpRequest, here: Place) -> Comment | None:
    named = request.POST.get("parent", "")
    return _readable(here, identifier(named) or 0) if named.isdecimal() else None


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
        return _back(request, here, comment)

    return view


resolve = _act(resolve_comment, gettext_lazy("The comment is resolved."))
reopen = _act(reopen_comment, gettext_lazy("The comment is open again."))
accept = _act(accept_suggestion, gettext_lazy("The suggested wording stands in the paragraph."))
decline = _act(decline_suggestion, gettext_lazy("The suggestion is declined; the paragraph stays as it is."))
withdraw = _act(withdraw_comment, gettext_lazy("Your comment is withdrawn; that it was there stays visible."))
