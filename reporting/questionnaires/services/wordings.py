"""Translations that lie beside the catalogue: checked against what they translate."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from reporting.instruments.services.reference import Reference
from reporting.instruments.services.source import Checked, Faults, read
from reporting.questionnaires.services.editions import Edition

Words = dict[str, dict[str, Any]]  # by code: field: text
# key in the vocabulary -> field of Mechanism
FAMILY_WORDS = {"addressee": "addressee", "report": "report_word", "state": "state_word", "outcome": "outcome_word"}


@dataclass
class Wordings:
    """The words of one language, by code, in the shape of ``Translated.translations[language]``."""

    mechanisms: Words = field(default_factory=dict)
    instruments: Words = field(default_factory=dict)
    themes: Words = field(default_factory=dict)
    questionnaires: Words = field(default_factory=dict)
    parts: dict[tuple[str, str], dict[str, Any]] = field(default_factory=dict)  # by questionnaire and part
    sections: Words = field(default_factory=dict)
    questions: Words = field(default_factory=dict)


def check_wordings(
    folders: Iterable[Path], reference: Reference, editions: Mapping[str, Edition]
) -> tuple[dict[str, Wordings], list[Faults]]:
    """The words of every language folder in ``folders``; later folders win."""
    found: dict[str, Wordings] = {}
    all_faults = []
    for folder in folders:
        for path in sorted(folder.glob("*/*.yaml")):
            faults = Faults(str(path))
            content = read(path, faults)
            if content is not None:
                words = found.setdefault(path.parent.name, Wordings())
                one = Checked(content, faults, "A translation")
                if one.text("language", required=True) not in ("", path.parent.name):
                    faults.at(content, "language", f"The language must be the name of the folder: {path.parent.name}.")
                _check_file(path.stem, one, words, reference, editions)
            all_faults.append(faults)
    return found, all_faults


def _check_file(
    stem: str, one: Checked, words: Wordings, reference: Reference, editions: Mapping[str, Edition]
) -> None:
    if stem == "vocabulary":  # the rest is read as it stands by the vocabulary
        _words_of_families(one, words, reference)
    elif stem == "mechanisms":
        for code, name in _names(one, "mechanisms", reference.mechanisms, "a mechanism"):
            words.mechanisms.setdefault(code, {})["name"] = name
    elif stem == "instruments":
        for code, entry in _entries(one, "instruments", reference.instruments):
            entry.allow("short_name", "title")
            words.instruments[code] = dict(entry.entry)
    elif stem == "themes":
        for code, title in _names(one, "themes", reference.themes, "a theme"):
            words.themes[code] = {"title": title}
    elif stem in editions:
        _check_questionnaire(one, editions[stem], words)
    else:
        one.faults.add(1, f"There is no questionnaire “{stem}”.")


def _words_of_families(one: Checked, words: Wordings, reference: Reference) -> None:
    """Every mechanism takes its words (addressee, "State party", …) from its family."""
    families = one.mapping("mechanisms")
    for code, mechanism in reference.mechanisms.items():
        said = families.get(mechanism["family"]) or {}
        named = {name: str(said[key]) for key, name in FAMILY_WORDS.items() if said.get(key)}
        words.mechanisms.setdefault(code, {}).update(named)


def _names(one: Checked, key: str, known: Iterable[str], sort: str) -> Iterable[tuple[str, str]]:
    """(code, name) of what is translated by a single name."""
    names = one.mapping(key)
    codes = set(known)
    for code in names:
        if code not in codes:
            one.faults.at(names, code, f"“{code}” is not the code of {sort}.")
        yield code, str(names[code])


def _entries(one: Checked, key: str, known: Iterable[str]) -> Iterable[tuple[str, Checked]]:
    by_code = one.mapping(key)
    codes = set(known)
    for code in by_code:
        if code not in codes:
            one.faults.at(by_code, code, f"“{code}” is not in what this file translates.")
        else:
            yield code, Checked(Checked(by_code, one.faults, "The list").mapping(code), one.faults, code)


def _check_questionnaire(one: Checked, edition: Edition, words: Wordings) -> None:
    one.allow("code", "language", "reviewed", "title", "notes", "parts", "sections", "questions")
    code = edition.values["code"]
    if one.text("code", required=True) not in ("", code):
        one.faults.at(one.entry, "code", f"The code must be the name of the file: “{code}”.")
    said = {name: one.text(name) for name in ("title", "notes")}
    words.questionnaires[code] = {**said, "reviewed": one.flag("reviewed")}
    titles = one.mapping("parts")
    for part in titles:
        if part not in {row["code"] for row in edition.parts}:
            one.faults.at(titles, part, f"“{part}” is not in what this file translates.")
        words.parts[code, part] = {"title": str(titles[part])}
    sections = {row["code"]: row for row in edition.sections}
    for section, entry in _entries(one, "sections", sections):
        entry.allow("title", "guidance")
        words.sections[section] = _section(entry, sections[section])
    questions = {row["code"]: row for row in edition.questions}
    for question, entry in _entries(one, "questions", questions):
        entry.allow("text", "measures", "rows", "unit")
        words.questions[question] = _question(entry, questions[question])


def _section(entry: Checked, section: Mapping[str, Any]) -> dict[str, Any]:
    points = entry.texts("guidance")
    _same_number(entry, "guidance", points, section["guidance"])
    guidance = [
        {"text": text, "basis": point["basis"]} for text, point in zip(points, section["guidance"], strict=False)
    ]
    return {"title": entry.text("title"), **({"guidance": guidance} if guidance else {})}


def _question(entry: Checked, question: Mapping[str, Any]) -> dict[str, Any]:
    said: dict[str, Any] = {"text": entry.text("text")}
    measures = [dict(measure) for measure in entry.entries("measures")]
    definition = question["definition"]
    if measures:
        _same_number(entry, "measures", measures, definition.get("measures", []))
        said["measures"] = measures
    rows = [entry.text("rows")] if isinstance(entry.entry.get("rows"), str) else entry.texts("rows")
    if rows:
        _same_number(entry, "rows", rows, definition.get("fixed", [definition.get("open")]))
        said["rows"] = rows
    if "unit" in entry.entry:
        said["unit"] = entry.text("unit")
    return said


def _same_number(entry: Checked, key: str, translated: list[Any], originals: list[Any]) -> None:
    if translated and len(translated) != len(originals):
        reason = f"{len(translated)} {key} translate {len(originals)}; they must be as many and in the same order."
        entry.faults.at(entry.entry, key, reason)


def fields_of(words: Mapping[str, Wordings], pick: str) -> dict[str, dict[Any, dict[str, Any]]]:
    """language: code: words of the rows that ``pick`` names ("sections")."""
    return {language: getattr(said, pick) for language, said in words.items()}
