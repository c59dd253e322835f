"""Charts of statistical series: which tables have one, what it says, how it stands in a PDF."""

from decimal import Decimal
from io import BytesIO

import pikepdf
import pytest

from exports.document import BARS, LINE, Cell, Document, Labels, Section, Table, chart_of
from exports.formats.pdf import render
from tests.exports.documents import AGENCIES, REMITTANCES, row
from tests.exports.reading import pdf, pdf_text, squeezed


def table(years, *rows, **values):
    return Table("Inspections", ("Kind", *years), rows, **values)


def test_a_table_over_years_is_a_line_and_says_all_its_figures():
    chart = chart_of(AGENCIES, Labels())

    assert (chart.kind, chart.years) == (LINE, ("2021", "2022", "2023", "2024", "2025"))
    assert [(each.name, each.values[0]) for each in chart.series] == [
        ("Licensed at year end", Decimal(391)),
        ("Inspected", Decimal(0)),
        ("Sanctioned", None),
    ]
    assert chart.alt == (
        "Agencies licensed, inspected, sanctioned and closed (number of agencies). "
        "Licensed at year end: 2021 – 391; 2022 – 367; 2023 – 342; 2024 – 276; 2025 – 221. "
        "Inspected: 2021 – 0; 2022 – not entered; 2023 – 61; 2024 – 143; 2025 – 188. "
        "Sanctioned: 2021 – not entered; 2022 – 9; 2023 – 12; 2024 – not entered; 2025 – 44."
    )


def test_two_years_are_bars():
    assert chart_of(table(("2023", "2024"), row("All", 1, 2)), Labels()).kind == BARS


def test_the_name_of_a_breakdown_is_part_of_the_name_of_its_series():
    chart = chart_of(
        Table(
            "T", ("Kind", "Sex", "2023", "2024"), ((Cell("All"), Cell("Women"), Cell(Decimal(1)), Cell(Decimal(2))),)
        ),
        Labels(),
    )

    assert chart.series[0].name == "All, Women"


@pytest.mark.parametrize(
    "without",
    [
        REMITTANCES,
        table(("2023",), row("One year", 5)),
        table(("2023", "2024"), row("One figure", 5, None)),
        table(("Number", "Share"), row("No years", 5, 6)),
        table(("2023", "2024")),
        table(("2023", "2024"), row("Complaints (persons)", 5, 6), row("Upheld (per cent)", 40, 50)),
    ],
)
def test_what_cannot_be_read_as_series_has_no_chart(without):
    assert chart_of(without, Labels()) is None


def test_the_unit_that_all_rows_name_is_that_of_the_chart():
    chart = chart_of(table(("2023", "2024"), row("Women (persons)", 5, 6), row("Men (persons)", 7, 8)), Labels())

    assert (chart.unit, [each.name for each in chart.series]) == ("persons", ["Women", "Men"])
    assert chart.alt == "Inspections (persons). Women: 2023 – 5; 2024 – 6. Men: 2023 – 7; 2024 – 8."


def annexed(*tables, direction="ltr", language="en"):
    return Document(
        "A report",
        direction=direction,
        language=language,
        sections=(Section("Text"),),
        statistics=(Section("Article 66: Recruitment", blocks=tables),),
    )


@pytest.mark.parametrize(("direction", "language"), [("ltr", "en"), ("rtl", "ar")])
@pytest.mark.parametrize(
    "content", [AGENCIES, table(("2023", "2024"), *(row(f"Kind {at}", at, 9 - at) for at in range(6)))]
)
def test_a_chart_stands_over_its_table_with_its_figures_in_words(content, direction, language):
    data = render(annexed(content, direction=direction, language=language))
    with pikepdf.open(BytesIO(data)) as file:
        found = [each for each in file.objects if isinstance(each, pikepdf.Dictionary) and each.get("/S") == "/Figure"]

        assert [str(each.Alt) for each in found] == [chart_of(content, Labels()).alt]
        left, low, right, high = (float(each) for each in found[0].A.BBox)
        assert 0 < left < right < 596
        assert 0 < low < high < 842


def test_a_table_in_the_text_has_no_chart():
    document = Document("A report", sections=(Section("Text", blocks=(AGENCIES,)),))

    with pikepdf.open(BytesIO(render(document))) as file:
        assert "/Figure" not in [str(each.get("/S")) for each in file.objects if isinstance(each, pikepdf.Dictionary)]


def wide(label="Wide", columns=14, rows=40):
    heads = ("Country", *(f"Kind number {at}" for at in range(columns)))
    return Table(label, heads, tuple(row(f"Country {at}", *[123456] * columns) for at in range(rows)), source="Bank")


def test_a_wide_table_stands_on_landscape_pages_with_its_heading_and_all_after_it_upright_again():
    pages = pdf(render(annexed(wide(), AGENCIES))).pages

    across = [page.mediabox.width > page.mediabox.height for page in pages]
    texts = [squeezed(page.extract_text()) for page in pages]
    assert across == [False, False, False, True, True, False]
    assert "Article 66: Recruitment Wide Country" in texts[3]
    assert all("Kind number 13" in text for text in texts[3:5])
    assert all(f"Page {number} of 6" in texts[number - 1] for number in (4, 5, 6))
    assert "Licensed at year end" in texts[5]


def test_two_wide_tables_share_their_landscape_pages():
    pages = pdf(render(annexed(wide("One", rows=3), wide("Two", rows=3)))).pages

    assert [page.mediabox.width > page.mediabox.height for page in pages][3:] == [True]


def test_forty_rows_are_all_printed_under_repeated_heads():
    content = Table("Long", ("Groups", "2024"), tuple(row(f"Group {at}", at * 1000) for at in range(40)))

    text = pdf_text(render(annexed(*[content] * 3)))

    assert all(text.count(f"Group {at} {at},000") == 3 for at in range(1, 40))
    assert text.count("Groups 2024") > 3
