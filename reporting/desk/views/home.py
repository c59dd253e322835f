"""Where a person starts: what is with them, by what they are."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts import permissions
from accounts.choices import Role
from accounts.permissions import Person
from accounts.presenters.paging import number_asked, page_of
from reporting.desk.presenters import offices, sections
from reporting.desk.presenters.search import search as found_in
from reporting.reports.presenters import translation
from reporting.reports.presenters.words import page_url


@require_safe
def start(request: HttpRequest) -> HttpResponse:
    """The bare address: home for those signed in, else the way in."""
    return redirect("home" if request.user.is_authenticated else "account_login")


@login_required
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    who = permissions.person(request.user)
    views = _views(who)
    if not views:
        return _elsewhere(request)
    chosen = request.GET.get("view", "")
    current = chosen if chosen in views else next(iter(views))
    return _PAGES[current](request, {"tabs": _tabs(views, current), "view": current})


def _views(who: Person) -> dict[str, str]:
    """The lists that the person's roles call for, the first of them shown first."""
    views: dict[str, str] = {}
    if who.is_coordinator:
        views["reports"] = _("Your reports")
    if who.has_role(Role.DRAFTER, Role.FOCAL_POINT):
        views["sections"] = _("Your sections")
    if who.has_role(Role.FOCAL_POINT):
        views["ministry"] = _("The whole ministry")
    if who.has_role(Role.MISSION):
        views["files"] = _("Files to transmit")
    if who.has_role(Role.TRANSLATOR):
        views["translation"] = _("To translate")
    if who.has_role(Role.CONSULTED):
        views["shared"] = _("Shared with you")
    return views


def _tabs(views: dict[str, str], current: str) -> list[dict[str, Any]]:
    if len(views) < 2:
        return []
    url = reverse("home")
    return [{"label": label, "url": f"{url}?view={name}", "current": name == current} for name, label in views.items()]


def _elsewhere(request: HttpRequest) -> HttpResponse:
    """Officers, administrators and editors have rooms of their own; others wait for a role."""
    user: Any = request.user
    url = ""
    if permissions.person(user).posting is not None:
        url = page_url("agency_requests")
    elif user.is_administrator:
        url = page_url("settings")
    elif user.is_editor:
        url = page_url("instruments")
    if url:
        return redirect(url)
    return render(request, "desk/home_empty.html")


def _reports(request: HttpRequest, context: dict[str, Any]) -> HttpResponse:
    found = offices.coordinated(request.user, _wanted(request))
    return render(request, "desk/home_reports.html", {**context, **found, **_pages(request, found["listed"])})


def _wanted(request: HttpRequest) -> int:
    """The page of the whole list, or 0 where only its first rows are asked for."""
    return number_asked(request) if request.GET.get("all") == "1" else 0


def _pages(request: HttpRequest, listed: offices.Listed) -> dict[str, Any]:
    return page_of(request, count=listed.total, number=listed.page) if listed.page else {}


def _sections(request: HttpRequest, context: dict[str, Any]) -> HttpResponse:
    view = sections.View(
        ministry=context["view"] == "ministry",
        everything=request.GET.get("all") == "1",
        cleared=request.GET.get("cleared") == "1",
        page=number_asked(request),
    )
    desk = sections.desk(request.user, view)
    context |= {"desk": desk, "comments": sections.comments(request.user), "cleared": view.cleared}
    if view.everything or view.cleared:
        context |= page_of(request, count=desk.total, number=desk.page)
    return render(request, "desk/home_sections.html", context)


def _files(request: HttpRequest, context: dict[str, Any]) -> HttpResponse:
    found = offices.transmitted(request.user, _wanted(request))
    return render(request, "desk/home_files.html", {**context, **found, **_pages(request, found["listed"])})


def _shared(request: HttpRequest, context: dict[str, Any]) -> HttpResponse:
    return render(request, "desk/home_shared.html", {**context, "rounds": offices.shared(request.user)})


def _translation(request: HttpRequest, context: dict[str, Any]) -> HttpResponse:
    return render(request, "desk/home_translation.html", {**context, "work": translation.work(request.user)})  # type: ignore[arg-type]


_PAGES = {
    "reports": _reports,
    "sections": _sections,
    "ministry": _sections,
    "files": _files,
    "translation": _translation,
    "shared": _shared,
}


@login_required
@require_safe
def search(request: HttpRequest) -> HttpResponse:
    text = request.GET.get("q", "").strip()[:200]
    return render(request, "desk/search.html", {"text": text, "rooms": found_in(request.user, text)})
