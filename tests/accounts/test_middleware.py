"""What stands between a request and its page: the demonstration's guard, refusals, numbers that no column holds."""

import pytest
from django.core.exceptions import MiddlewareNotUsed
from django.http import Http404, HttpResponse
from django.test import Client, RequestFactory

from accounts import middleware


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("127.0.0.1", 200),
        ("127.8.0.1", 200),
        ("::1", 200),
        ("::ffff:127.0.0.1", 200),
        ("10.0.0.7", 403),
        ("::ffff:10.0.0.7", 403),
        ("2001:db8::1", 403),
        ("", 403),
        ("localhost", 403),
    ],
)
def test_the_demonstration_refuses_every_address_but_this_machines_own(settings, address, status):
    settings.DEMO = True
    guard = middleware.demonstration(lambda request: HttpResponse("here"))

    answer = guard(RequestFactory().get("/", REMOTE_ADDR=address))

    assert answer.status_code == status


def test_an_installation_does_not_ask_where_somebody_comes_from(settings):
    settings.DEMO = False

    with pytest.raises(MiddlewareNotUsed):
        middleware.demonstration(lambda request: HttpResponse("here"))


def test_a_form_of_an_older_session_is_answered_with_what_to_do(cast):
    client = Client(enforce_csrf_checks=True)
    client.force_login(cast.amina, backend="django.contrib.auth.backends.ModelBackend")

    answer = client.post("/account/me/", {"name": "Amina"})

    assert answer.status_code == 403
    assert "What you typed is still on the page that you came from" in answer.content.decode()
    assert "CSRF verification" not in answer.content.decode()


@pytest.mark.parametrize(("number", "found"), [(2**63, False), (10**30, False), (2**63 - 1, True)])
def test_the_address_of_a_number_that_no_column_holds_is_the_address_of_nothing(number, found):
    refusals = middleware.refusals(lambda request: HttpResponse())

    def asked():
        refusals.process_view(RequestFactory().get("/"), lambda request: None, (), {"pk": number, "report": "cmw"})

    if found:
        asked()
    else:
        with pytest.raises(Http404):
            asked()


def test_any_other_overflow_is_a_failure_of_the_server():
    refusals = middleware.refusals(lambda request: HttpResponse())

    assert refusals.process_exception(RequestFactory().get("/"), OverflowError("date value out of range")) is None
