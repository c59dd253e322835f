"""A page saves the cells of a table one by one: two people fill one table, and nobody's figure is lost."""

import json
import uuid

import pytest

from reporting.reports.models import AnswerVersion
from tests.reporting.reports import writing
from tests.reporting.reports.writing import answer, write

pytestmark = pytest.mark.django_db


@pytest.fixture
def section(cast):
    return writing.section(writing.report(cast))


@pytest.fixture
def send(section, signed_in):
    def send(person, fields, *, version=0, number=2, attempt=None):
        body = {
            "id": str(attempt or uuid.uuid4()),
            "answers": {answer(section, number).pk: {"v": version, "fields": fields}},
        }
        address = f"/reports/{section.report.slug}/sections/{section.slug}/changes/"
        reply = signed_in(person).post(address, json.dumps(body), content_type="application/json")
        return reply.json()["answers"][str(answer(section, number).pk)]

    return send


def cells(section):
    return answer(section, 2).content.get("cells", {})


def test_a_cell_is_saved_in_its_stored_spelling_which_the_page_is_told(cast, section, send):
    told = send(cast.dana, {"cell-m1/m1/2025": "1 234,5", "cell-m2/m2/2025": "n/a"})

    assert cells(section) == {"m1/m1/2025": "1234.5", "m2/m2/2025": "not_available"}
    assert (told["v"], told["fields"]) == (1, {"cell-m1/m1/2025": "1234.5", "cell-m2/m2/2025": "not available"})


def test_two_people_in_two_cells_of_one_table_both_survive(cast, section, send):
    send(cast.dana, {"cell-m1/m1/2025": "12"})

    told = send(cast.jonas, {"cell-m2/m2/2025": "7"})

    assert cells(section) == {"m1/m1/2025": "12", "m2/m2/2025": "7"}
    assert told["fields"] == {"cell-m1/m1/2025": "12"}
    assert told["who"]


def test_two_values_in_one_cell_clash_and_the_form_shows_both(cast, section, send, signed_in):
    send(cast.dana, {"cell-m1/m1/2025": "12"})

    told = send(cast.jonas, {"cell-m1/m1/2025": "15", "cell-m2/m2/2025": "7"})
    pk = answer(section, 2).pk
    form = {f"a{pk}_version": "0", f"a{pk}-cell-m1/m1/2025": "15", f"a{pk}-cell-m2/m2/2025": "7"}
    page = signed_in(cast.jonas).post(f"/reports/{section.report.slug}/sections/{section.slug}/save/", form)

    assert told["clash"] == {"cell-m1/m1/2025": "12"}
    assert cells(section) == {"m1/m1/2025": "12", "m2/m2/2025": "7"}
    assert page.status_code == 409
    assert "Licensed at year end, 2025" in page.text
    assert "12" in page.text
    assert "15" in page.text


def test_a_clash_whose_reply_was_lost_is_told_again(cast, section, send):
    send(cast.dana, {"cell-m1/m1/2025": "12"})
    attempt = uuid.uuid4()
    send(cast.jonas, {"cell-m1/m1/2025": "15", "cell-m2/m2/2025": "7"}, attempt=attempt)

    told = send(cast.jonas, {"cell-m1/m1/2025": "15", "cell-m2/m2/2025": "7"}, attempt=attempt)

    assert told["clash"] == {"cell-m1/m1/2025": "12"}
    assert AnswerVersion.objects.count() == 2


def test_what_cannot_be_read_is_told_at_its_cell_and_the_rest_is_saved(cast, section, send):
    send(cast.dana, {"cell-m1/m1/2025": "12"})

    told = send(cast.dana, {"cell-m1/m1/2025": "many", "cell-m1/m1/2024": "3", "cell-m2/m2/2025": "-1"}, version=1)

    assert cells(section) == {"m1/m1/2025": "12", "m1/m1/2024": "3"}
    assert told["wrong"] == {
        "cell-m1/m1/2025": "“many” is not a number. Enter a number or mark it “not available”.",
        "cell-m2/m2/2025": "A count cannot be below 0.",
    }
    assert "fields" not in told


def test_totals_change_and_open_cells_are_told_with_each_save(cast, section, send):
    told = send(cast.dana, {"cell-m1/m1/2023": "12", "cell-m1/m1/2025": "15"})

    assert told["computed"]["change-m1-m1"] == "+3"
    assert told["computed"]["empty"] == "4 cells empty."
    assert told["computed"]["unsourced"] == "1 row without a source."


def test_a_figure_kept_before_a_rule_came_is_neither_lost_nor_in_the_way(cast, section, send, signed_in):
    write(section, 2, by=cast.dana, content={"cells": {"m1/m1/2024": "-3"}})

    told = send(cast.dana, {"cell-m1/m1/2025": "2"}, version=1)
    pk = answer(section, 2).pk
    form = {f"a{pk}_version": "2", f"a{pk}-cell-m1/m1/2024": "-3", f"a{pk}-cell-m1/m1/2025": "4"}
    signed_in(cast.dana).post(f"/reports/{section.report.slug}/sections/{section.slug}/save/", form)

    assert "wrong" not in told
    assert cells(section) == {"m1/m1/2024": "-3", "m1/m1/2025": "4"}


def test_a_breakdown_that_exceeds_its_table_is_an_advice_and_is_saved(cast, section, send):
    told = send(
        cast.dana,
        {
            "cell-m1/m1/2025": "10",
            "by-sex-row-w-label": "Women",
            "by-sex-cell-w/2025": "7",
            "by-sex-row-m-label": "Men",
            "by-sex-cell-m/2025": "5",
        },
    )

    assert told["computed"]["advice"] == "By sex, 2025: the rows add up to 12, the table above has 10."
    assert len(answer(section, 2).content["breakdowns"]["sex"]["cells"]) == 2


def test_a_number_is_saved_field_by_field_too(cast, section, send):
    told = send(cast.dana, {"value": "1,250"}, number=6)

    assert answer(section, 6).content == {"value": "1250"}
    assert told["fields"] == {"value": "1250"}


@pytest.mark.parametrize(("act", "labels"), [("up", ["B", "A"]), ("remove", ["A"])])
def test_rows_of_an_open_table_are_moved_and_removed_without_script(cast, section, signed_in, act, labels):
    content = {"rows": [{"key": "a", "label": "A"}, {"key": "b", "label": "B"}], "cells": {"b/m1/2025": "3"}}
    write(section, 9, by=cast.dana, content=content)
    pk = answer(section, 9).pk
    form = {
        f"a{pk}_version": "1",
        f"a{pk}-row-a-label": "A",
        f"a{pk}-row-b-label": "B",
        f"a{pk}-cell-b/m1/2025": "3",
        f"a{pk}-{act}": "b",
    }

    reply = signed_in(cast.dana).post(f"/reports/{section.report.slug}/sections/{section.slug}/save/", form)

    stored = answer(section, 9).content
    assert reply["Location"].endswith(f"#a{pk}")
    assert [row["label"] for row in stored["rows"]] == labels
    assert stored.get("cells", {}) == ({} if act == "remove" else {"b/m1/2025": "3"})


def test_a_breakdown_is_removed_with_its_rows(cast, section, signed_in):
    table = {"rows": [{"key": "w", "label": "Women"}], "cells": {"w/2025": "3"}}
    write(section, 2, by=cast.dana, content={"cells": {"m1/m1/2025": "4"}, "breakdowns": {"sex": table}})
    pk = answer(section, 2).pk
    form = {
        f"a{pk}_version": "1",
        f"a{pk}-cell-m1/m1/2025": "4",
        f"a{pk}-by-sex-row-w-label": "Women",
        f"a{pk}-by-sex-cell-w/2025": "3",
        f"a{pk}-by-sex-drop": "1",
    }

    signed_in(cast.dana).post(f"/reports/{section.report.slug}/sections/{section.slug}/save/", form)

    assert answer(section, 2).content == {"cells": {"m1/m1/2025": "4"}}


def test_a_note_to_a_cell_of_a_breakdown_is_saved_by_itself(cast, section, send):
    send(cast.dana, {"by-sex-row-w1-label": "Women", "by-sex-cell-w1/2025": "4"})

    told = send(cast.jonas, {"by-sex-note-w1/2025": "Provisional."}, version=1)

    assert answer(section, 2).content["breakdowns"]["sex"]["notes"] == {"w1/2025": "Provisional."}
    assert told.get("wrong", {}) == {}


# --- choices and lists ---------------------------------------------------------------------


def test_a_choice_is_saved_by_itself_and_leaves_the_text_that_explains_it(cast, section, send):
    write(section, 3, "Section 14 forbids fees.", by=cast.dana)

    told = send(cast.jonas, {"choice": "yes"}, number=3)

    row = answer(section, 3)
    assert (row.content, [each.text for each in row.paragraphs.all()]) == (
        {"choice": "yes"},
        ["Section 14 forbids fees."],
    )
    assert told["who"]


def test_two_choices_clash_and_what_stands_is_not_overwritten(cast, section, send):
    send(cast.dana, {"choice": "yes"}, number=3)

    told = send(cast.jonas, {"choice": "no"}, number=3)

    assert answer(section, 3).content == {"choice": "yes"}
    assert list(told["clash"]) == ["choice"]


def test_two_people_add_a_law_each_and_both_are_on_the_list(cast, section, send):
    send(cast.dana, {"k1-title": "Recruitment Act", "k1-date": "1.2.2019"}, number=4)

    told = send(cast.jonas, {"k2-title": "Labour Code", "k2-link": "https://gazette.example/1"}, number=4)

    listed = answer(section, 4).content["references"]
    assert [(each["key"], each["title"]) for each in listed] == [("k1", "Recruitment Act"), ("k2", "Labour Code")]
    assert listed[0]["date"] == "2019-02-01"
    assert told["fields"]["k1-title"] == "Recruitment Act"


def test_a_law_without_its_title_is_kept_and_the_title_is_asked_for(cast, section, send):
    told = send(cast.dana, {"k1-number": "No. 22"}, number=4)

    assert answer(section, 4).content["references"] == [{"key": "k1", "number": "No. 22"}]
    assert told["wrong"] == {"k1-title": "Give the title."}


def test_an_address_that_is_none_is_told_beside_its_field_and_the_rest_is_saved(cast, section, send):
    told = send(cast.dana, {"k1-title": "Recruitment Act", "k1-link": "gazette"}, number=4)

    assert answer(section, 4).content["references"] == [{"key": "k1", "title": "Recruitment Act"}]
    assert list(told["wrong"]) == ["k1-link"]


def test_a_law_whose_fields_are_all_emptied_is_taken_off_the_list(cast, section, send):
    version = send(cast.dana, {"k1-title": "Recruitment Act"}, number=4)["v"]

    send(cast.dana, {"k1-title": ""}, number=4, version=version)

    assert answer(section, 4).content == {}
