"""Middleware of the tests: where machines read a number, no page may write it as people do, "1,024"."""

import re
from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase

_FOR_MACHINES = re.compile(
    r"""\s(?:id|for|name|form|href|action|aria-[a-z]+by|aria-controls|data-[a-z-]+|hx-[a-z-]+)="[^"]*\""""
    r"""|<input[^>]*type="(?:hidden|checkbox|radio|number)"[^>]*>|<(?:option|button)\s[^>]*>"""
)
_FOR_PEOPLE = re.compile("\\d[,\\u066c\\u00a0\\u202f]\\d{3}(?!\\d)")


def no_separators(get_response: Callable[[HttpRequest], HttpResponseBase]) -> Callable[[HttpRequest], HttpResponseBase]:
    def answer(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        is_page = response.get("Content-Type", "").startswith("text/html")
        if is_page and not response.streaming and "Content-Encoding" not in response:
            for found in _FOR_MACHINES.finditer(response.content.decode()):
                assert not _FOR_PEOPLE.search(found[0]), f"{request.path}: {found[0]}"
        return response

    return answer
