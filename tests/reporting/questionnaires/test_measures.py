"""What a table counts decides how its cells are read, and whether its rows are added."""

from decimal import Decimal
from pathlib import Path

import pytest
import yaml
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from reporting.questionnaires.kinds import KINDS, values
from reporting.questionnaires.kinds.layout import printed, table_definition, totals, translated_definition
from reporting.questionnaires.kinds.measures import read_cell, summed

TABLE = KINDS["table"]
CATALOGUE = Path(__file__).resolve().parents[3] / "reporting/questionnaires/catalogue"
YEARS = [2023, 2024]


def by_row(name: str, unit: str, rows: list[str] | None = None) -> dict:
    return table_definition(
        {"measures": [{"name": name, "unit": unit}], "rows": {"fixed": rows or ["courts", "police"]}, "years": 2}
    )


def test_a_count_cannot_be_negative_and_a_percentage_stays_within_a_hundred() -> None:
    persons, share = {"name": "Convictions", "unit": "persons"}, {"name": "Turnout", "unit": "per cent of voters"}

    with pytest.raises(values.Unreadable, match=r"A count cannot be below 0\."):
        read_cell("-4", persons)
    with pytest.raises(values.Unreadable, match=r"A percentage cannot be above 100\."):
        read_cell("100,1", share)
    assert (read_cell("0", persons), read_cell("100", share)) == ("0", "100")


def test_a_gap_may_be_negative_and_a_growth_above_a_hundred() -> None:
    assert read_cell("-3.5", {"name": "Gap in mean pay", "unit": "per cent"}) == "-3.5"
    assert read_cell("130", {"name": "Annual growth", "unit": "per cent"}) == "130"
    assert read_cell("-12", {"name": "Balance", "unit": "million of national currency"}) == "-12"


def test_days_and_yes_or_no_are_read_where_the_questionnaire_asks_for_them() -> None:
    day, yes_or_no = {"name": "Date of ratification", "unit": "date"}, {"name": "Accepted", "unit": "yes or no"}

    stored = [read_cell("31.3.2026", day), read_cell("n/a", day), read_cell("Yes", yes_or_no)]
    with translation.override("ar"):
        in_arabic = read_cell("نعم", yes_or_no)

    assert stored == ["2026-03-31", "not_available", "yes"]
    assert in_arabic == "yes"
    assert [printed(each) for each in stored] == ["31 March 2026", "not available", "Yes"]
    with pytest.raises(values.Unreadable):
        read_cell("12", yes_or_no)


@pytest.mark.parametrize(
    ("name", "unit"),
    [
        ("Share of the budget", "per cent"),
        ("Mean monthly earnings", "national currency"),
        ("Pupils per teacher", "pupils"),
        ("Mean length of first instance", "days"),
        ("Target", "as stated in the row"),
        ("Date of ratification", "date"),
        ("Index of prices", "index"),
    ],
)
def test_shares_means_and_prices_have_no_total(name: str, unit: str) -> None:
    assert summed(by_row(name, unit)) == []


def test_a_table_with_a_row_for_all_has_no_other_total() -> None:
    assert summed(by_row("Workers", "persons", ["farming", "building", "all sectors"])) == []
    assert summed(by_row("Workers", "persons", ["farming", "building"])) == ["m1"]


def test_measures_in_rows_are_never_added() -> None:
    same_unit = table_definition({"measures": [{"name": "Filed", "unit": "cases"}, {"name": "Won", "unit": "cases"}]})

    assert summed(same_unit) == []
    assert totals({"cells": {"m1/m1/2024": "3", "m2/m2/2024": "1"}}, same_unit, [2024]) == {}


def test_a_translation_changes_no_total() -> None:
    english = by_row("Share of the budget", "per cent")
    arabic = translated_definition(english, {"measures": [{"name": "الحصة", "unit": "نسبة مئوية"}]})

    assert summed(arabic) == summed(english) == []


def test_no_questionnaire_of_the_catalogue_adds_what_cannot_be_added() -> None:
    added = set()
    for file in CATALOGUE.rglob("*.yaml"):
        for table in _tables(yaml.safe_load(file.read_text())):
            definition = table_definition(table)
            keys = summed(definition)
            added |= {measure["unit"] for measure in definition["measures"] if measure["key"] in keys}

    assert "persons" in added
    assert not [unit for unit in added if "per" in unit.split() or "date" in unit or "as stated" in unit]


def _tables(part):
    if isinstance(part, dict):
        measures = part.get("measures")
        if isinstance(measures, list) and measures and "unit" in measures[0]:
            yield part
        for value in part.values():
            yield from _tables(value)
    elif isinstance(part, list):
        for value in part:
            yield from _tables(value)


numbers = st.decimals(min_value=-(10**9), max_value=10**9, places=2).map(lambda number: f"{number:f}")


@given(st.lists(numbers, min_size=2, max_size=6))
def test_a_total_is_the_exact_sum_of_its_rows(column: list[str]) -> None:
    definition = by_row("Spent", "national currency", [f"row {place}" for place in range(len(column))])
    cells = {f"f{place}/m1/2024": values.number(text) for place, text in enumerate(column, start=1)}

    found = totals({"cells": cells}, definition, YEARS)

    assert found == {"m1/2024": values.canonical(sum(map(Decimal, column), Decimal(0)))}


@given(
    st.integers(min_value=0, max_value=10**9),
    st.integers(min_value=0, max_value=99),
    st.sampled_from(["{:,}.{:02}", "{:_}.{:02}", "continental", "arabic"]),
)
def test_a_number_is_the_same_in_every_way_of_writing_it(whole: int, cents: int, written: str) -> None:
    if written == "continental":
        text = f"{whole:,}".replace(",", "\u00a0") + f",{cents:02}"
    elif written == "arabic":
        digits = str.maketrans("0123456789,.", "٠١٢٣٤٥٦٧٨٩٬٫")
        text = f"{whole:,}.{cents:02}".translate(digits)
    else:
        text = written.format(whole, cents).replace("_", "\u202f")

    assert values.number(text) == values.canonical(Decimal(f"{whole}.{cents:02}"))


def test_the_year_of_an_indicator_does_not_lie_after_the_report() -> None:
    kept, errors = KINDS["indicator"].clean({"value": "3", "year": "2087"}, {}, [2025])

    assert kept == {"value": "3"}
    assert [each.path for each in errors] == ["year"]
    assert KINDS["indicator"].clean({"value": "3", "year": "2026"}, {}, [2025])[1] == []


def test_totals_and_change_are_printed_as_they_are_on_the_page() -> None:
    content = {"cells": {"f1/m1/2023": "5", "f2/m1/2023": "2", "f1/m1/2024": "3", "f2/m1/2024": "1"}}

    (block,) = TABLE.blocks(content, by_row("Convictions", "persons"), YEARS)

    (total,) = block["totals"]
    assert [cell["value"] for cell in total["cells"]] == ["7", "4"]
    assert total["change"] == "-3"
