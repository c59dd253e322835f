"""Coordinators record what binds their State; nobody else does."""

import datetime

import pytest

from accounts.exceptions import Denial, Refused
from accounts.models import HistoryEntry
from reporting.instruments.models import Instrument, Ratification, Reservation
from reporting.instruments.services import ratification as services

DAY = datetime.date


def cmw() -> Instrument:
    return Instrument.objects.get(code="CMW")


def ratify(cast, by=None, **facts) -> Ratification:
    facts = {"in_force_on": DAY(2011, 3, 1), **facts}
    return services.record_ratification(cast.arcadia, instrument=cmw(), by=by or cast.amina, **facts)


def test_a_coordinator_records_a_ratification_and_corrects_it(cast, catalogue):
    ratify(cast)

    ratify(cast, by=cast.wen, in_force_on=DAY(2011, 4, 1), note="Corrected.")

    row = Ratification.objects.get()
    assert (row.state_party, row.in_force_on, row.note) == (cast.arcadia, DAY(2011, 4, 1), "Corrected.")
    acts = HistoryEntry.objects.filter(act__startswith="ratification.").values_list("act", "actor_name")
    assert list(acts) == [("ratification.record", "Amina"), ("ratification.change", "Wen")]


def test_recording_the_same_again_is_no_act(cast, catalogue):
    ratify(cast)
    ratify(cast)

    assert HistoryEntry.objects.filter(act__startswith="ratification.").count() == 1


@pytest.mark.parametrize("name", ["dana", "jonas", "rosa", "mina", "nuri", "idris"])
def test_nobody_else_records_a_ratification(cast, catalogue, name):
    with pytest.raises(Refused) as refused:
        ratify(cast, by=getattr(cast, name))

    assert refused.value.denial is Denial.NO_RIGHT
    assert Ratification.objects.count() == 0


@pytest.mark.parametrize(
    ("facts", "sentence"),
    [
        ({"in_force_on": DAY(1999, 1, 1)}, "CMW itself came into force on 1 July 2003; enter no earlier day."),
        ({"in_force_on": None}, "Enter the date on which it came into force for the State."),
        (
            {"ratified_on": DAY(2012, 1, 1)},
            "This is after the entry into force for the State: one of the two is wrong.",
        ),
        ({"denounced_on": DAY(2010, 1, 1)}, "A denunciation takes effect after the entry into force."),
        (
            {"next_due_on": DAY(2027, 4, 1)},
            "Say where this date comes from, such as the last concluding observations.",
        ),
        ({"next_due_source": "A letter"}, "Enter the date that this source gives."),
    ],
)
def test_dates_that_cannot_be_are_refused_with_a_sentence(cast, catalogue, facts, sentence):
    with pytest.raises(Refused) as refused:
        ratify(cast, **facts)

    assert refused.value.reason == sentence


def test_a_declaration_is_not_ratified(cast, catalogue):
    udhr = Instrument.objects.get(code="UDHR")

    with pytest.raises(Refused, match="is not ratified by States"):
        services.record_ratification(cast.arcadia, instrument=udhr, by=cast.amina, in_force_on=DAY(2011, 3, 1))


def test_a_reservation_is_added_and_withdrawn_once(cast, catalogue):
    row = ratify(cast)
    reservation = services.add_reservation(
        row, kind="reservation", articles="46, 22(5)", text="Motor vehicles.", made_on=DAY(2010, 11, 15), by=cast.amina
    )

    services.withdraw_reservation(reservation, withdrawn_on=DAY(2020, 1, 1), by=cast.wen)

    with pytest.raises(Refused, match="It was recorded as withdrawn on"):
        services.withdraw_reservation(reservation, withdrawn_on=DAY(2021, 1, 1), by=cast.amina)
    assert Reservation.objects.get().withdrawn_on == DAY(2020, 1, 1)
    acts = HistoryEntry.objects.filter(act__startswith="reservation.").values_list("act", flat=True)
    assert list(acts) == ["reservation.add", "reservation.withdraw"]


def test_a_reservation_names_articles_that_exist(cast, catalogue):
    row = ratify(cast)

    with pytest.raises(Refused, match="CMW has no article “146”"):
        services.add_reservation(row, kind="reservation", articles="146", text="x", by=cast.amina)
    with pytest.raises(Refused, match="Enter the text"):
        services.add_reservation(row, kind="reservation", text="  ", by=cast.amina)


def test_another_state_s_coordinator_touches_no_reservation(cast, catalogue):
    reservation = services.add_reservation(ratify(cast), kind="declaration", text="x", by=cast.amina)

    with pytest.raises(Refused):
        services.withdraw_reservation(reservation, withdrawn_on=DAY(2020, 1, 1), by=cast.idris)
