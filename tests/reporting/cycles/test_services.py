"""Opening review cycles, and filing what mechanisms send."""

import datetime

import pytest
from django.core.files.base import ContentFile

from accounts import people
from accounts.choices import BodyKind, Role
from accounts.exceptions import Denial, Refused
from accounts.models import HistoryEntry
from accounts.permissions import drift, person
from reporting.cycles.choices import COORDINATE, TRANSMIT
from reporting.cycles.services import file_received, open_cycle, switch_open_drafting
from tests import factories
from tests.reporting.reports import factories as made

TODAY = datetime.date.today()


def refusal(function, *args, **fields) -> Refused:
    with pytest.raises(Refused) as caught:
        function(*args, **fields)
    return caught.value


@pytest.fixture
def treaty(cast):
    treaty = made.instrument(code="CMW")
    made.ratify(cast.arcadia, treaty)
    return treaty


def test_a_cycle_is_found_under_the_instrument_and_its_number(cast, treaty):
    cycle = open_cycle(treaty, number_from=3, coordinating_body=cast.mechanism, by=cast.amina)

    assert (cycle.slug, cycle.state_party, cycle.mechanism) == ("cmw-3", cast.arcadia, treaty.mechanism)


def test_a_combined_cycle_names_both_numbers(cast, treaty):
    cycle = open_cycle(treaty, number_from=2, number_to=3, coordinating_body=cast.mechanism, by=cast.amina)

    assert cycle.slug == "cmw-2-3"


def test_opening_a_cycle_grants_coordination_and_transmission_and_nothing_else(cast, treaty):
    cycle = open_cycle(treaty, number_from=3, coordinating_body=cast.mechanism, by=cast.amina)

    holders = {
        user.name: [code for code in (COORDINATE, TRANSMIT) if person(user).holds(code, cycle)]
        for user in (cast.amina, cast.wen, cast.mina, cast.jonas, cast.dana, cast.idris, cast.nuri)
    }
    assert holders == {
        "Amina": [COORDINATE],
        "Wen": [COORDINATE],
        "Mina": [TRANSMIT],
        "Jonas": [],
        "Dana": [],
        "Idris": [],
        "Nuri": [],
    }


def test_opening_a_cycle_is_an_act(cast, treaty):
    open_cycle(treaty, number_from=3, coordinating_body=cast.mechanism, by=cast.amina)

    entry = HistoryEntry.objects.filter(act="reviewcycle.open").get()
    assert (entry.actor_name, entry.context) == ("Amina", "cmw-3")


def test_an_instrument_that_does_not_bind_the_state_is_refused(cast):
    treaty = made.instrument(short_name="Migrant workers")

    refused = refusal(open_cycle, treaty, number_from=1, coordinating_body=cast.mechanism, by=cast.amina)

    assert refused.reason == "Migrant workers is not in force for the State. Record the ratification first."


def test_an_instrument_that_binds_only_from_tomorrow_is_refused(cast):
    treaty = made.instrument()
    made.ratify(cast.arcadia, treaty, since=TODAY + datetime.timedelta(days=1))

    refusal(open_cycle, treaty, number_from=1, coordinating_body=cast.mechanism, by=cast.amina)


def test_another_states_ratification_opens_nothing_here(cast):
    treaty = made.instrument()
    made.ratify(cast.qamar, treaty)

    refusal(open_cycle, treaty, number_from=1, coordinating_body=cast.mechanism, by=cast.amina)


def test_a_mechanism_that_needs_no_ratification_opens_without_an_instrument(cast):
    upr = made.mechanism(code="UPR", needs_ratification=False)

    cycle = open_cycle(upr, number_from=4, coordinating_body=cast.mechanism, by=cast.amina)

    assert (cycle.slug, cycle.instrument) == ("upr-4", None)


def test_the_common_core_document_needs_no_ratification(cast):
    core = made.instrument(code="CCD")

    assert open_cycle(core, number_from=1, coordinating_body=cast.mechanism, by=cast.amina).slug == "ccd-1"


def test_a_mechanism_of_treaties_wants_to_know_the_instrument(cast):
    refused = refusal(open_cycle, made.mechanism(), number_from=1, coordinating_body=cast.mechanism, by=cast.amina)

    assert refused.reason == "Choose the instrument under which the State reports."


@pytest.mark.parametrize(("first", "last"), [(3, 3), (2, 3), (3, 4)])
def test_the_same_report_is_in_one_cycle_only(cast, treaty, first, last):
    open_cycle(treaty, number_from=3, coordinating_body=cast.mechanism, by=cast.amina)

    refused = refusal(
        open_cycle, treaty, number_from=first, number_to=last, coordinating_body=cast.mechanism, by=cast.wen
    )

    assert refused.reason == "There is a review cycle with that number already: CMW 3."


@pytest.mark.parametrize(
    ("first", "last", "reason"),
    [
        (3, 2, "The last number (2) comes before the first (3)."),
        (0, 1, "Reports are numbered from 1."),
    ],
)
def test_numbers_run_in_order_from_one(cast, treaty, first, last, reason):
    refused = refusal(
        open_cycle, treaty, number_from=first, number_to=last, coordinating_body=cast.mechanism, by=cast.amina
    )

    assert refused.reason == reason


def test_a_body_that_does_not_coordinate_is_refused(cast, treaty):
    refused = refusal(open_cycle, treaty, number_from=3, coordinating_body=cast.health, by=cast.amina)

    assert refused.reason == (
        "Ministry of Health does not coordinate reports. The State’s administrator can mark it as coordinating."
    )


@pytest.mark.parametrize("name", ["dana", "jonas", "mina", "nuri", "idris"])
def test_only_coordinators_of_the_state_open_a_cycle(cast, treaty, name):
    refused = refusal(open_cycle, treaty, number_from=3, coordinating_body=cast.mechanism, by=getattr(cast, name))

    assert refused.denial == Denial.NO_RIGHT


def test_a_body_that_ceases_to_coordinate_loses_the_cycle_at_once(cast, treaty):
    cycle = open_cycle(treaty, number_from=3, coordinating_body=cast.mechanism, by=cast.amina)

    type(cast.mechanism).objects.filter(pk=cast.mechanism.pk).update(coordinates=False)
    people.body_changed(cast.mechanism)

    cycle.refresh_from_db()
    assert not person(cast.amina).holds(COORDINATE, cycle)
    assert drift(cycle) == (set(), set())


def test_a_new_permanent_mission_may_transmit_in_the_cycles_that_are_open(cast, treaty):
    cycle = open_cycle(treaty, number_from=3, coordinating_body=cast.mechanism, by=cast.amina)
    delegation = factories.body(cast.arcadia, "vienna", kind=BodyKind.MISSION)
    vera = factories.member("Vera", delegation, Role.MISSION)

    assert person(vera).holds(TRANSMIT, cycle)


# --- documents received ------------------------------------------------------------------


@pytest.fixture
def cycle(cast, treaty):
    return open_cycle(treaty, number_from=3, coordinating_body=cast.mechanism, by=cast.amina)


def document(cycle, by, **fields):
    given = {"kind": "list_of_issues", "title": "List of issues", "received_on": TODAY} | fields
    return file_received(cycle, by=by, **given)


def test_the_mission_files_a_list_of_issues_with_its_file(cast, cycle, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    file = ContentFile(b"%PDF-1.7 list", name="../C_ARC_Q_3.doc")

    row = document(cycle, cast.mina, file=file, symbol="CMW/C/ARC/Q/3")

    assert (row.file_name, row.symbol, len(row.sha256)) == ("C_ARC_Q_3.pdf", "CMW/C/ARC/Q/3", 64)
    with row.file.open() as stored:
        assert stored.read() == b"%PDF-1.7 list"
    assert "C_ARC" not in row.file.name


@pytest.mark.parametrize("content", [b"just text", b"\x89PNG\r\n\x1a\n", b"<html>", b"PK\x03\x04broken", b"MZ\x00\x00"])
def test_a_document_is_pdf_or_word_by_its_content(cast, cycle, content):
    refused = refusal(document, cycle, cast.mina, file=ContentFile(content, name="list.pdf"))

    assert refused.reason == (
        "“list.pdf” is not a file of an accepted type: PDF or Word. What counts is the content, not the ending."
    )


def test_a_file_over_the_limit_is_refused(cast, cycle, settings):
    settings.ATTACHMENT_MAX_BYTES = 10

    refused = refusal(document, cycle, cast.mina, file=ContentFile(b"%PDF-1.7 long", name="list.pdf"))

    assert refused.reason == "The file is larger than 10\xa0bytes."


@pytest.mark.parametrize("name", ["dana", "jonas", "nuri", "idris"])
def test_nobody_else_files_documents_or_learns_of_the_cycle(cast, cycle, name):
    assert refusal(document, cycle, getattr(cast, name)).denial == Denial.HIDDEN


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"title": " "}, "Give the title of the document."),
        ({"kind": "poem"}, "Choose what the document is."),
        ({"received_on": TODAY + datetime.timedelta(days=1)}, "The day of receipt lies ahead."),
        ({"reply_due_on": TODAY - datetime.timedelta(days=1)}, "The reply is due before the document was received."),
    ],
)
def test_what_is_filed_makes_sense(cast, cycle, fields, reason):
    assert refusal(document, cycle, cast.amina, **fields).reason == reason


# --- open drafting -----------------------------------------------------------------------


def test_coordinators_switch_open_drafting_on_and_off(cast):
    assert switch_open_drafting(cast.arcadia, on=True, by=cast.amina).open_drafting is True
    assert switch_open_drafting(cast.arcadia, on=False, by=cast.wen).open_drafting is False

    entries = HistoryEntry.objects.filter(act="state.open_drafting")
    assert [entry.facts for entry in entries] == [{"on": True}, {"on": False}]


def test_switching_to_what_it_is_already_records_nothing(cast):
    switch_open_drafting(cast.arcadia, on=False, by=cast.amina)

    assert not HistoryEntry.objects.filter(act="state.open_drafting").exists()


@pytest.mark.parametrize("name", ["jonas", "dana", "mina", "idris"])
def test_nobody_else_switches_open_drafting(cast, name):
    refusal(switch_open_drafting, cast.arcadia, on=True, by=getattr(cast, name))
