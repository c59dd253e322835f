"""Words of a document, by the counter that rulers, checks and cover sheets share."""

from decimal import Decimal

from exports.document.reading import blocks_of, texts
from exports.document.shapes import Block, Cell, Document, Fields, Paragraph, References, Run, Section, Table
from reporting.text.words import count


def words(document: Document) -> int:
    """Words of the submission form from the title to the last paragraph (General Assembly resolution 68/268).

    Headings, paragraphs, footnotes and tables in the text count; cover, contents, abbreviations and annexes do not.
    """
    return count(document.title) + sum(section_words(section) for section in document.sections)


def section_words(section: Section) -> int:
    """Words of a section with its heading; questions, statuses and dispositions of the working form do not count."""
    return count(section.heading) + sum(block_words(block) for block in blocks_of(section))


def block_words(block: Block) -> int:
    """Words that one block prints; a number counts one, and labels such as "Table 3" and "Source:" count nothing."""
    if isinstance(block, Paragraph):
        return sum(_run_words(text.runs) for text in texts(block.content))
    if isinstance(block, Table):
        own = count(block.caption) + count(block.unit) + count(block.source)
        own += sum(count(name) for name in block.head) + sum(count(note) for note in block.notes)
        return own + sum(_cell_words(cell) for row in block.rows for cell in row)
    if isinstance(block, References):
        return sum(count(" ".join((item.title, item.number, item.date, item.article))) for item in block.items)
    if isinstance(block, Fields):
        return sum(count(item.name) + count(item.value) for item in block.items)
    return count(block.text)


def _run_words(runs: tuple[Run, ...]) -> int:
    # Joined first: a word that is half bold is one word.
    return count("".join(run.text for run in runs)) + sum(_run_words(run.note) for run in runs if run.note)


def _cell_words(cell: Cell) -> int:
    return 1 if isinstance(cell.value, Decimal) else count(cell.value or "")
