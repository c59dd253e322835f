"""A catalogue editor corrects facts without code, and the next load keeps the corrections."""

import pytest

from accounts.exceptions import Refused
from accounts.models import HistoryEntry
from reporting.instruments.models import Fact, Instrument, Theme, WordLimit
from reporting.instruments.services.upkeep import correct
from reporting.questionnaires.services.catalogue import load_catalogue
from tests import factories


@pytest.fixture
def kim(catalogue):
    return factories.person("Kim", is_editor=True)


def test_a_corrected_fact_survives_the_next_load_and_the_others_follow_the_file(kim, tmp_path):
    icerd = Instrument.objects.get(code="ICERD")
    icerd.periodic_years = 4
    correct(icerd, fields=["periodic_years"], by=kim)
    Instrument.objects.filter(code="ICERD").update(short_name="Overwritten by the file")

    load_catalogue(tmp_path)

    icerd.refresh_from_db()
    assert (icerd.periodic_years, icerd.corrected) == (4, ["periodic_years"])
    assert icerd.short_name != "Overwritten by the file"
    assert load_catalogue(tmp_path).changes == 0


def test_what_was_corrected_is_found_by_its_new_words(kim, tmp_path):
    theme = Theme.objects.get(code="torture")
    theme.title = "Cruelty"
    correct(theme, fields=["title"], by=kim)
    load_catalogue(tmp_path)

    assert [row.code for row in Theme.objects.matching("cruelty")] == ["torture"]
    assert HistoryEntry.objects.get(act="theme.correct").facts["fields"] == "title"


def test_only_editors_correct(cast, kim):
    limit = WordLimit.objects.first()

    for user in (cast.amina, cast.dana):
        with pytest.raises(Refused):
            correct(limit, fields=["words"], by=user)


def test_the_editor_s_pages_show_facts_and_their_status_and_save_through_the_service(kim, signed_in):
    fact = Fact.objects.filter(status="general_knowledge").first()
    editor = signed_in(kim)

    page = editor.get("/catalogue/instruments/fact/?status__exact=general_knowledge")
    saved = editor.post(
        f"/catalogue/instruments/fact/{fact.pk}/change/", {"status": "verified", "source": "Treaty series, vol. 660"}
    )

    fact.refresh_from_db()
    assert page.status_code == 200
    assert saved.status_code == 302
    assert (fact.status, fact.corrected) == ("verified", ["source", "status"])


def test_an_instrument_is_corrected_on_its_page_with_its_facts(kim, signed_in, tmp_path):
    instrument = Instrument.objects.get(code="ICERD")
    editor = signed_in(kim)
    form = editor.get(f"/catalogue/instruments/instrument/{instrument.pk}/change/").context["adminform"].form
    values = {name: "" if value is None else value for name, value in form.initial.items() if name in form.fields}
    facts = list(instrument.facts.all())
    values |= {"periodic_years": "4", "facts-TOTAL_FORMS": len(facts), "facts-INITIAL_FORMS": len(facts)}
    for place, fact in enumerate(facts):
        values |= {f"facts-{place}-id": fact.pk, f"facts-{place}-instrument": instrument.pk}
        values |= {f"facts-{place}-status": "verified", f"facts-{place}-source": fact.source}

    response = editor.post(f"/catalogue/instruments/instrument/{instrument.pk}/change/", values)

    instrument.refresh_from_db()
    assert response.status_code == 302
    assert (instrument.periodic_years, instrument.corrected) == (4, ["periodic_years"])
    assert set(instrument.facts.values_list("status", flat=True)) == {"verified"}


def test_nothing_is_added_or_deleted_in_the_editor_s_pages_and_no_state_s_table_is_there(kim, signed_in):
    editor = signed_in(kim)
    pk = Theme.objects.first().pk

    assert editor.get("/catalogue/instruments/theme/add/").status_code == 403
    assert editor.post(f"/catalogue/instruments/theme/{pk}/delete/", {"post": "yes"}).status_code == 403
    assert editor.get("/catalogue/instruments/ratification/").status_code == 404


def test_superusers_and_people_of_a_state_have_no_editor_s_pages(cast, catalogue, signed_in, django_user_model):
    operator = django_user_model.objects.create_superuser("op@example.org", "password", name="Op")

    assert signed_in(operator).get("/catalogue/instruments/theme/").status_code == 404
    assert signed_in(cast.amina).get("/catalogue/instruments/theme/").status_code == 404
