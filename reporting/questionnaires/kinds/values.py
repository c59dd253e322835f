"""Single values as people write them: numbers, marks in cells, days, addresses, short texts."""

import datetime
import re
import unicodedata
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from reporting.text.cleaning import clean as clean_text
from reporting.text.folding import fold

NOT_AVAILABLE, NOT_APPLICABLE, SUPPRESSED = "not_available", "not_applicable", "suppressed"
# What a cell may hold instead of a number; the label is what people choose and documents print.
MARKS = {
    NOT_AVAILABLE: gettext_lazy("not available"),
    NOT_APPLICABLE: gettext_lazy("not applicable"),
    SUPPRESSED: gettext_lazy("suppressed"),
}
# Other spellings, as statistical tables use them; compared after folding.
_SPELLINGS = {
    "n/a": NOT_AVAILABLE,
    ":": NOT_AVAILABLE,
    "n.d.": NOT_AVAILABLE,
    "n.a.": NOT_AVAILABLE,
    "na": NOT_AVAILABLE,
    "no data": NOT_AVAILABLE,
    "unknown": NOT_AVAILABLE,
    "..": NOT_AVAILABLE,
    "...": NOT_AVAILABLE,
    "confidential": SUPPRESSED,
    ":c": SUPPRESSED,
    ": c": SUPPRESSED,
    "*": SUPPRESSED,
}
_LONGEST_TEXT = 2000
_MOST_DIGITS = 18
_CANONICAL = re.compile(r"-?\d+(\.\d+)?", re.ASCII)
_BELOW_THRESHOLD = re.compile(r"< ?\d+")
# Blanks and apostrophes of any sort between groups of three digits.
_GROUPING = re.compile(r"(?<=\d)[\s'’\u066c](?=\d{3}(?!\d))")
_ADDRESS = re.compile(r"https?://[^\s/]+\.?[^\s]*", re.IGNORECASE)


class Unreadable(Exception):
    """A value that was not accepted; the text is a sentence for the reader."""


def one_line(value: Any) -> str:
    """A short text: cleaned, white space collapsed."""
    return _within_limit(" ".join(clean_text(_as_text(value)).split()))


def many_lines(value: Any) -> str:
    return _within_limit(clean_text(_as_text(value)).strip())


def _within_limit(text: str) -> str:
    if len(text) > _LONGEST_TEXT:
        raise Unreadable(
            _("Shorten this to %(most)d characters; it has %(size)d.") % {"most": _LONGEST_TEXT, "size": len(text)}
        )
    return text


def _as_text(value: Any) -> str:
    if isinstance(value, datetime.datetime):
        value = value.date()
    return "" if value is None else str(value)


def number(value: Any) -> str:
    """A canonical decimal such as "1250" or "3.5", "" for an empty value. Raises Unreadable."""
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        raise Unreadable(_not_a_number(value))
    text = repr(value) if isinstance(value, float) else _as_text(value)
    text = _plain_digits(text).strip().rstrip("%\u066a").strip().removeprefix("+")
    if not text:
        return ""
    if not isinstance(value, int | float | Decimal):
        text = _without_grouping(text)
        if not re.fullmatch(r"-?\d+(\.\d+)?", text):
            raise Unreadable(_not_a_number(value))
    try:
        parsed = Decimal(text)
    except InvalidOperation:
        raise Unreadable(_not_a_number(value)) from None
    if not parsed.is_finite():
        raise Unreadable(_not_a_number(value))
    if parsed and (parsed.adjusted() >= _MOST_DIGITS or len(parsed.normalize().as_tuple().digits) > _MOST_DIGITS):
        raise Unreadable(
            _("“%(value)s” is larger or finer than a table can hold; round it.") % {"value": _shown(value)}
        )
    return canonical(parsed)


def canonical(parsed: Decimal) -> str:
    """Digits without exponent, without zeros at the end of decimals, and without a sign on zero."""
    plain = f"{parsed:f}"
    if "." in plain:
        plain = plain.rstrip("0").rstrip(".")
    return "0" if plain in ("-0", "") else plain


def _not_a_number(value: Any) -> str:
    return _("“%(value)s” is not a number. Enter a number or mark it “not available”.") % {"value": _shown(value)}


def _shown(value: Any) -> str:
    text = one_line(str(value)[:200])
    return text if len(text) <= 40 else text[:39] + "…"


def _plain_digits(text: str) -> str:
    digits = "".join(
        str(unicodedata.digit(letter)) if unicodedata.category(letter) == "Nd" else letter for letter in text
    )
    # Marks of direction come along with numbers from Arabic pages.
    shown = "".join(letter for letter in digits if unicodedata.category(letter) != "Cf")
    return shown.replace("\u066b", ".").replace("\u2212", "-")


def _without_grouping(text: str) -> str:
    """One comma or point before three digits groups a comma ("1,250") and divides a point ("1.250")."""
    text = _GROUPING.sub("", text)
    commas, points = text.count(","), text.count(".")
    if commas and points:
        decimal = "," if text.rfind(",") > text.rfind(".") else "."
        grouping = "." if decimal == "," else ","
        whole, _decimal, fraction = text.rpartition(decimal)
        return f"{whole.replace(grouping, '')}.{fraction}" if _is_grouped(whole, grouping) else text
    if commas and _is_grouped(text, ","):
        return text.replace(",", "")
    if points > 1 and _is_grouped(text, "."):
        return text.replace(".", "")
    return text.replace(",", ".") if commas == 1 else text


def _is_grouped(text: str, separator: str) -> bool:
    mark = re.escape(separator)
    return re.fullmatch(rf"-?[1-9]\d{{0,2}}({mark}\d{{3}})+", text) is not None


def cell(value: Any) -> str:
    """A canonical decimal, one of MARKS, or "" for an empty cell. Raises Unreadable."""
    return marked(value) or number(value)


def marked(value: Any) -> str:
    """The one of MARKS that a value says in any spelling; "" where it says something else, or nothing.

    Raises Unreadable for a dash, which tables use for 0 and for several marks.
    """
    if isinstance(value, str) and not value.isdecimal():  # most are: the words are looked up for the rest alone
        folded = fold(value)
        if folded in MARKS:
            return folded
        mark = _SPELLINGS.get(folded) or next((name for name in MARKS if folded in _spoken(name)), None)
        if mark:
            return mark
        if _BELOW_THRESHOLD.fullmatch(folded):
            return SUPPRESSED
        if folded in ("-", "--"):
            raise Unreadable(_("Enter 0, or mark it “not available” or “not applicable”."))
    return ""


YES, NO = "yes", "no"
SAID = {YES: gettext_lazy("Yes"), NO: gettext_lazy("No")}


def yes_or_no(value: Any) -> str:
    """ "yes" or "no", in English or as the reader's language has it; "" for none. Raises Unreadable."""
    folded = fold(one_line(value))
    for name, label in SAID.items():
        if folded in (name, fold(str(label))):
            return name
    if folded:
        raise Unreadable(_("Write “yes” or “no”."))
    return ""


def _spoken(mark: str) -> tuple[str, str]:
    """The label of a mark in the reader's language and in English."""
    with translation.override("en"):
        english = str(MARKS[mark])
    return fold(str(MARKS[mark])), fold(english)


def is_number(value: str) -> bool:
    """Whether a stored value is a canonical decimal: no mark, no day, no word."""
    return _CANONICAL.fullmatch(value) is not None


def day(value: Any) -> str:
    """An ISO date, "" for none; days may be written 2026-03-31, 31.3.2026 or 31/3/2026. Raises Unreadable."""
    if isinstance(value, datetime.datetime):
        return value.date().isoformat()
    if isinstance(value, datetime.date):
        return value.isoformat()
    text = _plain_digits(one_line(value))
    if not text:
        return ""
    iso = re.fullmatch(r"(\d{4})-(\d{1,2})-(\d{1,2})", text)
    european = re.fullmatch(r"(\d{1,2})[./](\d{1,2})[./](\d{4})", text)
    found = iso.groups() if iso else european.groups()[::-1] if european else None
    try:
        if found is None:
            raise ValueError
        return datetime.date(*(int(part) for part in found)).isoformat()
    except ValueError:
        raise Unreadable(
            _("“%(value)s” is not a date. Write it like 2026-03-31 or 31.3.2026.") % {"value": _shown(value)}
        ) from None


def day_or_text(value: Any) -> str:
    """An ISO date where it can be read as one, else the words ("March 1996")."""
    try:
        return day(value)
    except Unreadable:
        return one_line(value)


def year(value: Any) -> str:
    """Four digits, "" for none. Raises Unreadable."""
    text = _plain_digits(one_line(value))
    if text and not re.fullmatch(r"(19|20|21)\d{2}", text):
        raise Unreadable(_("“%(value)s” is not a year. Write four digits, such as 2024.") % {"value": _shown(value)})
    return text


def address(value: Any) -> str:
    """An http or https address, "" for none. Raises Unreadable."""
    text = one_line(value)
    if not text:
        return ""
    if re.match(r"www\.", text, re.IGNORECASE):
        text = f"https://{text}"
    if _ADDRESS.fullmatch(text) is None:
        raise Unreadable(_("“%(value)s” is not a web address. It begins with https://.") % {"value": _shown(value)})
    return text
