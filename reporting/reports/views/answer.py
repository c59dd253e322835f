"""Saving what was written in a section, and choosing between two texts where both sides changed one."""

import re
import uuid
from collections.abc import Iterable

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.exceptions import NotReady, Refused
from accounts.numbers import identifier
from accounts.services import uploads
from reporting.reports.choices import Why
from reporting.reports.forms.conflict import resolution
from reporting.reports.forms.section import question_forms, received
from reporting.reports.models import Answer, Contribution
from reporting.reports.presenters.actions import missing_answers
from reporting.reports.presenters.conflict import conflict
from reporting.reports.presenters.rows import answers_of, readable
from reporting.reports.services.answer import AnswerEdit, Saved, save_answers, save_page
from reporting.reports.services.contribution import move_contribution
from reporting.reports.services.locked import Locked
from reporting.reports.services.section import mark_done, move_section
from reporting.reports.views.access import again, framed, opened
from reporting.reports.views.citing import settle


@require_POST
def save(request: HttpRequest, report: str, n: str) -> HttpResponse:
    """Save every answer of the section that was changed; what stands against it comes back with what was typed."""
    if not request.user.is_authenticated:
        return signed_out(request, report, n)
    editorial = _is_editorial(request)
    # Looked at before anything is locked.
    handed_in = received(uploads.handed_in(request.POST, request.FILES, by=request.user))

    def read(locked: Locked) -> list[AnswerEdit]:
        answers = _sent(locked.answers.values(), request)
        forms = question_forms(
            answers,
            {},
            last_year=locked.section.report.last_year,
            data=request.POST,
            handed_in=handed_in,
            same=locked.file_with,
            text_only=editorial,
        )
        if any(form.errors for form in forms.values()):
            raise _Unreadable
        targets = _targets(answers[0], [form.target_code for form in forms.values() if form.target_code])
        return [edit for form in forms.values() if (edit := form.edit(targets)) is not None]

    try:
        saved = save_page(report, n, read, by=request.user, why=Why.EDITORIAL if editorial else Why.DRAFT)
    except _Unreadable:
        return again(request, report, n)
    except Refused as refused:
        return again(request, report, n, refused)
    if saved.clashes:
        return _conflict(request, report, n, saved)
    _tell(request, saved)
    return _then(request, report, n, saved)


# The buttons of a table: they save, and the page comes back where they are.
_BUTTON = re.compile(r"a\d+-(by-\w+-)?(up|down|remove|drop)")


class _Unreadable(Exception):
    """Something typed could not be read; the page says at its place what."""


def _sent(answers: Iterable[Answer], request: HttpRequest) -> list[Answer]:
    """Those of the answers that the page sent."""
    sent = [answer for answer in answers if answer.asked and f"a{answer.pk}_version" in request.POST]
    if not sent:
        raise Http404
    return sent


def _answers(request: HttpRequest, report: str, n: str) -> list[Answer]:
    """The answers that the page sent, as they stand: one statement."""
    rows = Answer.objects.of(request.user).filter(report__slug=report, section__slug=n)
    answers = _sent(rows.select_related("question", "target_question", "section__report"), request)
    for answer in answers:
        answer.section = answers[0].section
    return answers


def _targets(answer: Answer, codes: list[str]) -> dict[str, int]:
    """Ids of the questions that the codes name, such as F2-Q1; asked only where one was typed."""
    if not codes:
        return {}
    rows = Answer.objects.filter(report=answer.report_id, asked=True).values_list("question__code", "question_id")
    known = {code.upper(): pk for code, pk in rows}
    known |= {code.partition("-")[2]: pk for code, pk in known.items()}
    for code in codes:
        if code not in known:
            raise Refused(_("This report has no question %(code)s. Write it like F2-Q1.") % {"code": code})
    return known


def _tell(request: HttpRequest, saved: Saved) -> None:
    # What was saved stands in the page's own save line, so that a save costs no message.
    if not saved.versions and not request.POST.get("then", "").startswith(("library", "take", "stand", "keep")):
        messages.info(request, _("Nothing had changed, so nothing was saved."))
    for name in sorted(set(saved.merged_with.values())):
        messages.info(request, _("%(name)s changed other passages meanwhile; both are kept.") % {"name": name})


def _then(request: HttpRequest, report: str, n: str, saved: Saved) -> HttpResponse:
    """What the button besides saving asks for: send the section, send a contribution, mark a question as done."""
    wish, _dash, named = request.POST.get("then", "").partition("-")
    pk = identifier(named)
    address = reverse("report_section", args=[report, n])
    try:
        if wish == "send":
            move_section(
                saved.section,
                move="send_for_review",
                by=request.user,  # type: ignore[arg-type]
                reason=request.POST.get("reason", ""),
            )
            return redirect("section_sent", report, n)
        if wish == "contribution" and pk is not None:
            row = Contribution.objects.of(request.user).filter(section=saved.section, pk=pk).first()
            if row is None:
                raise Http404
            move_contribution(row, move="send", by=request.user)  # type: ignore[arg-type]
            return redirect("section_sent", report, n)
        if wish == "library" and pk is not None:
            return redirect(f"{reverse('section_library', args=[report, n])}?question={pk}")
        if (cited := settle(request, saved.section, wish, named)) is not None:
            return redirect(f"{address}#a{cited}")
        if wish in {"done", "undone"} and pk is not None:
            mark_done(saved.section, answer_id=pk, done=wish == "done", by=request.user)  # type: ignore[arg-type]
            return redirect(f"{address}#a{pk}")
    except NotReady as refused:
        here = opened(request, report, n)
        found = missing_answers(readable(here, answers_of(here)))
        refused.missing = [*found, *refused.missing]
        return again(request, report, n, refused)
    except Refused as refused:
        return again(request, report, n, refused)
    row_moved = next((name for name in request.POST if _BUTTON.fullmatch(name)), "")
    return redirect(f"{address}#{row_moved.partition('-')[0]}" if row_moved else address)


def _is_editorial(request: HttpRequest) -> bool:
    """Whether the form is that of a coordinator's own edit; it stays so through a clash."""
    return request.POST.get("why") == Why.EDITORIAL


def _conflict(request: HttpRequest, report: str, n: str, saved: Saved) -> HttpResponse:
    here = opened(request, report, n)
    return render(
        request,
        "reports/section/conflict.html",
        framed(here, **conflict(here, saved), editorial=_is_editorial(request)),
        status=409,
    )


@login_required
@require_POST
def resolve(request: HttpRequest, report: str, n: str) -> HttpResponse:
    """Save what a person chose between two texts; asked again where nothing was chosen or it moved on meanwhile."""
    answers = _answers(request, report, n)
    chosen = resolution(answers, request.POST, new_key=lambda: str(uuid.uuid4()))
    if chosen.undecided:
        here = opened(request, report, n)
        context = conflict(here, chosen.as_saved(here.section), undecided=True)
        context["editorial"] = _is_editorial(request)
        return render(request, "reports/section/conflict.html", framed(here, **context), status=422)
    why = Why.EDITORIAL if _is_editorial(request) else Why.DRAFT
    edits: list[AnswerEdit] = chosen.edits
    try:
        saved = save_answers(answers[0].section, edits, by=request.user, why=why)  # type: ignore[arg-type]
    except Refused as refused:
        return again(request, report, n, refused)
    if saved.clashes:
        return _conflict(request, report, n, saved)
    _tell(request, saved)
    return redirect("report_section", report, n)


def signed_out(request: HttpRequest, report: str, n: str) -> HttpResponse:
    """The session has ended: nothing is cleared, what was typed is shown to be copied or sent again."""
    texts = [
        text
        for name, text in request.POST.items()
        if text.strip() and not name.endswith(("_version", uploads.FIELD)) and name[:1] == "a" and name[1:2].isdecimal()
    ]
    address = reverse("report_section", args=[report, n])
    context = {"texts": texts, "address": address, "login": f"{reverse('account_login')}?next={address}"}
    return render(request, "reports/section/signed_out.html", context, status=401)
