"""The word ruler: how much of an allotment or limit is used, always with the sentence that says it."""

from typing import Any

from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import ngettext


def ruler(words: int, limit: int | None, *, last: int | None = None, code: str = "") -> dict[str, Any]:
    """{"percent", "last_percent", "tone", "sentence"} for components/ruler.html; percents 0 to 100.

    ``code`` names the section ("F2"); ``last`` is the length of the same passage in the last report.
    """
    if not limit:
        return {"percent": 0, "last_percent": None, "tone": "petrol", "sentence": _plain(words, code)}
    share = 100 * words / limit
    tone = "carmine" if share > 100 else "ochre" if share > 85 else "petrol"
    return {
        "percent": round(min(share, 100)),
        "last_percent": None if last is None else round(min(100 * last / limit, 100)),
        "tone": tone,
        "sentence": _sentence(words, limit, code),
    }


def _plain(words: int, code: str) -> str:
    said = {"words": formats.number_format(words), "code": code}
    if code:
        return ngettext("%(words)s word in section %(code)s", "%(words)s words in section %(code)s", words) % said
    return ngettext("%(words)s word", "%(words)s words", words) % said


def _sentence(words: int, limit: int, code: str) -> str:
    said = {
        "words": formats.number_format(words),
        "limit": formats.number_format(limit),
        "rest": formats.number_format(abs(limit - words)),
        "code": code,
    }
    if words > limit:
        return _("%(words)s of %(limit)s words in section %(code)s, %(rest)s over") % said
    return _("%(words)s of %(limit)s words in section %(code)s, %(rest)s left") % said


def beside(last: int | None, limit: int | None) -> str:
    """The line under the ruler: the last report's length and the limit of the whole."""
    said = {"last": formats.number_format(last or 0), "limit": formats.number_format(limit or 0)}
    if last is not None and limit:
        return _("Last report: %(last)s words. The whole report may not exceed %(limit)s words.") % said
    if last is not None:
        return _("Last report: %(last)s words.") % said
    return _("The whole report may not exceed %(limit)s words.") % said if limit else ""
