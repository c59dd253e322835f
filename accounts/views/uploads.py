"""Sending a file in pieces: begun, a piece after the other, asked how far it is, given up."""

import functools
import uuid
from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from accounts.exceptions import Denial, Refused
from accounts.forms_uploads import PieceForm, StartForm
from accounts.models import Upload
from accounts.services import uploads as service

View = Callable[..., HttpResponse]


def signed_in(view: View) -> View:
    """A script is told where to sign in rather than led there. 401: {"login"}."""

    @functools.wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.is_authenticated:
            return JsonResponse({"login": reverse("account_login")}, status=401)
        return view(request, *args, **kwargs)

    return wrapped


def _told(row: Upload) -> dict[str, Any]:
    address = reverse("upload", args=[row.uuid])
    return {"upload": row.uuid, "url": address, "piece": row.piece, "received": row.received, "size": row.size}


def _refused(refused: Refused, **more: Any) -> JsonResponse:
    if refused.denial is Denial.HIDDEN:
        raise Http404
    return _said({"refused": refused.reason, **more}, status=409)


def _said(data: dict[str, Any], status: int = 200) -> JsonResponse:
    return JsonResponse(data, status=status, json_dumps_params={"ensure_ascii": False})


def _unreadable() -> JsonResponse:
    return _said({"refused": _("The page sent what cannot be read. Open it again.")}, status=400)


def _own(request: HttpRequest, key: uuid.UUID) -> Upload:
    return get_object_or_404(Upload.objects.of(request.user), owner=request.user, uuid=key)


@never_cache
@require_http_methods(["GET", "POST"])
@signed_in
def start(request: HttpRequest) -> HttpResponse:
    """Begin, or continue what has arrived: {"upload", "url", "piece": bytes, "received", "size"}; 409 {"refused"}.

    Asked, the sentences and the template that the page shows meanwhile, with a token of the session as it is.
    """
    if request.method == "GET":
        return render(request, "accounts/_uploads.html")
    form = StartForm(request.POST)
    if not form.is_valid():
        return _unreadable()
    try:
        return _said(_told(service.start(**form.cleaned_data, by=request.user)))
    except Refused as refused:
        return _refused(refused)


@never_cache
@require_http_methods(["GET", "POST"])
@signed_in
def upload(request: HttpRequest, key: uuid.UUID) -> JsonResponse:
    """How much has arrived; a POST brings a piece.

    409: {"refused": sentence, "received"}, with "gone" where nothing can come of the file any more.
    """
    row = _own(request, key)
    if request.method == "GET":
        return _said(_told(row))
    form = PieceForm(request.POST, request.FILES)
    if not form.is_valid():
        return _unreadable()
    piece = form.cleaned_data["piece"]
    try:
        data = piece.read(row.piece + 1)
        return _said(_told(service.put(row, offset=form.cleaned_data["offset"], data=data, by=request.user)))
    except service.Hopeless as refused:
        service.give_up(row, by=request.user)
        return _refused(refused, gone=True)
    except Refused as refused:
        row.refresh_from_db()
        return _refused(refused, received=row.received)


@never_cache
@require_POST
@signed_in
def give_up(request: HttpRequest, key: uuid.UUID) -> JsonResponse:
    try:
        service.give_up(_own(request, key), by=request.user)
    except Refused as refused:
        return _refused(refused)
    return _said({"gone": True})
