"""Paragraphs as a page sends them, made into what is kept."""

import uuid
from collections.abc import Iterable

from django.utils.translation import gettext as _

from accounts.exceptions import Refused
from reporting.text.markup import clean
from reporting.text.pieces import Piece

MAX_PARAGRAPH = 20_000  # characters


def cleaned(pieces: Iterable[Piece]) -> list[Piece]:
    """The paragraphs as they are kept: cleaned, the empty ones left out, none of them too long."""
    result = []
    for piece in pieces:
        text = clean(piece.text)
        if len(text) > MAX_PARAGRAPH:
            raise Refused(
                _("A paragraph may have %(limit)d characters; one here has %(count)d. Split it in two.")
                % {"limit": MAX_PARAGRAPH, "count": len(text)}
            )
        if text.strip():
            result.append(Piece(key_of(piece.key), text))
    if len({piece.key for piece in result}) != len(result):
        raise Refused(_("The page sent one paragraph twice. Open it again and save once more."))
    return result


def key_of(text: str) -> str:
    try:
        return str(uuid.UUID(text))
    except ValueError:
        raise Refused(_("The page sent a paragraph without its identifier. Open it again and save.")) from None
