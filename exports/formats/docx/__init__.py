"""Word: a plain file to edit and to paste from, with real headings, numbered paragraphs, footnotes and tables."""

from io import BytesIO

from exports.document import Document
from exports.formats.archive import fixed
from exports.formats.docx.body import Body

__all__ = ["render"]


def render(document: Document) -> bytes:
    """The file. The same document gives the same bytes."""
    word = Body(document).word()
    file = BytesIO()
    word.save(file)
    return fixed(file.getvalue(), document.generated_at)
