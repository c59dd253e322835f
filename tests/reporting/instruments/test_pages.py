"""Pages of instruments: the law for everyone, and what binds one's own State."""

import datetime
import re
from html import unescape

import pytest

from reporting.instruments import crosswalk
from reporting.instruments.models import Instrument, Provision, Ratification, Theme
from reporting.instruments.services import ratification as services
from tests import factories


def text_of(response) -> str:
    body = response.content.decode()
    body = body[body.index("<main") :]
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", body)).split())


@pytest.fixture
def ratified(cast, catalogue) -> Ratification:
    row = services.record_ratification(
        cast.arcadia,
        instrument=Instrument.objects.get(code="CMW"),
        by=cast.amina,
        in_force_on=datetime.date(2011, 3, 1),
        next_due_on=datetime.date(2031, 4, 1),
        next_due_source="CMW/C/ARC/CO/2, para. 64",
    )
    services.add_reservation(row, kind="reservation", articles="46", text="Motor vehicles only.", by=cast.amina)
    return row


ADDRESSES = [
    "/instruments/",
    "/instruments/?q=recruit",
    "/instruments/cmw/",
    "/instruments/CMW/",
    "/instruments/cmw/16/",
    "/instruments/c97/i.3/",
    "/instruments/crosswalk/",
    "/instruments/crosswalk/?theme=recruitment&open=ilo&family=core&family=ilo&coverage=gap&q=recruit",
    "/instruments/themes/recruitment/",
]


def test_everyone_signed_in_reads_the_law_and_nobody_else(client, cast, catalogue, signed_in):
    officer = factories.officer("Ines", factories.agency("XYZ", "An agency"))
    readers = [signed_in(user) for user in (cast.dana, cast.nuri, officer)]

    for address in ADDRESSES:
        assert [reader.get(address).status_code for reader in readers] == [200] * 3
        assert client.get(address).status_code == 302


def test_what_does_not_exist_is_not_found(cast, catalogue, signed_in):
    reader = signed_in(cast.dana)

    for address in ("/instruments/nope/", "/instruments/cmw/999/", "/instruments/themes/nope/"):
        assert reader.get(address).status_code == 404


def test_the_list_shows_what_binds_the_reader_s_state(cast, ratified, signed_in):
    page = text_of(signed_in(cast.dana).get("/instruments/"))

    assert "CMW Migrant Workers Convention CMW 2011 1 1 April 2031 CMW/C/ARC/CO/2, para. 64" in page
    assert (
        "ICERD Convention on the Elimination of Racial Discrimination CERD not a party" in page or "not a party" in page
    )


def test_another_state_and_an_agency_learn_nothing_of_it(cast, ratified, signed_in):
    officer = factories.officer("Ines", factories.agency("XYZ", "An agency"))

    for user in (cast.idris, officer):
        for address in ("/instruments/", "/instruments/cmw/", "/instruments/crosswalk/?theme=recruitment"):
            page = text_of(signed_in(user).get(address))
            assert "2031" not in page
            assert "para. 64" not in page
            assert "Motor vehicles" not in page
    assert "not a party" not in text_of(signed_in(officer).get("/instruments/"))


def test_one_instrument_shows_parts_articles_reservations_and_how_sure_its_facts_are(cast, ratified, signed_in):
    page = text_of(signed_in(cast.dana).get("/instruments/cmw/"))

    assert "Part II - non-discrimination Article 7 Non-discrimination in respect of all rights" in page
    assert "Reservation 46 Motor vehicles only." in page
    assert "Not looked up title" in page
    assert "not looked up" in text_of(signed_in(cast.dana).get("/instruments/icescr/"))
    assert "Record ratification" not in page


def test_one_article_shows_its_themes_and_the_same_duty_elsewhere(cast, catalogue, signed_in):
    page = text_of(signed_in(cast.dana).get("/instruments/cmw/66/"))

    assert "Recruitment operations: public bodies; supervised private agencies" in page
    assert "Recruitment and private employment agencies" in page
    assert "C181" in page


def test_the_crosswalk_has_a_row_for_each_theme_and_folds_ilo_and_other_texts(cast, ratified, signed_in):
    response = signed_in(cast.dana).get("/instruments/crosswalk/")

    matrix = response.context["matrix"]
    assert [column.label for column in matrix.columns] == [
        *("ICERD", "ICCPR", "ICESCR", "CEDAW", "CAT", "CRC", "CMW", "CRPD", "CED"),
        *("ILO", "Other"),
    ]
    assert sum(len(band.rows) for band in matrix.bands) == 67
    assert {column.label for column in matrix.columns if column.is_party} == {"CMW", "ILO", "Other"}
    assert [column.note for column in matrix.columns if column.label == "CMW"] == ["2011"]


def test_a_folded_column_opens_and_filters_narrow_the_rows(cast, catalogue, signed_in):
    response = signed_in(cast.dana).get("/instruments/crosswalk/?open=ilo&family=ilo&coverage=gap&q=recruitment")

    matrix = response.context["matrix"]
    assert matrix.columns[0].label == "C29"
    assert {row.theme.coverage for band in matrix.bands for row in band.rows} == {"gap"}
    assert "fees-contracts" in {row.theme.code for band in matrix.bands for row in band.rows}


def test_answers_and_requests_are_marked_where_a_room_above_says_so(cast, ratified, signed_in, monkeypatch):
    pairs = {(ratified.instrument_id, "66")}
    monkeypatch.setattr(crosswalk, "_answered", [lambda user: pairs])
    monkeypatch.setattr(crosswalk, "_requested", [lambda user: pairs])

    response = signed_in(cast.dana).get("/instruments/crosswalk/?theme=recruitment")

    rows = {row.theme.code: row for band in response.context["matrix"].bands for row in band.rows}
    cell = rows["recruitment"].cells[6]
    assert (cell.is_answered, cell.is_requested) == (True, True)
    assert rows["torture"].cells[6].is_answered is False
    assert 'class="chip answered"' in response.content.decode()


def test_the_chosen_theme_shows_why_targets_and_provisions(cast, catalogue, signed_in):
    page = text_of(signed_in(cast.dana).get("/instruments/themes/recruitment/"))

    assert "Little regulated" in page
    assert "C181" in page
    assert "ILO" in page
    assert "says nothing about any State" in page


def test_search_folds_case_and_accents_and_needs_every_word(cast, catalogue):
    cmw = Instrument.objects.get(code="CMW")

    assert list(Instrument.objects.matching("MIGRANT  workers cónvention families")) == [cmw]
    assert list(Instrument.objects.matching("icrmw")) == [cmw]
    assert Provision.objects.matching("cmw recruitment operations").get().article == "66"
    assert [row.code for row in Theme.objects.matching("refoulement")] == ["non-refoulement"]
    assert Theme.objects.matching("  ").count() == 0


def test_search_shows_what_it_found_or_says_that_there_is_nothing(cast, catalogue, signed_in):
    found = text_of(signed_in(cast.dana).get("/instruments/?q=Recruitment+operations"))
    nothing = text_of(signed_in(cast.dana).get("/instruments/?q=qwertz"))

    assert "CMW Article 66 Recruitment operations" in found
    assert "Nothing has these words." in nothing


MOST = {
    "/instruments/": 8,
    "/instruments/?q=work": 8,
    "/instruments/cmw/": 14,
    "/instruments/cmw/16/": 8,
    "/instruments/crosswalk/": 8,
    "/instruments/themes/recruitment/": 12,
}


def test_a_page_costs_the_same_however_much_is_ratified(cast, ratified, signed_in, statements):
    reader = signed_in(cast.amina)

    def cost(address) -> int:
        with statements() as seen:
            reader.get(address)
        return len(seen)

    few = {address: cost(address) for address in MOST}
    for instrument in Instrument.objects.filter(kind="core_treaty").exclude(code="CMW"):
        row = services.record_ratification(
            cast.arcadia, instrument=instrument, by=cast.amina, in_force_on=datetime.date(2015, 1, 1)
        )
        services.add_reservation(row, kind="reservation", text="x", by=cast.amina)

    many = {address: cost(address) for address in MOST}

    assert many == few
    assert {address: cost for address, cost in many.items() if cost > MOST[address]} == {}


def test_a_coordinator_records_and_reserves_through_the_pages(cast, catalogue, signed_in):
    amina = signed_in(cast.amina)

    wrong = amina.post("/instruments/cmw/ratification/", {"in_force_on": "1999-01-01"})
    right = amina.post("/instruments/cmw/ratification/", {"in_force_on": "2011-03-01"})
    amina.post(
        "/instruments/cmw/ratification/reservations/",
        {"reservation-kind": "reservation", "reservation-text": "Vehicles.", "reservation-articles": "46"},
    )
    reservation = Ratification.objects.get().reservations.get()
    amina.post(f"/instruments/reservations/{reservation.pk}/withdraw/", {"withdrawn_on": "2020-01-01"})

    reservation.refresh_from_db()
    assert wrong.status_code == 422
    assert "itself came into force on" in text_of(wrong)
    assert (right.status_code, right.url) == (302, "/instruments/cmw/")
    assert (reservation.articles, str(reservation.withdrawn_on)) == ("46", "2020-01-01")


def test_only_coordinators_see_the_form(cast, catalogue, signed_in):
    answers = {
        user.name: signed_in(user).get("/instruments/cmw/ratification/").status_code
        for user in (cast.amina, cast.dana, cast.mina, cast.nuri)
    }

    assert answers == {"Amina": 200, "Dana": 403, "Mina": 403, "Nuri": 403}


def test_a_reservation_of_another_state_does_not_exist(cast, ratified, signed_in):
    pk = ratified.reservations.get().pk

    assert signed_in(cast.idris).post(f"/instruments/reservations/{pk}/withdraw/").status_code == 404
    assert signed_in(cast.dana).post(f"/instruments/reservations/{pk}/withdraw/").status_code == 403
