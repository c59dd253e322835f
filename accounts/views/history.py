"""The record of acts, read by right."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts import acts_people, labels, permissions
from accounts.history import chain_of
from accounts.models import HistoryEntry
from accounts.presenters import record
from accounts.presenters.paging import paged
from accounts.views.people import tabs

MOVED = {"from", "to"}  # facts of an act that are states and no content


@require_safe
@login_required
def settings_history(request: HttpRequest) -> HttpResponse:
    """Acts of the reader's State or agency, newest first; filtered by act, person and subject.

    An administrator has no right to content, so the reasons that people gave for acts on
    reports and requests, and the titles and files that they wrote there, are shown to coordinators alone.
    """
    chain = _chain(request)
    asked = {name: request.GET.get(name, "").strip() for name in ("act", "person", "subject")}
    rows = HistoryEntry.objects.filter(chain=chain).order_by("-number")
    if asked["act"]:
        rows = rows.filter(act=asked["act"])
    if asked["person"]:
        rows = rows.filter(actor_name__icontains=asked["person"])
    reads_all = permissions.person(request.user).is_coordinator
    if asked["subject"] and not reads_all:
        rows = rows.filter(Q(subject_type__startswith="accounts.") | Q(subject_type__in=list(labels.of)))
    if asked["subject"]:
        rows = record.about(rows, asked["subject"])
    pages = paged(request, rows)
    acts = HistoryEntry.objects.filter(chain=chain).order_by("act").values_list("act", flat=True).distinct()
    lines = record.lines(pages["page_obj"])
    if not reads_all:
        lines = [_without_content(line) for line in lines]
    context = {
        "tabs": tabs(request, "history"),
        "lines": lines,
        **pages,
        "acts": sorted(((act, record.act_in_words(act)) for act in acts), key=lambda pair: pair[1]),
        "asked": asked,
    }
    return render(request, "accounts/settings/history.html", context)


def _without_content(line: dict[str, Any]) -> dict[str, Any]:
    """An act on content: its subject is named only where that is done by keys, and not by what people wrote."""
    kind = line["kind"]
    if kind.startswith("accounts."):
        return line
    subject = line["subject"] if not kind or kind in labels.of else ""
    details = [each for each in line["details"] if not each["key"].endswith("_reason")]
    details = [each for each in details if not kind or each["key"] in MOVED]
    return {**line, "subject": subject, "reason": "", "details": details}


def _chain(request: HttpRequest) -> str:
    user = request.user
    state, agency = getattr(user, "state_party", None), getattr(user, "agency", None)
    if state is not None:
        permissions.require(user, acts_people.READ_STATE_HISTORY, state)
        return chain_of(state_id=state.pk)
    if agency is not None:
        permissions.require(user, acts_people.READ_AGENCY_HISTORY, agency)
        return chain_of(agency_id=agency.pk)
    raise Http404
