import pytest

from reporting.instruments.references import is_within, natural, overlap, parse


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("16", ("16", "")),
        ("16(5)", ("16", "(5)")),
        ("37(b)-(d)", ("37", "(b)-(d)")),
        ("5(1)(a)", ("5", "(1)(a)")),
        ("I.3", ("I.3", "")),
        ("A", ("A", "")),
        ("sixteen", None),
        ("16(", None),
    ],
)
def test_a_reference_is_an_article_and_what_of_it(text, parts):
    assert parse(text) == parts


def test_articles_sort_as_people_count():
    assert sorted(["10", "2", "1"], key=natural) == ["1", "2", "10"]
    assert sorted(["I.10", "I.2", "III.1", "II.1"], key=natural) == ["I.2", "I.10", "II.1", "III.1"]


@pytest.mark.parametrize(
    ("article", "ranges", "inside"),
    [
        ("16", "8-35", True),
        ("7", "8-35", False),
        ("B", "A-B", True),
        ("12", "1-4,11-24", True),
        ("II.3", "I.1-I.8", False),
    ],
)
def test_an_article_stands_in_a_part(article, ranges, inside):
    assert is_within(article, ranges) is inside


@pytest.mark.parametrize(
    ("one", "other", "shared"),
    [
        ("", "(2)", True),
        ("(1)-(4)", "(2)", True),
        ("(1)-(4)", "(5)-(9)", False),
        ("(1)", "(10)", False),
        ("(1)(a)", "(1)", True),
        ("(b)-(d)", "(a)", False),
    ],
)
def test_paragraphs_overlap_where_they_share_something(one, other, shared):
    assert overlap(one, other) is overlap(other, one) is shared
