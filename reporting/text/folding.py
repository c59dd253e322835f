"""Text folded for search: what a reader would call the same word becomes the same letters."""

import unicodedata

# Beyond what decomposition takes apart (which covers أ إ آ ؤ ئ and all Latin accents).
_ALIKE = str.maketrans(
    {
        "ٱ": "ا",
        "ى": "ي",
        "ی": "ي",
        "ے": "ي",
        "ک": "ك",
        "ة": "ه",
        "ہ": "ه",
        "\u0640": None,  # tatweel, which only stretches
        "ø": "o",
        "ł": "l",
        "đ": "d",
        "ħ": "h",
        "ı": "i",
        "æ": "ae",
        "œ": "oe",
        "’": "'",
        "‘": "'",
        "ʼ": "'",
        "“": '"',
        "”": '"',
        "«": '"',
        "»": '"',
        "–": "-",
        "—": "-",
        "‐": "-",
        "‑": "-",
    }
)
_SEPARATORS = {"Zs", "Zl", "Zp", "Cc"}


def fold(text: str) -> str:
    """``text`` without case, accents, Arabic vowel signs, tatweel and hamza forms; white space collapsed.

    Invisible characters go, Eastern digits become 0-9, typographic quotes and dashes plain ones. Fold both what is
    searched and what is looked for. Folding twice changes nothing more.
    """
    if text.isascii():
        return " ".join(text.lower().split())
    # Twice: folding case can bring accents back, and taking accents off can bring capitals.
    folded = _once(_once(text))
    return " ".join(unicodedata.normalize("NFC", folded).split())


def _once(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text).casefold().translate(_ALIKE)
    return "".join(map(_letter, unicodedata.normalize("NFKD", decomposed)))


def _letter(letter: str) -> str:
    if letter.isascii():
        return letter
    category = unicodedata.category(letter)
    if category in ("Mn", "Cf"):
        return ""
    if category == "Nd":
        return str(unicodedata.digit(letter))
    return " " if category in _SEPARATORS else letter
