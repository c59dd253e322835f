"""The browser looks at every page: what the product answers to a GET is on its list, or said to be no page."""

import re
from collections.abc import Iterator

import pytest
from django.urls import Resolver404, URLPattern, URLResolver, get_resolver, resolve

from tests.journeys.pages import FOLLOWED, NO_PAGE, PAGES, REFUSALS

pytestmark = pytest.mark.django_db
UUID = "00000000-0000-0000-0000-000000000000"


def addresses(resolver: URLResolver, before: str = "/") -> Iterator[tuple[str, str]]:
    """(name, an address that fits the pattern) of everything but the pages of Django's admin."""
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLPattern):
            yield pattern.name, _fitting(before + str(pattern.pattern))
        elif str(pattern.pattern) != "catalogue/":
            yield from addresses(pattern, before + str(pattern.pattern))


def _fitting(route: str) -> str:
    route = re.sub(r"<int:\w+>", "1", re.sub(r"<uuid:\w+>", UUID, re.sub(r"<(str|slug):\w+>", "x", route)))
    for group, text in {"(?P<pk>\\d+)": "1", "(?P<act>resend|withdraw)": "resend"}.items():
        route = route.replace(group, text)
    route = re.sub(r"\(\?P<\w+>\[[^]]+\]\+\)", "x", route)
    return re.sub(r"\(\?P<\w+>\.\+\)", "x", route).replace("^", "").replace("$", "")


def test_every_address_that_answers_a_get_is_on_the_list(cast, signed_in):
    client = signed_in(cast.amina)
    client.raise_request_exception = False
    asked = {name for name, address in addresses(get_resolver()) if client.get(address).status_code != 405}

    listed = {
        resolve(page.split(" >> ")[0].split("?")[0]).url_name
        for pages in PAGES.values()
        for page in pages
        if " >> " not in page
    }

    assert asked == listed | FOLLOWED | set(NO_PAGE)
    assert listed & set(NO_PAGE) == set()


def test_what_is_refused_has_an_address_of_the_product():
    for _email, address, _status in REFUSALS:
        try:
            resolve(address)
        except Resolver404:  # pragma: no cover - said with the address
            pytest.fail(f"{address} leads nowhere")
