"""The constant cast, and a count of statements."""

import datetime
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import time_machine
from django.apps import apps
from django.core.cache import caches
from django.db import connection
from django.db.models import AutoField
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import formats, translation
from django.utils.translation import trans_real

from accounts.choices import BodyKind, Role
from accounts.models import User
from config import messages
from tests import factories

# The tests' day begins at noon, so that no run crosses midnight between "today" read once and "today" read again.
time_machine.travel(datetime.datetime.now(datetime.UTC).replace(hour=12, minute=0), tick=True).start()


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> None:
    """Every table counts from a thousand of its own on, as an installation does after some months.

    So that a page which writes "1,024" where an address or a field needs 1024, or one row's number for
    another's, is found.
    """
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        tables = [model._meta for model in apps.get_models() if model._meta.managed and not model._meta.proxy]
        for thousand, meta in enumerate(tables, start=1):
            if not isinstance(meta.pk, AutoField):
                continue
            if connection.vendor == "postgresql":
                name = [meta.db_table, meta.pk.column, thousand * 1000]
                cursor.execute("SELECT setval(pg_get_serial_sequence(%s, %s), %s)", name)
            else:
                cursor.execute("DELETE FROM sqlite_sequence WHERE name = %s", [meta.db_table])
                cursor.execute(
                    "INSERT INTO sqlite_sequence (name, seq) VALUES (%s, %s)", [meta.db_table, thousand * 1000]
                )


@pytest.fixture(autouse=True)
def _in_english() -> Iterator[None]:
    """A request in Arabic leaves its thread in Arabic; the next test, whichever it is, begins in English."""
    yield
    translation.activate("en")


@pytest.fixture
def cast(db) -> SimpleNamespace:
    """Amina and Wen coordinate, Dana drafts for Health, Jonas is focal point of Health and Rosa of Justice,
    Mina sits in Geneva, Nuri speaks for the human rights institution, Idris coordinates for another State."""
    arcadia, qamar = factories.state("Arcadia", "ARC"), factories.state("Qamar", "QAM", language="ar")
    mechanism = factories.body(arcadia, "mechanism", kind=BodyKind.MECHANISM, coordinates=True)
    health = factories.body(arcadia, "health", remits=["health"])
    justice = factories.body(arcadia, "justice", remits=["justice"])
    mission = factories.body(arcadia, "mission", kind=BodyKind.MISSION)
    nhri = factories.body(arcadia, "nhri", kind=BodyKind.CONSULTED)
    theirs = factories.body(qamar, "mechanism", kind=BodyKind.MECHANISM, coordinates=True)
    return SimpleNamespace(
        arcadia=arcadia,
        qamar=qamar,
        mechanism=mechanism,
        health=health,
        justice=justice,
        mission=mission,
        nhri=nhri,
        qamar_mechanism=theirs,
        amina=factories.member("Amina", mechanism, Role.COORDINATOR),
        wen=factories.member("Wen", mechanism, Role.COORDINATOR),
        dana=factories.member("Dana", health, Role.DRAFTER),
        jonas=factories.member("Jonas", health, Role.FOCAL_POINT),
        rosa=factories.member("Rosa", justice, Role.FOCAL_POINT),
        mina=factories.member("Mina", mission, Role.MISSION),
        nuri=factories.member("Nuri", nhri, Role.CONSULTED),
        idris=factories.member("Idris", theirs, Role.COORDINATOR),
    )


@pytest.fixture
def signed_in() -> Callable[[User], Client]:
    """``signed_in(dana).get("/home/")``"""

    def enter(user: User) -> Client:
        client = Client()
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        return client

    return enter


@pytest.fixture(scope="session")
def compiled(tmp_path_factory) -> Path:
    """The catalogues as the start of the product compiles them, apart from the tree."""
    folder = tmp_path_factory.mktemp("locale")
    for language in messages.languages():
        (folder / language / "LC_MESSAGES").mkdir(parents=True)
        messages.compile_one(messages.catalogue(language), folder / language / "LC_MESSAGES" / "django.mo")
    return folder


@pytest.fixture
def translated(compiled, settings) -> Iterator[None]:
    """The product as it speaks its other languages; the test itself speaks English."""

    def forget() -> None:
        trans_real._translations = {}
        formats.reset_format_cache()
        caches["parts"].clear()

    settings.LOCALE_PATHS = [compiled]
    forget()
    with translation.override("en"):
        yield
    forget()


class Statements(list[str]):
    """The statements that read or write rows, in order."""


@pytest.fixture
def statements() -> Callable[[], Iterator[Statements]]:
    """``with statements() as seen: …``; ``len(seen)`` counts SELECT, INSERT, UPDATE and DELETE."""

    @contextmanager
    def watch() -> Iterator[Statements]:
        seen = Statements()
        with CaptureQueriesContext(connection) as captured:
            yield seen
        seen.extend(
            query["sql"] for query in captured if re.match(r"\W*(SELECT|INSERT|UPDATE|DELETE)\b", query["sql"], re.I)
        )

    return watch
