"""An edition can be read and printed before any report is started."""

import pytest

from accounts.exceptions import Refused
from reporting.questionnaires.models import Questionnaire
from reporting.questionnaires.services.catalogue import load_catalogue
from reporting.questionnaires.services.editing import set_status
from tests import factories
from tests.reporting.questionnaires.test_catalogue import EDITION, write


@pytest.fixture
def edition(cast, tmp_path) -> Questionnaire:
    write(tmp_path, EDITION)
    load_catalogue(tmp_path)
    return Questionnaire.objects.get(code="trial")


def test_everyone_signed_in_reads_parts_sections_questions_and_guidance(client, cast, edition, signed_in):
    response = signed_in(cast.nuri).get("/questionnaires/trial/")

    page = response.content.decode()
    for said in ("Part III", "A1", "Liberty", "Say who decides", "Describe detention.", "TRY-A1-Q2", "women; men"):
        assert said in page
    assert "ministry of interior, immigration and police" in page
    assert client.get("/questionnaires/trial/").status_code == 302


def test_drafts_and_the_lists_of_another_state_do_not_exist(cast, edition, signed_in):
    Questionnaire.objects.filter(pk=edition.pk).update(status="draft")
    assert signed_in(cast.dana).get("/questionnaires/trial/").status_code == 404

    Questionnaire.objects.filter(pk=edition.pk).update(status="published", state_party=cast.qamar)
    assert signed_in(cast.dana).get("/questionnaires/trial/").status_code == 404
    assert signed_in(cast.idris).get("/questionnaires/trial/").status_code == 200


def test_the_page_of_an_instrument_links_to_its_editions(cast, edition, signed_in):
    page = signed_in(cast.dana).get("/instruments/cmw/").content.decode()

    assert 'href="/questionnaires/trial/"' in page


def test_a_long_edition_costs_no_more_than_a_short_one(cast, edition, signed_in, statements):
    load_catalogue()
    reader = signed_in(cast.dana)
    reader.get("/questionnaires/trial/")
    with statements() as short:
        reader.get("/questionnaires/trial/")

    with statements() as long:
        reader.get("/questionnaires/cmw-periodic/")

    assert len(long) == len(short) <= 8


def test_it_is_read_in_arabic_where_there_are_words(cast, edition, signed_in):
    load_catalogue()
    reader = signed_in(cast.dana)
    reader.post("/i18n/setlang/", {"language": "ar"})

    page = reader.get("/questionnaires/cmw-periodic/").content.decode()
    other = reader.get("/questionnaires/trial/").content.decode()

    assert "<h1>الاتفاقية المتعلقة بالعمال المهاجرين" in page
    assert '<h1 lang="en">' in other


def test_an_editor_publishes_and_retires_and_does_nothing_else(cast, edition, signed_in):
    kim = factories.person("Kim", is_editor=True)
    editor = signed_in(kim)

    editor.post(
        f"/catalogue/questionnaires/questionnaire/{edition.pk}/change/", {"status": "retired", "title": "Other"}
    )

    edition.refresh_from_db()
    assert (edition.status, edition.title) == ("retired", "Trial")
    with pytest.raises(Refused):
        set_status(edition, status="draft", by=kim)
    with pytest.raises(Refused):
        set_status(edition, status="published", by=cast.amina)
