"""The world, made once for a module and taken back at its end."""

from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import pytest
from django.conf import settings
from django.db import transaction
from django.test import Client
from django.test.utils import override_settings

from tests.routes import world as worlds


@pytest.fixture(scope="module")
def world(django_db_setup: Any, django_db_blocker: Any, tmp_path_factory: Any) -> Iterator[SimpleNamespace]:
    with django_db_blocker.unblock(), pytest.MonkeyPatch.context() as patch:
        from django.conf import settings

        patch.setattr(settings, "MEDIA_ROOT", tmp_path_factory.mktemp("files"))
        with transaction.atomic():
            made = worlds.build()
            made.clients = {name: _signed_in(made, name) for name in worlds.EVERYBODY}
            yield made
            transaction.set_rollback(True)


def _signed_in(world: SimpleNamespace, name: str) -> Client:
    client = Client(raise_request_exception=True)
    if name != "anonymous":
        client.force_login(world.people[name], backend="django.contrib.auth.backends.ModelBackend")
    return client


@pytest.fixture(scope="module")
def brief(tmp_path_factory: Any) -> Iterator[None]:
    """Refusals as a bare sentence: the whole frame around each of some thousands would be most of the time."""
    folder = tmp_path_factory.mktemp("templates")
    for code in (403, 404):
        (folder / f"{code}.html").write_text("{{ reason }}")
    engine = dict(settings.TEMPLATES[0], DIRS=[folder, *settings.TEMPLATES[0]["DIRS"]])
    with override_settings(TEMPLATES=[engine], ACCOUNT_RATE_LIMITS=False):
        yield
