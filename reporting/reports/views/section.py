"""The page of a section: write, read, review, and its moves."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts import permissions
from accounts.exceptions import NotReady, Refused
from reporting.reports.choices import BEFORE_ENDORSED
from reporting.reports.permissions import COORDINATE_SECTION, NAME_DRAFTERS
from reporting.reports.presenters import section as presenter
from reporting.reports.presenters.actions import missing_answers
from reporting.reports.presenters.drafters import drafters
from reporting.reports.presenters.reading import reading
from reporting.reports.presenters.rows import answers_of, readable
from reporting.reports.presenters.sent import sent
from reporting.reports.services.report import ask_question
from reporting.reports.services.section import mark_done, move_section, name_drafters
from reporting.reports.views.access import again, framed, opened
from reporting.reports.workflow import SECTION_MOVES


@login_required
@require_GET
def show(request: HttpRequest, report: str, n: str) -> HttpResponse:
    here = opened(request, report, n)
    context = presenter.page(here, boxed=request.GET.get("box") == "1", show_all=request.GET.get("show") == "all")
    return render(request, "reports/section/page.html", framed(here, **context))


@login_required
@require_GET
def review(request: HttpRequest, report: str, n: str) -> HttpResponse:
    """The section with the review form at the top of the shelf."""
    here = opened(request, report, n)
    permissions.require(request.user, COORDINATE_SECTION, here.section)
    return render(request, "reports/section/page.html", framed(here, **presenter.page(here, is_review=True)))


@login_required
@require_GET
def read(request: HttpRequest, report: str, n: str) -> HttpResponse:
    here = opened(request, report, n)
    draft = here.report.status in BEFORE_ENDORSED
    context = {**reading(here), "printed_at": timezone.now(), "draft": draft}
    return render(request, "reports/section/read.html", framed(here, **context))


@login_required
@require_POST
def move(request: HttpRequest, report: str, n: str, move: str) -> HttpResponse:
    here = opened(request, report, n)
    if move not in SECTION_MOVES or move == "start":
        raise Http404
    try:
        move_section(here.section, move=move, by=request.user, reason=request.POST.get("reason", ""))  # type: ignore[arg-type]
    except NotReady as refused:
        missing = missing_answers(readable(here, answers_of(here)))
        refused.missing = [*missing, *refused.missing]
        return again(request, report, n, refused, is_review=move in {"return", "clear"})
    except Refused as refused:
        return again(request, report, n, refused, is_review=move in {"return", "clear"})
    return redirect(here.url("section_sent"))


@login_required
@require_GET
def done(request: HttpRequest, report: str, n: str) -> HttpResponse:
    """After a move: who has it now, by when they answer, and what to do next."""
    here = opened(request, report, n)
    return render(request, "reports/section/sent.html", framed(here, **sent(here)))


@login_required
@require_POST
def mark(request: HttpRequest, report: str, n: str, answer: int) -> HttpResponse:
    here = opened(request, report, n)
    row = here.section.answers.filter(pk=answer).select_related("question").first()
    if row is None or (here.answer_ids is not None and row.pk not in here.answer_ids):
        raise Http404
    try:
        mark_done(here.section, answer_id=row.pk, done=request.POST.get("done") == "1", by=request.user)  # type: ignore[arg-type]
    except Refused as refused:
        return again(request, report, n, refused)
    return redirect(f"{here.url()}#q{row.question.number}")


@login_required
@require_http_methods(["GET", "POST"])
def named(request: HttpRequest, report: str, n: str) -> HttpResponse:
    """The focal point names who drafts; nobody named means all of the body's drafters."""
    here = opened(request, report, n)
    permissions.require(request.user, NAME_DRAFTERS, here.section)
    context = drafters(here)
    if request.method == "POST":
        chosen = [user for user in context["people"] if str(user.pk) in request.POST.getlist("drafters")]
        try:
            name_drafters(here.section, chosen, by=request.user)  # type: ignore[arg-type]
        except Refused as refused:
            return render(
                request, "reports/section/drafters.html", framed(here, **context, reason=refused.reason), status=409
            )
        messages.success(request, _("The drafters of %(section)s are named.") % {"section": here.section.code})
        return redirect(here.url())
    return render(request, "reports/section/drafters.html", framed(here, **context))


@login_required
@require_http_methods(["GET", "POST"])
def questions(request: HttpRequest, report: str, n: str) -> HttpResponse:
    """The coordinator puts questions back, sets them aside, and says which are required."""
    here = opened(request, report, n)
    permissions.require(request.user, COORDINATE_SECTION, here.section)
    rows = list(here.section.answers.select_related("question").order_by("question__position"))
    reason = ""
    if request.method == "POST":
        reason = _set_questions(request, here.section, rows)
        if not reason:
            messages.success(request, _("Saved %(when)s.") % {"when": timezone.localtime().strftime("%H:%M")})
            return redirect(here.url("section_questions"))
    return render(
        request,
        "reports/section/questions.html",
        framed(here, rows=rows, reason=reason, head=presenter.head(here)),
        status=409 if reason else 200,
    )


def _set_questions(request: HttpRequest, section: object, rows: list) -> str:  # type: ignore[type-arg]
    for row in rows:
        asked, required = f"asked_{row.pk}" in request.POST, f"required_{row.pk}" in request.POST
        if (asked, required and asked) == (row.asked, row.is_required):
            continue
        row.section = section
        try:
            ask_question(row, asked=asked, is_required=required, by=request.user)  # type: ignore[arg-type]
        except Refused as refused:
            return refused.reason
    return ""
