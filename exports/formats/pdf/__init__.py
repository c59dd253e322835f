"""PDF: A4, our own faces, contents, paragraph numbers in the margin, footnotes at the foot, bookmarks."""

from collections.abc import Iterator
from threading import Lock

from reportlab.platypus import Flowable

from exports.document import LETTER, Document
from exports.formats.exceptions import CannotRender
from exports.formats.pdf import cover
from exports.formats.pdf.blocks import Setter, chained, headings
from exports.formats.pdf.pages import NewPage, Pages
from exports.formats.pdf.shaping import SETTING, setting, unable
from exports.formats.strings import strings

__all__ = ["render"]

# Faces and the words they have shaped are shared by all files of a process.
_ONE_AT_A_TIME = Lock()


def render(document: Document) -> bytes:
    """The file. The same document gives the same bytes.

    Raises CannotRender for text in a script that no face draws.
    """
    script = unable(strings(document))
    if script:
        raise CannotRender(f"A PDF in {script} is not available yet; take the Word or Excel file.", script=script)
    with _ONE_AT_A_TIME:
        token = SETTING.set(setting(document.language, document.direction))
        try:
            pages = Pages(document)
            return _letter(document, pages) if document.shape == LETTER else _report(document, pages)
        finally:
            SETTING.reset(token)


def _report(document: Document, pages: Pages) -> bytes:
    entries = headings(document)
    cover.draw(pages)
    pages.end_page()
    if entries:
        pages.reserve_contents(entries)
    for flow in _parts(document, Setter(document, pages.canvas.tags)):
        pages.pour(flow)
    if not pages.frame.is_empty:
        pages.end_page()
    if entries:
        pages.draw_contents(document.labels.contents)
    return pages.finish()


def _parts(document: Document, setter: Setter) -> Iterator[list[Flowable]]:
    labels = document.labels
    if document.abbreviations:
        yield [setter.heading(labels.abbreviations, 0), *setter.abbreviations(document.abbreviations), NewPage()]
    part: list[Flowable] = []
    for section in document.sections:
        flow = [*part, *setter.section(section)]
        # The heading of a part goes to the page on which its first section begins.
        part = [] if section.blocks or section.responses else flow
        if not part:
            yield chained(flow)
    if part:
        yield part
    if document.references:
        yield [NewPage(), setter.heading(labels.references, 0), *setter.references(document.references)]
    if document.annexes:
        begin = [] if document.references else [NewPage()]
        yield [*begin, setter.heading(labels.annexes, 0), *setter.annexes(document.annexes)]
    if document.statistics:
        yield from _statistics(document, setter)
    if document.missing is not None:
        yield [NewPage(), setter.heading(labels.missing, 0), *setter.missing()]


def _statistics(document: Document, setter: Setter) -> Iterator[list[Flowable]]:
    begin = [NewPage(), setter.heading(document.labels.statistics, 0)]
    for section in document.statistics:
        flow = [setter.heading(section.heading, 1, left=0)]
        for block in section.blocks:
            flow += setter.annex_block(block)
        yield chained([*begin, *flow])
        begin = []


def _letter(document: Document, pages: Pages) -> bytes:
    setter = Setter(document, pages.canvas.tags)
    pages.pour(cover.letter_head(document, setter))
    for section in document.sections:
        pages.pour(setter.section(section))
    if not pages.frame.is_empty:
        pages.end_page()
    return pages.finish()
