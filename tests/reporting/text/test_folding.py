import pytest
from hypothesis import given
from hypothesis import strategies as st

from reporting.text.folding import fold


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("  Migrant\n WORKERS ", "migrant workers"),
        ("Côte d’Ivoire", "cote d'ivoire"),
        ("STRASSE Straße", "strasse strasse"),
        ("İstanbul Łódź Ørsted", "istanbul lodz orsted"),
        ("Ёлка", "елка"),
        ("العُمَّالُ", "العمال"),
        ("أحمد إلى آسيا ٱلله", "احمد الي اسيا الله"),
        ("مسؤولية هيئة", "مسووليه هييه"),
        ("مـــادة", "ماده"),
        ("المادة ٦٦", "الماده 66"),
        ("移徙工人", "移徙工人"),
        ("ＡＢＣ　１", "abc 1"),
        ("a\u200bb\u00adc\u200f", "abc"),
    ],
)
def test_case_accents_and_forms_of_letters_are_folded(text, folded):
    assert fold(text) == folded


@given(st.text())
def test_folding_twice_changes_nothing_more(text):
    assert fold(fold(text)) == fold(text)


@given(st.text(alphabet="abcéÈأإآةىؤ ـُßŁ"))
def test_upper_case_folds_as_lower_case(text):
    assert fold(text.upper()) == fold(text)
