"""One person a request, in that person's language, and one place that turns a refusal into an answer."""

import ipaddress
import re
import secrets
from collections.abc import Callable

import brotli
from django.conf import settings
from django.core.exceptions import MiddlewareNotUsed
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware
from django.shortcuts import render
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _

from accounts import permissions
from accounts.exceptions import Refused
from accounts.numbers import BIGGEST

Next = Callable[[HttpRequest], HttpResponse]


def demonstration(get_response: Next) -> Next:
    """The demonstration has a published password: whoever is not at this machine is sent away."""
    if not settings.DEMO:
        raise MiddlewareNotUsed

    def middleware(request: HttpRequest) -> HttpResponse:
        if not is_own(str(request.META.get("REMOTE_ADDR", ""))):
            sentence = _("The demonstration has a published password and answers this machine alone.")
            return HttpResponse(sentence, status=403, content_type="text/plain; charset=utf-8")
        return get_response(request)

    return middleware


def is_own(address: str) -> bool:
    """Whether an address is this machine's own (127.0.0.0/8, ::1, or the one written as the other)."""
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return False
    mapped = getattr(parsed, "ipv4_mapped", None)
    return bool((mapped or parsed).is_loopback)


SHORTEST = 200  # bytes; less is not worth it, as in Django's own


class PagesCompressed(GZipMiddleware):
    """Pages travel compressed, by Brotli where the browser takes it; files do not (they are already, or are streamed).

    Why this is safe beside secrets in the same page: docs/decisions/0004-pages-travel-compressed.md.
    """

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        if not response.headers.get("Content-Type", "").startswith("text/html"):
            return response
        takes = {each.partition(";")[0].strip() for each in request.headers.get("Accept-Encoding", "").split(",")}
        if (
            "br" not in takes
            or not isinstance(response, HttpResponse)
            or len(response.content) < SHORTEST
            or "Content-Encoding" in response
        ):
            return super().process_response(request, response)
        response.content = brotli.compress(response.content, mode=brotli.MODE_TEXT, quality=5)
        response["Content-Encoding"] = "br"
        response["Content-Length"] = str(len(response.content))
        patch_vary_headers(response, ["Accept-Encoding"])
        # As Django does it inside of what it compresses: how long an answer is tells nothing exactly.
        response["X-Padding"] = "x" * secrets.randbelow(self.max_random_bytes)
        return response


# What no keyboard types into a text, PostgreSQL keeps none of and a document may not hold: controls but tab and line.
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff]")


def without_controls(get_response: Next) -> Next:
    """Words of forms and addresses come without control characters, whatever was pasted or made up."""

    def middleware(request: HttpRequest) -> HttpResponse:
        request.GET = _cleaned(request.GET)  # type: ignore[assignment]
        if request.method == "POST":
            request.POST = _cleaned(request.POST)  # type: ignore[assignment]
        return get_response(request)

    return middleware


def _cleaned(sent: QueryDict) -> QueryDict:
    if not any(_CONTROLS.search(value) for values in sent.lists() for value in (values[0], *values[1])):
        return sent
    result = sent.copy()
    result.clear()
    for name, values in sent.lists():
        result.setlist(_CONTROLS.sub("", name), [_CONTROLS.sub("", value) for value in values])
    return result


def person(get_response: Next) -> Next:
    """Read memberships and grants once a request, and speak the language that the person chose."""

    def middleware(request: HttpRequest) -> HttpResponse:
        request.user = request.user  # resolve the lazy object once, so that the person stays on it
        permissions.remember(request.user)
        language = getattr(request.user, "language", "")
        if language and language in dict(settings.LANGUAGES):
            translation.activate(language)
            request.LANGUAGE_CODE = language
        return get_response(request)

    return middleware


class refusals:  # noqa: N801 - middleware is named like a function in the settings
    """Refused becomes 403, 404 or 409, with the reason where it may be told."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: object, args: object, kwargs: dict[str, object]) -> None:
        """An address whose number no column holds is the address of nothing; SQLite cannot even be asked for it."""
        if any(isinstance(value, int) and value > BIGGEST for value in kwargs.values()):
            raise Http404

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, Refused):
            return None
        status = exception.denial.value
        context = {"reason": exception.reason, "missing": getattr(exception, "missing", [])}
        return render(request, f"{status}.html", {} if status == 404 else context, status=status)
