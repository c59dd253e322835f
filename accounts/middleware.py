"""One person a request, and one place that turns a refusal into an answer."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from accounts import permissions
from accounts.exceptions import Refused

Next = Callable[[HttpRequest], HttpResponse]


def person(get_response: Next) -> Next:
    """Read memberships and grants once a request."""

    def middleware(request: HttpRequest) -> HttpResponse:
        request.user = request.user  # resolve the lazy object once, so that the person stays on it
        permissions.remember(request.user)
        return get_response(request)

    return middleware


class refusals:  # noqa: N801 - middleware is named like a function in the settings
    """Refused becomes 403, 404 or 409, with the reason where it may be told."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, Refused):
            return None
        status = exception.denial.value
        context = {"reason": exception.reason, "missing": getattr(exception, "missing", [])}
        return render(request, f"{status}.html", {} if status == 404 else context, status=status)
