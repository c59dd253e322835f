"""The list of abbreviations says what the text itself says, and nothing else."""

import pytest

from exports.abbreviations import defined_in


def found(*texts: str) -> dict[str, str]:
    return {each.short: each.long for each in defined_in(texts)}


@pytest.mark.parametrize(
    ("text", "short", "meaning"),
    [
        ("The National Statistics Office (NSO) counts.", "NSO", "National Statistics Office"),
        ("the Department of Economic and Social Affairs (DESA)", "DESA", "Department of Economic and Social Affairs"),
        ("Of 41 non-governmental organizations (NGOs), 12 wrote.", "NGOs", "non-governmental organizations"),
        (
            "A National Mechanism for Implementation, Reporting and Follow-up (NMIRF)",
            "NMIRF",
            "National Mechanism for Implementation, Reporting and Follow-up",
        ),
        ("l’Organisation internationale du Travail (OIT)", "OIT", "Organisation internationale du Travail"),
        ("The Ministry of Labour (MoL) decides.", "MoL", "Ministry of Labour"),
    ],
)
def test_a_bracket_after_a_name_with_its_initials_defines_it(text, short, meaning):
    assert found(text) == {short: meaning}


@pytest.mark.parametrize(
    "text",
    [
        "It was adopted by Parliament (ILO).",
        "The Act (2024) and the Decree (No. 12)",
        "The National Office. Statistics (NOS)",
        "It uses ILO and IOM throughout.",
        "(ILO) at the beginning",
        "المكتب الوطني للإحصاء (NSO)",
        "",
    ],
)
def test_anything_else_defines_nothing(text):
    assert found(text) == {}


def test_the_first_definition_stands_and_the_list_is_by_alphabet():
    texts = ["the World Bank (WB)", "a National Statistics Office (NSO)", "a New Statistics Office (NSO)"]

    assert list(found(*texts).items()) == [("NSO", "National Statistics Office"), ("WB", "World Bank")]
