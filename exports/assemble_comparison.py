"""From a comparison to a document: what was added underlined, what was removed struck through and in brackets."""

import datetime
from collections.abc import Iterator

from django.utils import formats, timezone, translation
from django.utils.translation import gettext as _

from exports import document as doc
from exports.comparing import Compared, ComparedSection, Comparison
from exports.labels import labels_for
from reporting.text.differences import Change


def document_for_comparison(
    comparison: Comparison, *, old: str, new: str, author: str, language: str, generated_at: datetime.datetime
) -> doc.Document:
    """``old`` and ``new`` name what was compared, ready to print."""
    with translation.override(language):
        made = formats.date_format(timezone.localtime(generated_at), "DATETIME_FORMAT")
        title = _("What changed")
        return doc.Document(
            title=title,
            shape=doc.LETTER,
            language=language,
            direction="rtl" if translation.get_language_bidi() else "ltr",
            generated_at=generated_at,
            author=author,
            subject=title,
            cover=doc.Cover(
                fields=(
                    doc.Field(_("Earlier"), old),
                    doc.Field(_("Later"), new),
                    doc.Field(_("Made on"), made),
                    doc.Field(_("Legend"), _("Underlined: added. Struck through in brackets: removed.")),
                    doc.Field(_("Words added"), formats.number_format(comparison.words("added"))),
                    doc.Field(_("Words removed"), formats.number_format(comparison.words("removed"))),
                )
            ),
            running_head=title,
            sections=tuple(_sections(comparison)),
            labels=labels_for(language),
        )


def _sections(comparison: Comparison) -> Iterator[doc.Section]:
    if comparison.is_same:
        yield doc.Section(heading=_("The two say the same."), level=2)
        return
    for section in comparison.sections:
        if section.is_same and section.level == 1 and not section.items:
            continue
        yield doc.Section(heading=_heading(section), level=2, blocks=tuple(_blocks(section)))


def _heading(section: ComparedSection) -> str:
    heading = "".join(change.text for change in section.heading if change.kind != "removed")
    match section.kind:
        case "added":
            return _("%(heading)s (added)") % {"heading": heading}
        case "removed":
            heading = "".join(change.text for change in section.heading)
            return _("%(heading)s (removed)") % {"heading": heading}
    return heading


def _blocks(section: ComparedSection) -> Iterator[doc.Block]:
    if section.is_same:
        yield _paragraph(doc.Run(_("No change."), italic=True))
        return
    unchanged = 0
    for item in section.items:
        if item.kind == "same":
            unchanged += 1
            continue
        yield from _without_change(unchanged)
        unchanged = 0
        yield _item(item)
    yield from _without_change(unchanged)


def _without_change(count: int) -> Iterator[doc.Block]:
    if count:
        yield _paragraph(doc.Run(said_without_change(count), italic=True))


def said_without_change(count: int) -> str:
    return translation.ngettext(
        "[%(count)d paragraph or row without change]", "[%(count)d paragraphs or rows without change]", count
    ) % {"count": count}


def _item(item: Compared) -> doc.Paragraph:
    label = (doc.Run(f"{item.label} ", bold=True),) if item.label else ()
    return _paragraph(*label, *(_run(change) for change in item.words))


def _run(change: Change) -> doc.Run:
    if change.kind == "removed":
        return doc.Run(f"[{change.text}]", deleted=True)
    return doc.Run(change.text, inserted=change.kind == "added")


def _paragraph(*runs: doc.Run) -> doc.Paragraph:
    return doc.Paragraph((doc.Text(runs),))
