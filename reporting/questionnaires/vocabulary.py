"""The closed lists of the questionnaires, with their words in the languages that have them."""

from functools import cache
from pathlib import Path
from typing import Any

import yaml
from django.conf import settings
from django.utils.translation import get_language

CATALOGUE = Path(__file__).resolve().parent / "catalogue"


@cache
def _words(language: str) -> dict[str, Any]:
    if language == "en":
        paths = [CATALOGUE / "vocabulary.yaml"]
    else:
        paths = [folder / "translations" / language / "vocabulary.yaml" for folder in word_folders()]
    for path in paths:
        if path.is_file():
            return dict(yaml.safe_load(path.read_text(encoding="utf-8")))
    return {}


def word_folders() -> list[Path]:
    """Where ``translations/LANGUAGE`` may lie: in the folders of further languages, and here."""
    return [*settings.LANGUAGE_FOLDERS, CATALOGUE]


def codes(name: str) -> list[str]:
    """The codes of a closed list, such as "dimensions" or "leads"."""
    return list(_words("en").get(name, {}))


def label(name: str, code: str, language: str | None = None) -> str:
    """The words of one code in ``language`` (the reader's, unless given), else in English, else the code itself."""
    wanted = (language or get_language() or "en").partition("-")[0]
    for words in (_words(wanted), _words("en")):
        said = words.get(name, {}).get(code)
        if said:
            return str(said)
    return code.replace("_", " ")


def lead_label(code: str, language: str | None = None) -> str:
    """The words of a proposed lead, contributor or consulted body."""
    for name in ("leads", "contributors_only", "consulted"):
        if code in _words("en").get(name, {}):
            return label(name, code, language)
    return code.replace("_", " ")
