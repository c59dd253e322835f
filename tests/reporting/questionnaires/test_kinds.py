"""Each kind of question owns the shape of its answers."""

import datetime
import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reporting.questionnaires.choices import QuestionKind
from reporting.questionnaires.kinds import KINDS, FieldError, values
from reporting.questionnaires.kinds.layout import (
    change,
    rows_of,
    table_definition,
    totals,
    translated_definition,
    years_until,
)

TABLE = KINDS["table"]
YEARS = [2023, 2024]
PLAIN = table_definition(
    {
        "measures": [
            {"name": "Permits", "unit": "permits", "nature": "stock", "definition": "valid"},
            {"name": "Refusals", "unit": "decisions", "nature": "flow", "definition": "final"},
        ],
        "years": 2,
        "breakdowns": ["sex"],
        "place": "annex",
    }
)
OPEN = table_definition({"measures": [{"name": "Agencies", "unit": "agencies"}], "rows": {"open": "port"}, "years": 2})
FIXED = table_definition(
    {
        "measures": [{"name": "Licensed", "unit": "agencies"}, {"name": "Inspected", "unit": "agencies"}],
        "rows": {"fixed": ["at home", "abroad"]},
        "years": 2,
    }
)


def test_every_kind_of_question_has_its_class() -> None:
    assert set(KINDS) == set(QuestionKind.values)


# --- values ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "stored"),
    [
        ("1,250", "1250"),
        ("1 250", "1250"),
        ("1\u202f250\u00a0000", "1250000"),
        ("1'250", "1250"),
        ("1,250.75", "1250.75"),
        ("1.250,75", "1250.75"),
        ("1.250.000", "1250000"),
        ("3.5", "3.5"),
        ("3,5", "3.5"),
        ("0,500", "0.5"),
        ("3.50", "3.5"),
        ("-4", "-4"),
        ("\u22124", "-4"),
        ("-0", "0"),
        ("12 %", "12"),
        ("١٢٪", "12"),
        ("1 234,5", "1234.5"),
        ("+7", "7"),
        ("\u200f١٢", "12"),
        ("١٬٢٥٠", "1250"),
        ("٣٫٥", "3.5"),
        (1250, "1250"),
        (3.5, "3.5"),
        (1e3, "1000"),
        ("", ""),
        (None, ""),
        ("not available", "not_available"),
        ("Not Available", "not_available"),
        ("n/a", "not_available"),
        ("..", "not_available"),
        (":", "not_available"),
        (":c", "suppressed"),
        ("not applicable", "not_applicable"),
        ("not_applicable", "not_applicable"),
        ("suppressed", "suppressed"),
        ("<5", "suppressed"),
    ],
)
def test_a_cell_takes_what_people_write(written: object, stored: str) -> None:
    assert values.cell(written) == stored


@pytest.mark.parametrize(
    "written", ["many", "1.2.3", "12 34", "1,25,0", "about 50", "1e3", "-", True, float("nan"), "9" * 30]
)
def test_a_cell_refuses_what_is_no_number_with_a_sentence(written: object) -> None:
    with pytest.raises(values.Unreadable, match=r"\.$"):
        values.cell(written)


def test_the_sentence_quotes_the_value_and_says_how_to_mend_it() -> None:
    with pytest.raises(values.Unreadable) as refused:
        values.cell("about 50")

    assert str(refused.value) == "“about 50” is not a number. Enter a number or mark it “not available”."


@pytest.mark.parametrize(
    ("written", "stored"),
    [
        ("2026-03-31", "2026-03-31"),
        ("31.3.2026", "2026-03-31"),
        ("31/03/2026", "2026-03-31"),
        (datetime.date(2026, 3, 31), "2026-03-31"),
        (datetime.datetime(2026, 3, 31, 12, 0), "2026-03-31"),
        ("", ""),
    ],
)
def test_a_day_is_stored_in_one_way(written: object, stored: str) -> None:
    assert values.day(written) == stored


@pytest.mark.parametrize("written", ["31 March", "2026-02-30", "03/31/2026"])
def test_a_day_that_does_not_exist_is_refused(written: str) -> None:
    with pytest.raises(values.Unreadable):
        values.day(written)


@given(st.decimals(allow_nan=False, allow_infinity=False, places=3, min_value=-(10**12), max_value=10**12))
def test_a_number_read_twice_is_the_same(value: object) -> None:
    once = values.cell(str(value))

    assert values.cell(once) == once


# --- narrative, choice, number, date, indicator -----------------------------------------------


def test_a_narrative_is_answered_by_a_paragraph_that_is_not_blank() -> None:
    narrative = KINDS["narrative"]

    assert [narrative.is_answered({}, texts) for texts in ([], ["  "], ["", "Law 3."])] == [False, False, True]
    assert narrative.words({}, {}, [], ["The law **of 2004**.", "Two more"], "en") == 6


def test_a_choice_counts_its_explanation_alone() -> None:
    choice = KINDS["choice"]

    assert choice.clean({"choice": "Partly"}, {}, []) == ({"choice": "partly"}, [])
    assert choice.clean({"choice": "perhaps"}, {}, []) == ({}, [FieldError("choice", "Choose yes, partly or no.")])
    assert choice.clean({"choice": ""}, {}, []) == ({}, [])
    assert choice.is_answered({"choice": "no"}, []) is True
    assert choice.is_answered({}, ["Explained."]) is False
    assert choice.words({"choice": "no"}, {}, [], ["Not yet ratified."], "en") == 3
    assert choice.blocks({"choice": "no"}, {}, []) == []


def test_a_number_keeps_a_note_and_leaves_a_bad_value_out() -> None:
    number = KINDS["number"]

    cleaned, errors = number.clean({"value": "lots", "note": " from the register "}, {}, [])

    assert (cleaned, [error.path for error in errors]) == ({"note": "from the register"}, ["value"])
    assert number.is_answered(cleaned, []) is False
    assert number.missing(cleaned, {}, []) == 1
    assert number.blocks({"value": "0"}, {"unit": "posts"}, []) == [
        {"type": "figure", "place": "annex", "value": "0", "unit": "posts", "year": "", "source": "", "note": ""}
    ]


def test_an_indicator_may_be_a_fact_in_words() -> None:
    cleaned, errors = KINDS["indicator"].clean(
        {"value": "Policy adopted", "year": "202", "unit": "", "source": "Gazette"}, {}, []
    )

    assert cleaned == {"value": "Policy adopted", "source": "Gazette"}
    assert [error.path for error in errors] == ["year"]
    assert KINDS["indicator"].clean({"value": "1,250"}, {}, [])[0] == {"value": "1250"}


def test_a_date_prints_itself_with_its_note() -> None:
    assert KINDS["date"].blocks({"date": "2026-03-31"}, {}, []) == [
        {"type": "date", "place": "annex", "date": "2026-03-31", "note": ""}
    ]


# --- lists -----------------------------------------------------------------------------------


def test_references_are_read_from_a_form_in_its_order() -> None:
    posted = {
        "q4-b-title": "Labour Code",
        "q4-b-date": "1.5.2004",
        "q4-a-title": "Migration Act ",
        "q4-a-link": "www.gazette.example/7",
        "q4-c-title": "",
        "q44-a-title": "another question",
    }
    kind = KINDS["legal_references"]

    cleaned, errors = kind.clean(kind.from_post(posted, "q4"), {}, [])

    assert errors == []
    assert cleaned == {
        "references": [
            {"key": "b", "title": "Labour Code", "date": "2004-05-01"},
            {"key": "a", "title": "Migration Act", "link": "https://www.gazette.example/7"},
        ]
    }
    assert kind.words(cleaned, {}, [], [], "en") == 0
    assert kind.blocks(cleaned, {}, [])[0]["items"][0] == {
        "title": "Labour Code",
        "number": "",
        "date": "2004-05-01",
        "article": "",
        "link": "",
    }


def test_a_reference_without_a_title_is_kept_and_asked_about() -> None:
    cleaned, errors = KINDS["legal_references"].clean({"references": [{"number": "7/2004"}]}, {}, [])

    assert cleaned == {"references": [{"key": "e1", "number": "7/2004"}]}
    assert errors == [FieldError("references/e1/title", "Give the title.")]


def test_a_link_that_could_run_something_is_refused() -> None:
    cleaned, errors = KINDS["files"].clean(
        {"files": [{"key": "a", "title": "Plan", "link": "javascript:alert(1)", "attachment": "7"}]}, {}, []
    )

    assert cleaned == {"files": [{"key": "a", "title": "Plan", "attachment": 7}]}
    assert [error.path for error in errors] == ["files/a/link"]


# --- tables ----------------------------------------------------------------------------------


def test_the_definition_gives_keys_to_measures_and_rows() -> None:
    assert [row.key for row in rows_of(PLAIN)] == ["m1", "m2"]
    assert [(row.key, [m["key"] for m in row.measures]) for row in rows_of(FIXED)] == [
        ("f1", ["m1", "m2"]),
        ("f2", ["m1", "m2"]),
    ]
    assert rows_of(OPEN) == []
    assert years_until(PLAIN, 2025) == [2024, 2025]


def test_a_table_keeps_what_can_be_read_and_says_what_cannot() -> None:
    content = {
        "cells": {
            "m1/m1/2023": "1,250",
            "m1/m1/2024": "many",
            "m2/m2/2023": "n/a",
            "m9/m9/2023": "4",
            "m2/m2/2024": " ",
        }
    }

    cleaned, errors = TABLE.clean(content, PLAIN, YEARS)

    assert cleaned == {"cells": {"m1/m1/2023": "1250", "m2/m2/2023": "not_available"}}
    assert [error.path for error in errors] == ["cells/m1/m1/2024", "cells/m9/m9/2023"]


def test_a_table_counts_its_empty_cells() -> None:
    assert TABLE.missing({}, PLAIN, YEARS) == 4
    assert TABLE.missing({"cells": {"m1/m1/2023": "0", "m2/m2/2023": "suppressed"}}, PLAIN, YEARS) == 2
    assert TABLE.missing({}, OPEN, YEARS) == 2
    assert TABLE.missing({"rows": [{"key": "a", "label": "A"}, {"key": "b", "label": "B"}]}, OPEN, YEARS) == 4
    assert TABLE.is_answered({}, []) is False
    assert TABLE.is_answered({"cells": {"m1/m1/2023": "0"}}, []) is True


def test_an_open_table_wants_a_name_for_each_row_with_a_value() -> None:
    content = {
        "rows": [{"key": "a", "label": " Port  of Selm "}, {"key": "b", "label": ""}, {"key": "c", "label": ""}],
        "cells": {"a/m1/2023": "3", "b/m1/2023": "4"},
    }

    cleaned, errors = TABLE.clean(content, OPEN, YEARS)

    assert cleaned["rows"] == [{"key": "a", "label": "Port of Selm"}, {"key": "b", "label": ""}]
    assert errors == [FieldError("rows/b/label", "Name this row.")]


def test_a_breakdown_is_a_small_table_of_its_own() -> None:
    content = {
        "breakdowns": {
            "sex": {
                "rows": [{"key": "b1", "label": "Women"}],
                "cells": {"b1/2023": "12", "b1/2024": "x"},
                "sources": {"b1": {"source": "Register"}},
            },
            "age_group": {"cells": {"b1/2023": "1"}},
        }
    }

    cleaned, errors = TABLE.clean(content, PLAIN, YEARS)

    assert cleaned["breakdowns"] == {
        "sex": {
            "rows": [{"key": "b1", "label": "Women"}],
            "cells": {"b1/2023": "12"},
            "sources": {"b1": {"source": "Register"}},
        }
    }
    assert [error.path for error in errors] == ["breakdowns/sex/cells/b1/2024", "breakdowns/age_group"]


def test_a_cell_of_a_breakdown_has_a_note_that_is_printed_under_its_table() -> None:
    rows = [{"key": "b1", "label": "Women"}, {"key": "b2", "label": "Men"}]
    data = {f"q-by-sex-row-{row['key']}-label": row["label"] for row in rows} | {
        "q-by-sex-cell-b1/2024": "4",
        "q-by-sex-cell-b2/2024": "6",
        "q-by-sex-note-b2/2024": "Provisional.",
        "q-by-sex-note-gone/2024": "Of no row.",
        "q-by-sex-newnote-line": "b1",
        "q-by-sex-newnote-year": "2024",
        "q-by-sex-newnote-text": "Without seasonal workers.",
    }

    cleaned, errors = TABLE.clean(TABLE.from_post(data, "q"), PLAIN, YEARS)
    (block,) = TABLE.blocks(cleaned, PLAIN, YEARS)

    assert errors == []
    assert cleaned["breakdowns"]["sex"]["notes"] == {"b2/2024": "Provisional.", "b1/2024": "Without seasonal workers."}
    assert [(row["label"], [cell["note"] for cell in row["cells"]]) for row in block["rows"]] == [
        ("Women", [None, 1]),
        ("Men", [None, 2]),
    ]
    assert [(note["number"], note["text"]) for note in block["notes"]] == [
        (1, "Without seasonal workers."),
        (2, "Provisional."),
    ]


def test_the_notes_of_a_row_of_a_breakdown_go_with_it() -> None:
    data = {
        "q-by-sex-row-b1-label": "Women",
        "q-by-sex-cell-b1/2024": "4",
        "q-by-sex-note-b1/2024": "Provisional.",
        "q-by-sex-remove": "b1",
    }

    assert TABLE.clean(TABLE.from_post(data, "q"), PLAIN, YEARS) == ({}, [])


def test_change_and_totals_need_numbers_on_all_sides() -> None:
    cells = {"f1/m1/2023": "1.5", "f2/m1/2023": "2", "f1/m1/2024": "1", "f2/m1/2024": "not_available"}

    assert change("1.5", "4") == "2.5"
    assert change("4", "suppressed") == ""
    assert totals({"cells": cells}, FIXED, YEARS) == {"m1/2023": "3.5"}


def test_the_blocks_of_a_table_have_notes_by_number_and_sources_by_row() -> None:
    content = {
        "cells": {"m1/m1/2023": "10", "m1/m1/2024": "8", "m2/m2/2024": "not_available"},
        "notes": {"m1/m1/2024": "Provisional."},
        "sources": {"m1": {"source": "Register", "reference_date": "31 December"}, "m2": {"source": "Courts"}},
        "breakdowns": {"sex": {"rows": [{"key": "b1", "label": "Women"}], "cells": {"b1/2024": "4"}}},
    }

    main, by_sex = TABLE.blocks(content, PLAIN, YEARS)

    assert main == {
        "type": "table",
        "place": "annex",
        "dimension": "",
        "caption": "",
        "columns": [
            {"kind": "label"},
            {"kind": "year", "year": 2023},
            {"kind": "year", "year": 2024},
            {"kind": "change"},
        ],
        "rows": [
            {
                "label": "Permits",
                "measure": "Permits",
                "unit": "permits",
                "nature": "stock",
                "cells": [{"value": "10", "note": None}, {"value": "8", "note": 1}],
                "change": "-2",
            },
            {
                "label": "Refusals",
                "measure": "Refusals",
                "unit": "decisions",
                "nature": "flow",
                "cells": [{"value": "", "note": None}, {"value": "not_available", "note": None}],
                "change": "",
            },
        ],
        "totals": [],
        "notes": [{"number": 1, "text": "Provisional."}],
        "source_lines": ["Permits: Register; 31 December", "Refusals: Courts"],
    }
    assert (by_sex["dimension"], by_sex["rows"][0]["label"]) == ("sex", "Women")


def test_a_translated_definition_keeps_keys_and_falls_back_word_by_word() -> None:
    translated = translated_definition(FIXED, {"measures": [{"name": "مرخصة"}], "rows": ["في الداخل"]})

    assert [measure["name"] for measure in translated["measures"]] == ["مرخصة", "Inspected"]
    assert [(row["key"], row["label"]) for row in translated["fixed"]] == [("f1", "في الداخل"), ("f2", "abroad")]


# --- properties -------------------------------------------------------------------------------

keys = st.text(string.ascii_lowercase + string.digits, min_size=1, max_size=6)
words = st.text(string.ascii_letters + " éم-/", max_size=12)
cells = st.sampled_from(["1,250", "3.5", "n/a", "", "-7", "suppressed", "many"])
rows = st.lists(st.fixed_dictionaries({"key": keys, "label": words}), max_size=4, unique_by=lambda row: row["key"])


@st.composite
def tables(draw: st.DrawFn) -> dict[str, object]:
    own = draw(rows)
    names = [f"{row['key']}/m1/{year}" for row in own for year in YEARS]
    return {
        "rows": own,
        "cells": {name: draw(cells) for name in names},
        "notes": {name: draw(words) for name in names},
        "sources": {row["key"]: {"source": draw(words), "method": draw(words)} for row in own},
        "place": draw(st.sampled_from(["", "annex", "text"])),
        "breakdowns": {
            "sex": {
                "rows": own,
                "cells": {f"{row['key']}/2023": draw(cells) for row in own},
                "notes": {f"{row['key']}/2024": draw(words) for row in own},
            }
        },
    }


entries = st.lists(
    st.fixed_dictionaries({"key": keys, "title": words, "number": words, "date": words, "link": words}),
    max_size=4,
    unique_by=lambda entry: entry["key"],
)
contents = {
    "table": tables(),
    "legal_references": st.fixed_dictionaries({"references": entries}),
    "files": st.fixed_dictionaries({"files": entries}),
    "indicator": st.fixed_dictionaries({"value": words, "unit": words, "year": words, "source": words}),
    "number": st.fixed_dictionaries({"value": cells, "note": words}),
    "date": st.fixed_dictionaries({"date": words, "note": words}),
    "choice": st.fixed_dictionaries({"choice": st.sampled_from(["", "yes", "no", "perhaps"])}),
    "narrative": st.just({}),
}
DEFINITION = table_definition({"measures": [{"name": "N"}], "rows": {"open": "row"}, "years": 2, "breakdowns": ["sex"]})


@pytest.mark.parametrize("name", contents)
def test_what_was_cleaned_survives_the_form_unchanged(name: str) -> None:
    kind = KINDS[name]

    @given(contents[name])
    def check(content: dict[str, object]) -> None:
        cleaned, _errors = kind.clean(content, DEFINITION, YEARS)

        again = kind.clean(kind.from_post(kind.to_post(cleaned, "q1"), "q1"), DEFINITION, YEARS)[0]

        assert again == cleaned

    check()


@pytest.mark.parametrize("name", contents)
def test_a_merge_with_oneself_or_with_nothing_new_changes_nothing(name: str) -> None:
    kind = KINDS[name]

    @given(contents[name], contents[name])
    def check(base: dict[str, object], other: dict[str, object]) -> None:
        base, other = kind.clean(base, DEFINITION, YEARS)[0], kind.clean(other, DEFINITION, YEARS)[0]

        assert kind.merge(base, other, base) == (other, [])
        assert kind.merge(base, base, other) == (other, [])
        assert kind.merge(base, other, other) == (other, [])

    check()


def test_two_bodies_that_fill_different_cells_lose_nothing() -> None:
    base = {"cells": {"m1/m1/2023": "1"}}
    theirs = {"cells": {"m1/m1/2023": "1", "m1/m1/2024": "2"}}
    mine = {"cells": {"m1/m1/2023": "1", "m2/m2/2024": "3"}}

    merged, clashes = TABLE.merge(base, theirs, mine)

    assert (merged, clashes) == ({"cells": {"m1/m1/2023": "1", "m1/m1/2024": "2", "m2/m2/2024": "3"}}, [])


def test_a_cell_that_both_changed_stays_theirs_and_is_named() -> None:
    merged, clashes = TABLE.merge(
        {"cells": {"m1/m1/2023": "1"}}, {"cells": {"m1/m1/2023": "2"}}, {"cells": {"m1/m1/2023": "3"}}
    )

    assert merged == {"cells": {"m1/m1/2023": "2"}}
    assert [clash.path for clash in clashes] == [("cells", "m1/m1/2023")]
