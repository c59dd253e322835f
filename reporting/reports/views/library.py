"""The library of a State: its list, an item with its files and where it is cited, and what is changed there."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts import permissions
from accounts.exceptions import Denial, Refused
from accounts.presenters.paging import paged
from accounts.services import uploads
from reporting.reports.choices import ItemKind
from reporting.reports.forms.library import ItemForm, NewItemForm, VersionForm, WithdrawForm, initial_of
from reporting.reports.models import LibraryItem
from reporting.reports.permissions_library import ADD_TO_LIBRARY, EDIT_ITEM, READ_LIBRARY
from reporting.reports.presenters import library as presenter
from reporting.reports.services import library as services
from reporting.reports.views.framing import tried
from reporting.text.cleaning import clean

STANDINGS = {"expired": gettext_lazy("Expired"), "withdrawn": gettext_lazy("Withdrawn")}


def _home(request: HttpRequest) -> Any:
    """The person's State; those who read no library are told of none."""
    user: Any = request.user
    if user.state_party_id is None:
        raise Http404
    permissions.require(user, READ_LIBRARY, user.state_party)
    return user.state_party


def find(request: HttpRequest, pk: int) -> LibraryItem:
    _home(request)
    rows = LibraryItem.objects.of(request.user).select_related("body", "created_by", "withdrawn_by")
    item: LibraryItem = get_object_or_404(rows, pk=pk)
    return item


def chosen_of(request: HttpRequest) -> tuple[dict[str, str], Any]:
    """What the query string chooses, and the items that it leaves; withdrawn ones only where they are asked for."""
    chosen = {name: clean(request.GET.get(name, "")).strip() for name in ("q", "kind", "standing")}
    rows: Any = LibraryItem.objects.of(request.user).select_related("body")
    if chosen["standing"] == "withdrawn":
        rows = rows.withdrawn()
    elif chosen["standing"] == "expired":
        rows = rows.expired(timezone.localdate())
    else:
        rows = rows.in_use()
    if chosen["q"]:
        rows = rows.matching(chosen["q"])
    if chosen["kind"] in ItemKind.values:
        rows = rows.filter(kind=chosen["kind"])
    return chosen, rows.order_by("folded", "pk")


@login_required
@require_GET
def index(request: HttpRequest) -> HttpResponse:
    _home(request)
    chosen, rows = chosen_of(request)
    pages = paged(request, rows)
    context = {
        **pages,
        "rows": [presenter.row(each) for each in pages["page_obj"]],
        "chosen": chosen,
        "is_filtered": any(chosen.values()),
        "kinds": ItemKind.choices,
        "standings": STANDINGS.items(),
    }
    return render(request, "reports/library/index.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    user: Any = request.user
    permissions.require(user, ADD_TO_LIBRARY, _home(request))
    bodies = services.bodies_of(user)
    if request.method == "GET":
        return _form_page(request, NewItemForm(bodies=bodies), None)
    handed_in = uploads.handed_in(request.POST, request.FILES, by=user)
    form = NewItemForm(request.POST, handed_in, bodies=bodies)
    if form.is_valid():
        said: dict[str, Any] = {"by": user, "body": form.body_chosen, "file": form.cleaned_data.get("file")}
        try:
            item = services.add_item(form.facts(), **said)
        except Refused as refusal:
            if refusal.denial is not Denial.STATE:
                raise
            form.add_error(None, refusal.reason)
        else:
            messages.success(request, _("“%(title)s” is in the library.") % {"title": item.title})
            return redirect("library_item", item.pk)
    return _form_page(request, form, None, status=422)


def _form_page(request: HttpRequest, form: ItemForm, item: LibraryItem | None, *, status: int = 200) -> HttpResponse:
    return render(request, "reports/library/edit.html", {"form": form, "item": item}, status=status)


@login_required
@require_GET
def show(request: HttpRequest, pk: int) -> HttpResponse:
    return _page(request, find(request, pk))


def _page(request: HttpRequest, item: LibraryItem, *, status: int = 200, **forms: Any) -> HttpResponse:
    context = {"version_form": VersionForm(), "withdraw_form": WithdrawForm(), **forms}
    return render(
        request, "reports/library/item.html", {**presenter.page(request.user, item), **context}, status=status
    )  # type: ignore[arg-type]


@login_required
@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    item = find(request, pk)
    permissions.require(request.user, EDIT_ITEM, item)
    if request.method == "GET":
        return _form_page(request, ItemForm(initial=initial_of(item)), item)
    form = ItemForm(request.POST)
    if not form.is_valid():
        return _form_page(request, form, item, status=422)
    revision = form.cleaned_data["revision"]
    refusal = tried(lambda: services.edit_item(item, form.facts(), revision=revision, by=request.user))  # type: ignore[arg-type]
    if refusal is None:
        messages.success(request, _("“%(title)s” is changed.") % {"title": form.cleaned_data["title"]})
        return redirect("library_item", item.pk)
    now = find(request, pk)
    if now.revision != revision:
        form = ItemForm(initial=initial_of(now))
        return render(
            request, "reports/library/edit.html", {"form": form, "item": now, "reason": refusal.reason}, status=409
        )
    form.add_error(None, refusal.reason)
    return _form_page(request, form, item, status=409)


@login_required
@require_POST
def add_version(request: HttpRequest, pk: int) -> HttpResponse:
    item = find(request, pk)
    permissions.require(request.user, EDIT_ITEM, item)
    form = VersionForm(request.POST, uploads.handed_in(request.POST, request.FILES, by=request.user))
    if not form.is_valid():
        return _page(request, item, status=422, version_form=form)
    file = form.cleaned_data["file"]
    refusal = tried(lambda: services.add_version(item, file=file, by=request.user))  # type: ignore[arg-type]
    if refusal is not None:
        form.add_error("file", refusal.reason)
        return _page(request, find(request, pk), status=409, version_form=form)
    messages.success(request, _("The newer file is kept; the earlier ones stay below it."))
    return redirect("library_item", item.pk)


@login_required
@require_GET
def fetch(request: HttpRequest, pk: int, number: int) -> FileResponse:
    version = get_object_or_404(find(request, pk).versions, number=number)
    response = FileResponse(version.file.open("rb"), as_attachment=True, filename=version.file_name)
    response["Content-Type"] = version.content_type
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response


@login_required
@require_POST
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    form = WithdrawForm(request.POST)
    item = find(request, pk)
    permissions.require(request.user, EDIT_ITEM, item)
    if not form.is_valid():
        return _page(request, item, status=422, withdraw_form=form)
    reason = form.cleaned_data["reason"]
    return _moved(request, item, lambda: services.withdraw_item(item, reason=reason, by=request.user))  # type: ignore[arg-type]


@login_required
@require_POST
def restore(request: HttpRequest, pk: int) -> HttpResponse:
    item = find(request, pk)
    return _moved(request, item, lambda: services.restore_item(item, by=request.user))  # type: ignore[arg-type]


def _moved(request: HttpRequest, item: LibraryItem, act: Callable[[], object]) -> HttpResponse:
    try:
        act()
    except Refused as refusal:
        if refusal.denial is not Denial.STATE:
            raise
        return _page(request, find(request, item.pk), status=409, reason=refusal.reason)
    return redirect("library_item", item.pk)
