import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reporting.text.markup import clean

LRE, RLO, PDF, LRI, RLI, PDI, RLM = "\u202a", "\u202e", "\u202c", "\u2066", "\u2067", "\u2069", "\u200f"
MARKS = st.text(alphabet=[*list("ab\n "), LRE, RLO, PDF, LRI, RLI, PDI])


@pytest.mark.parametrize(
    ("source", "cleaned"),
    [
        ("a\r\nb\rc\u2028d", "a\nb\nc\nd"),
        ("a  \n b\t\n\n", "a\n b"),
        ("\n\na", "a"),
        ("e\u0301", "é"),
        ("a\x00b\x07c\x1bd\ufeffe\uffff\ud800", "abcde"),
        (f"a{RLO}dcb{PDF}", "adcb"),
        (f"a{LRE}b", "ab"),
        (f"a{PDI}b{PDF}", "ab"),
        (f"{RLI}a{PDI} {LRE}b{PDF}", f"{RLI}a{PDI} {LRE}b{PDF}"),
        (f"{RLI}a{LRE}b{PDI}", f"{RLI}ab{PDI}"),
        (f"{RLI}a\nb{PDI}", "a\nb"),
        (f"a{RLM}b", f"a{RLM}b"),
        ("a\tb", "a\tb"),
    ],
)
def test_a_text_is_cleaned_before_it_is_stored(source, cleaned):
    assert clean(source) == cleaned


@given(st.one_of(st.text(), MARKS))
def test_cleaning_twice_changes_nothing_more(source):
    once = clean(source)

    assert clean(once) == once
    assert unicodedata.is_normalized("NFC", once)
    once.encode()


@given(MARKS)
def test_directions_are_balanced_in_every_line(source):
    for line in clean(source).split("\n"):
        assert line.count(LRE) == line.count(PDF)
        assert line.count(LRI) + line.count(RLI) == line.count(PDI)


@given(st.text(alphabet="ab中é .-", max_size=50))
def test_no_visible_character_is_lost(source):
    assert clean(source) == source.rstrip()
