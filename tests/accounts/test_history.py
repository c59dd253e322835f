"""The record of acts: append-only, and read by right."""

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import DatabaseError, connection, transaction

from accounts import append_only, history
from accounts.models import HistoryEntry
from accounts.presenters.paging import PER_PAGE
from tests import factories


@pytest.mark.parametrize(
    "change",
    [
        lambda rows: rows.update(reason="another"),
        lambda rows: rows.delete(),
        lambda rows: rows.first().delete(),
    ],
)
def test_the_database_refuses_to_change_or_delete_an_act(cast, change):
    before = list(HistoryEntry.objects.values_list("pk", "sha256"))

    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        change(HistoryEntry.objects.all())

    assert list(HistoryEntry.objects.values_list("pk", "sha256")) == before


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has no TRUNCATE; its DELETE is refused above")
def test_the_database_refuses_to_empty_the_acts(cast):
    before = HistoryEntry.objects.count()

    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"TRUNCATE {append_only.TABLE} CASCADE")

    assert HistoryEntry.objects.count() == before


def test_the_chains_hold(cast, capsys):
    call_command("check_history")

    assert capsys.readouterr().out == "All chains hold.\n"


def test_an_altered_act_is_found(cast, capsys):
    append_only.unlock(connection)
    entry = HistoryEntry.objects.filter(act="person.join").first()
    HistoryEntry.objects.filter(pk=entry.pk).update(reason="another")

    with pytest.raises(CommandError):
        call_command("check_history")

    assert capsys.readouterr().out == f"{entry.chain} {entry.number}: it was altered\n"


def test_grants_that_follow_from_the_facts_pass_the_check(cast, capsys):
    call_command("check_grants")

    assert capsys.readouterr().out == "All grants follow from the facts.\n"


def test_the_page_shows_the_own_states_acts_alone(cast, signed_in):
    history.record("body.change", by=cast.idris, subject=cast.qamar_mechanism, canary="CANARY-QAMAR")
    history.record("body.change", by=cast.amina, subject=cast.health, note="of Arcadia")

    page = signed_in(cast.amina).get("/settings/history/").content.decode()

    assert "of Arcadia" in page
    assert "CANARY-QAMAR" not in page


@pytest.mark.parametrize(
    ("name", "status"),
    [("amina", 200), ("ada", 200), ("dana", 404), ("jonas", 404), ("mina", 404), ("nuri", 404), ("idris", 200)],
)
def test_administrators_and_coordinators_read_their_states_record(cast, signed_in, name, status):
    cast.ada = factories.person("Ada", state=cast.arcadia, is_administrator=True)

    assert signed_in(getattr(cast, name)).get("/settings/history/").status_code == status


def test_an_administrator_does_not_read_the_reasons_of_acts_on_reports(cast, signed_in):
    ada = factories.person("Ada", state=cast.arcadia, is_administrator=True)
    entry = history.record("reportsection.return", by=cast.amina, reason="CANARY-REASON")
    assert entry.chain == f"state:{cast.arcadia.pk}"

    assert "CANARY-REASON" not in signed_in(ada).get("/settings/history/").content.decode()
    assert "CANARY-REASON" in signed_in(cast.amina).get("/settings/history/").content.decode()


def test_the_record_is_filtered_by_act_person_and_subject(cast, signed_in):
    history.record("body.change", by=cast.amina, subject=cast.health)
    history.record("body.change", by=cast.wen, subject=cast.justice)
    browser = signed_in(cast.amina)

    def shown(query: str) -> list[str]:
        lines = browser.get(f"/settings/history/?{query}").context["lines"]
        return [line["subject"] for line in lines]

    assert shown("act=body.change") == [str(cast.justice), str(cast.health)]
    assert shown("act=body.change&person=Wen") == [str(cast.justice)]
    assert shown("act=body.change&subject=Health") == [str(cast.health)]


def test_the_record_is_read_page_by_page_at_the_same_cost(cast, signed_in, statements):
    browser = signed_in(cast.amina)
    browser.get("/settings/history/")
    with statements() as few:
        browser.get("/settings/history/")
    for number in range(60):
        history.record("body.change", by=cast.amina, subject=cast.health, number=number)

    with statements() as many:
        page = browser.get("/settings/history/")

    assert len(page.context["lines"]) == PER_PAGE
    assert len(many) == len(few)


def test_an_agencys_administrator_reads_the_agencys_record(db, signed_in):
    ilo = factories.agency()
    chief = factories.person("Otto", agency=ilo, is_administrator=True)
    officer = factories.officer("Ines", ilo)

    assert signed_in(chief).get("/settings/history/").status_code == 200
    assert signed_in(officer).get("/settings/history/").status_code == 404


@pytest.mark.django_db(transaction=True)
def test_emptying_a_whole_database_takes_the_record_along_and_locks_it_again():
    factories.state()
    call_command("flush", interactive=False, verbosity=0)
    assert HistoryEntry.objects.count() == 0

    factories.state()

    with pytest.raises(DatabaseError, match="append-only"):
        HistoryEntry.objects.update(reason="another")
