"""Abbreviations that a text defines itself, as in "National Statistics Office (NSO)". Latin script only. No Django."""

import re
from collections.abc import Iterable

from exports.document import Abbreviation

# A short form has at least two capitals: "(NSO)", "(NGOs)", "(MoL)", never "(Act)" or "(2024)".
_SHORT = re.compile(r"\((?P<short>[A-Z][A-Za-z]*[A-Z][A-Za-z]*)\)")
_SMALL = {"a", "an", "and", "by", "de", "des", "du", "et", "for", "in", "la", "le", "les", "of", "on", "the", "to", "y"}
_ELIDED = re.compile(r"^[^\W\d_]{1,2}[’']")  # "l’Organisation", "d'État"
_END = re.compile(r"[.;:!?()\[\]\"“”«»]")
_LONGEST = 12  # letters of a short form


def defined_in(texts: Iterable[str]) -> tuple[Abbreviation, ...]:
    """The abbreviations that ``texts`` define, each with the meaning given where it is first defined, by alphabet.

    A meaning is the words before the bracket whose initials are the letters of the short form; small words such as
    "of" may stand between. A bracket whose letters the words before it do not give defines nothing.
    """
    found: dict[str, str] = {}
    for text in texts:
        for match in _SHORT.finditer(text):
            short = match["short"]
            meaning = _meaning(text[: match.start()], short) if len(short) <= _LONGEST else ""
            if meaning:
                found.setdefault(short, meaning)
    return tuple(Abbreviation(short, found[short]) for short in sorted(found, key=lambda each: (each.casefold(), each)))


def _meaning(before: str, short: str) -> str:
    """The last words of ``before`` that ``short`` is made of, or nothing."""
    letters = short.removesuffix("s") if short[-1] == "s" and short[:-1].isupper() else short
    rest = list(letters.casefold())
    taken: list[str] = []
    for word in reversed(before.split()[-3 * _LONGEST :]):
        if _END.search(word):  # the name does not reach over the end of a sentence
            break
        taken.append(word)
        rest, fits = _spelled(word, rest)
        if not fits:
            break
        if not rest:
            return _ELIDED.sub("", " ".join(reversed(taken))).strip(",")
    return ""


def _spelled(word: str, rest: list[str]) -> tuple[list[str], bool]:
    """The letters that are still to be found before ``word``, and whether ``word`` may be part of the name."""
    plain = _ELIDED.sub("", word.casefold()).strip(",’'")
    if plain[:1] == rest[-1]:
        return rest[:-1], True
    initials = [part[0] for part in plain.split("-") if part]
    if len(initials) > 1 and rest[-len(initials) :] == initials:
        return rest[: -len(initials)], True
    return rest, plain in _SMALL
