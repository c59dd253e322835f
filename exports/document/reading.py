"""What is read out of a document: its tables, references, plain text, printed figures."""

from collections.abc import Iterable, Iterator
from decimal import Decimal

from exports.document.shapes import (
    Block,
    Bullets,
    Cell,
    Document,
    Labels,
    LegalReference,
    References,
    Run,
    Section,
    Table,
    Text,
)


def blocks_of(section: Section) -> Iterator[Block]:
    """The blocks of a section in either form, in order."""
    yield from section.blocks
    for response in section.responses:
        yield from response.blocks


def tables(document: Document) -> Iterator[Table]:
    """All tables: those in the text, then the statistical annex."""
    for section in (*document.sections, *document.statistics):
        yield from (block for block in blocks_of(section) if isinstance(block, Table))


def legal_references(document: Document) -> Iterator[LegalReference]:
    """All references in order, each once: those in the text, then the list in the annex."""
    seen: set[LegalReference] = set()
    inside = (b for s in document.sections for b in blocks_of(s) if isinstance(b, References))
    for reference in (*(item for block in inside for item in block.items), *document.references):
        if reference not in seen:
            seen.add(reference)
            yield reference


def legal_line(item: LegalReference, labels: Labels) -> str:
    """A reference in one line: title, number, date, and the article, which is named where only its number was given."""
    article = item.article
    if article[:1].isdigit():
        label = labels.cited_article if article.isalnum() else labels.cited_articles
        article = label.format(article=article)
    return ", ".join(part for part in (item.title, item.number, item.date, article) if part)


def work_line(section: Section, document: Document) -> str:
    """Who does what until when, and how long it is: one line of the working form."""
    labels = document.labels
    parts = [section.status]
    parts.append(labels.lead.format(lead=section.lead) if section.lead else "")
    parts.append(labels.contributors.format(bodies=", ".join(section.contributors)) if section.contributors else "")
    parts.append(labels.due.format(date=section.due) if section.due else "")
    if section.words is not None:
        line = labels.words_of if section.allotment else labels.words
        words, allotment = (figure(Decimal(number), labels) for number in (section.words, section.allotment or 0))
        parts.append(line.format(words=words, allotment=allotment))
    return " · ".join(part for part in parts if part)


def texts(content: Iterable[Text | Bullets]) -> Iterator[Text]:
    """Every text in reading order, those of list items included."""
    for block in content:
        if isinstance(block, Text):
            yield block
        else:
            for item in block.items:
                yield from texts(item)


def plain(content: Iterable[Text | Bullets]) -> str:
    """Text for cells: a line per paragraph or list item, footnotes at the end under raised numbers."""
    lines: list[str] = []
    notes: list[tuple[Run, ...]] = []
    _plain_lines(content, lines, notes, "")
    lines += [f"{_raised(number)} {''.join(run.text for run in note)}" for number, note in enumerate(notes, start=1)]
    return "\n".join(lines)


def _plain_lines(
    content: Iterable[Text | Bullets], lines: list[str], notes: list[tuple[Run, ...]], indent: str
) -> None:
    for block in content:
        if isinstance(block, Text):
            lines.append(indent + _plain_runs(block.runs, notes))
            continue
        for place, item in enumerate(block.items, start=block.start):
            inner: list[str] = []
            _plain_lines(item, inner, notes, "")
            mark = f"{place}. " if block.ordered else "• "
            lines += [f"{indent}{mark if at == 0 else '  '}{line}" for at, line in enumerate(inner or [""])]


def _plain_runs(runs: Iterable[Run], notes: list[tuple[Run, ...]]) -> str:
    parts = []
    for run in runs:
        parts.append(run.text)
        if run.note:
            notes.append(run.note)
            parts.append(_raised(len(notes)))
    return "".join(parts)


def _raised(number: int) -> str:
    return str(number).translate(str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹"))


def figure(value: Decimal, labels: Labels) -> str:
    """A number as it is printed, with the separators of the language: ``21,200.5``."""
    whole, _, fraction = f"{abs(value):,f}".partition(".")
    sign = "\u2212" if value < 0 else ""
    return sign + whole.replace(",", labels.thousands) + (labels.decimal + fraction if fraction else "")


def is_numeric(table: Table, column: int) -> bool:
    """Whether a column holds figures: it has a number, or a year over it, and is not the first."""
    has_number = any(isinstance(row[column].value, Decimal) for row in table.rows)
    return column > 0 and (has_number or table.head[column].isdigit())


def printed(cell: Cell, labels: Labels) -> str:
    """A cell as it is printed, without its mark; nothing for an empty one."""
    if isinstance(cell.value, Decimal):
        return figure(cell.value, labels)
    return cell.value or ""
