"""What a page of translations posts: fields ``text:KEY``, ``base:KEY`` and ``source:KEY`` for each text.

A button posts ``confirm`` with the key of a text that is still right. Of a text that clashed, the buttons post
``theirs`` (leave what the other saved) or ``both`` (theirs, then mine), with ``theirs:KEY`` what the page showed.
"""

from collections.abc import Iterator, Mapping

from django.utils.translation import gettext as _

from accounts.exceptions import Refused
from reporting.reports.services.translation import TranslationEdit

LONGEST = 50_000


def edits_in(data: Mapping[str, str]) -> Iterator[TranslationEdit]:
    """Raises Refused where a text names no version that it started from, or is too long to be one."""
    left, both = data.get("theirs", ""), data.get("both", "")
    for key, text in typed_in(data).items():
        if key == left:
            continue
        base = data.get(f"base:{key}", "")
        if not (base.isascii() and base.isdecimal() and len(base) < 10):
            raise Refused(_("The page did not say which version it started from. Open it again and save once more."))
        if len(text) > LONGEST:
            raise Refused(_("A text is longer than %(count)s characters. Divide it.") % {"count": LONGEST})
        if key == both:
            text = f"{data.get(f'theirs:{key}', '')}\n{text}".strip()
        yield TranslationEdit(
            key=key,
            base=int(base),
            source=data.get(f"source:{key}", ""),
            text=text,
            confirm=data.get("confirm", "") == key,
        )


def typed_in(data: Mapping[str, str]) -> dict[str, str]:
    """The texts by key, as they were typed."""
    return {name[5:]: text.replace("\0", "") for name, text in data.items() if name.startswith("text:")}
