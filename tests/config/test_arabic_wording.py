"""The Arabic wording beside the catalogue covers every code, measure and row of both editions for migrant workers."""

from pathlib import Path
from typing import Any

import pytest
import yaml

CATALOGUE = Path(__file__).parents[2] / "reporting" / "questionnaires" / "catalogue"
ARABIC = CATALOGUE / "translations" / "ar"


def read(path: Path) -> dict[str, Any]:
    return yaml.safe_load(path.read_text(encoding="utf-8"))


def original(code: str) -> dict[str, Any]:
    [path] = [path for path in CATALOGUE.rglob(f"{code}.yaml") if "translations" not in path.parts]
    return read(path)


def shape(question: dict[str, Any]) -> tuple[list[set[str]], int, bool]:
    """What a translation of the question holds: the words of each measure, the number of rows, and whether a unit."""
    words = {"name", "unit", "definition"}
    rows = question.get("rows", [])
    count = len(rows.get("fixed", [1]) if isinstance(rows, dict) and rows else rows)
    return [words & set(measure) for measure in question.get("measures", [])], count, "unit" in question


@pytest.mark.parametrize("code", ["cmw-periodic", "cmw-initial"])
def test_every_part_section_and_question_has_arabic_words(code):
    arabic, parts = read(ARABIC / f"{code}.yaml"), original(code)["parts"]

    sections = [section for part in parts for section in part["sections"]]
    questions = [question for section in sections for question in section["questions"]]

    assert list(arabic["parts"]) == [part["code"] for part in parts]
    assert list(arabic["sections"]) == [section["code"] for section in sections]
    assert list(arabic["questions"]) == [question["code"] for question in questions]
    assert [len(row["guidance"]) for row in arabic["sections"].values()] == [len(s["guidance"]) for s in sections]
    assert [shape(row) for row in arabic["questions"].values()] == [shape(question) for question in questions]


@pytest.mark.parametrize("path", sorted(ARABIC.glob("*.yaml")), ids=lambda path: path.name)
def test_no_arabic_text_was_left_in_english(path):
    def leaves(node: Any) -> list[str]:
        if isinstance(node, dict):
            return [leaf for key, value in node.items() if key not in {"code", "language"} for leaf in leaves(value)]
        if isinstance(node, list):
            return [leaf for value in node for leaf in leaves(value)]
        return [node] if isinstance(node, str) else []

    assert [text for text in leaves(read(path)) if not any("\u0600" <= letter <= "\u06ff" for letter in text)] == []
