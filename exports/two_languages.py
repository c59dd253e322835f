"""What a document says of a report that is submitted in another language than it is written in."""

from collections.abc import Iterator
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from exports import document as doc
from reporting.cycles.choices import language_said


def cover_fields(content: dict[str, Any]) -> Iterator[doc.Field]:
    """Which text prevails: nothing where there is one text, or where it was frozen before there could be two."""
    said = content.get("languages", {})
    if "prevails" in said:
        names = {"working": language_said(said["working"]), "submission": language_said(said["submission"])}
        written = _("Written in %(working)s, submitted in %(submission)s.") % names
        yield doc.Field(_("Languages"), f"{written} {_prevails(said['prevails'], names)}")


def _prevails(which: str, names: dict[str, str]) -> str:
    if which == "both":
        return _("The texts in %(working)s and %(submission)s prevail alike.") % names
    return _("The text in %(language)s prevails.") % {"language": names[which]}


def remark(content: dict[str, Any]) -> str:
    """How many texts stand as they were written because they have no translation yet; "" where none does."""
    count = sum(answer.get("untranslated", 0) for section in content["sections"] for answer in section["answers"])
    if not count:
        return ""
    return ngettext(
        "%(count)d text is not translated yet and stands in %(language)s.",
        "%(count)d texts are not translated yet and stand in %(language)s.",
        count,
    ) % {"count": count, "language": language_said(content["languages"]["working"])}


def marked(blocks: Iterator[doc.Text | doc.Bullets], content: dict[str, Any]) -> Iterator[doc.Text | doc.Bullets]:
    """A paragraph without a translation: as it was written, after a mark that says so."""
    said = _("[Not translated; in %(language)s]") % {"language": language_said(content["languages"]["working"])}
    mark = doc.Run(f"{said} ", italic=not translation.get_language_bidi())
    first = next(blocks, None)
    if isinstance(first, doc.Text):
        yield doc.Text((mark, *first.runs))
    else:
        yield doc.Text((mark,))
        if first is not None:
            yield first
    yield from blocks
