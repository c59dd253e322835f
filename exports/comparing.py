"""What changed between two documents, section by section and by words. No Django.

Sections are the same where their headings are, else where they answer the same articles; inside a section what is
equal stands fast, and between that the texts that are most alike are held against each other.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from exports.document import (
    Document,
    Fields,
    Heading,
    Paragraph,
    References,
    Section,
    Table,
    blocks_of,
    legal_line,
    plain,
    printed,
)
from reporting.text import words
from reporting.text.differences import Change, by_words, likeness
from reporting.text.sequences import matches

Kind = Literal["same", "changed", "added", "removed"]
ALIKE = 0.5  # below it, two texts are two texts
NEAR = 40  # places that are tried for a text, where nothing around it is the same


@dataclass(frozen=True)
class Item:
    """A stretch of a section that is compared as one: a paragraph, the caption or a row of a table."""

    label: str
    text: str


@dataclass(frozen=True)
class Compared:
    """What became of one stretch; ``label`` is its number in the newer text, or in the older where it is gone."""

    kind: Kind
    label: str
    words: tuple[Change, ...]


@dataclass(frozen=True)
class ComparedSection:
    kind: Kind
    level: int
    heading: tuple[Change, ...]
    items: tuple[Compared, ...]

    @property
    def is_same(self) -> bool:
        return self.kind == "same"


@dataclass(frozen=True)
class Comparison:
    sections: tuple[ComparedSection, ...]

    @property
    def is_same(self) -> bool:
        return all(section.is_same for section in self.sections)

    def count(self, kind: Kind) -> int:
        return sum(item.kind == kind for section in self.sections for item in section.items)

    def words(self, kind: Literal["added", "removed"]) -> int:
        """Words that only one of the two has."""
        found = (change for section in self.sections for item in section.items for change in item.words)
        return sum(words.count(change.text) for change in found if change.kind == kind)


def compare(old: Document, new: Document) -> Comparison:
    before, after = list(_chapters(old)), list(_chapters(new))
    return Comparison(tuple(_section(was, now) for was, now in _paired(before, after)))


@dataclass(frozen=True)
class _Chapter:
    level: int
    heading: str
    article: str
    items: tuple[Item, ...]


def _chapters(document: Document) -> Iterator[_Chapter]:
    """The sections of a document, then its annexes as sections of their own."""
    labels = document.labels
    for section in document.sections:
        yield _Chapter(section.level, section.heading, section.article, tuple(_items(section, document)))
    for section in document.statistics:
        heading = f"{labels.statistics}: {section.heading}"
        yield _Chapter(2, heading, "", tuple(_items(section, document)))
    for heading, lines in (
        (labels.references, [legal_line(item, labels) for item in document.references]),
        (labels.annexes, [each.title or each.file_name for each in document.annexes]),
    ):
        if lines:
            yield _Chapter(1, heading, "", tuple(Item("", line) for line in lines))


def _items(section: Section, document: Document) -> Iterator[Item]:
    labels = document.labels
    for block in blocks_of(section):
        if isinstance(block, Paragraph):
            yield Item(f"{block.number}." if block.number else "", plain(block.content))
        elif isinstance(block, Table):
            yield Item(block.label, " · ".join(part for part in (block.caption, block.unit) if part))
            yield Item("", " | ".join(block.head))
            for row in block.rows:
                yield Item("", " | ".join(printed(cell, labels) for cell in row))
            for line in (block.source, *block.notes):
                if line:
                    yield Item("", line)
        elif isinstance(block, References):
            yield from (Item("", legal_line(item, labels)) for item in block.items)
        elif isinstance(block, Fields):
            yield from (Item("", f"{item.name}: {item.value}") for item in block.items)
        elif isinstance(block, Heading):
            yield Item("", block.text)


def _paired(before: Sequence[_Chapter], after: Sequence[_Chapter]) -> Iterator[tuple[_Chapter | None, _Chapter | None]]:
    """Pairs in the newer order; what is gone stands after what it followed."""
    partner = {j: i for i, j in matches([each.heading for each in before], [each.heading for each in after])}
    free = [i for i in range(len(before)) if i not in set(partner.values())]
    for j, chapter in enumerate(after):
        if j not in partner:
            alike = (i for i in free if _answers_the_same(before[i], chapter))
            found = next(alike, None)
            if found is not None:
                partner[j] = found
                free.remove(found)
    yield from ((before[i], None) for i in _leading(free))
    gone = set(free) - set(_leading(free))
    for j, chapter in enumerate(after):
        i = partner.get(j)
        yield (None if i is None else before[i], chapter)
        while i is not None and i + 1 in gone:
            i += 1
            gone.remove(i)
            yield before[i], None
    yield from ((before[i], None) for i in sorted(gone))


def _leading(free: Sequence[int]) -> list[int]:
    return [i for place, i in enumerate(sorted(free)) if place == i]


def _answers_the_same(one: _Chapter, other: _Chapter) -> bool:
    if one.level != other.level:
        return False
    return (bool(one.article) and one.article == other.article) or one.heading == other.heading


def _section(was: _Chapter | None, now: _Chapter | None) -> ComparedSection:
    if was is None or now is None:
        only = now or was
        assert only is not None
        kind: Literal["added", "removed"] = "added" if now else "removed"
        items = tuple(Compared(kind, item.label, (Change(kind, item.text),)) for item in only.items)
        return ComparedSection(kind, only.level, (Change(kind, only.heading),), items)
    items = tuple(_aligned(was.items, now.items))
    heading = tuple(by_words(was.heading, now.heading))
    is_same = was.heading == now.heading and all(item.kind == "same" for item in items)
    return ComparedSection("same" if is_same else "changed", now.level, heading, items)


def _aligned(before: Sequence[Item], after: Sequence[Item]) -> Iterator[Compared]:
    pairs = matches([item.text for item in before], [item.text for item in after])
    i = j = 0
    for a, c in [*pairs, (len(before), len(after))]:
        yield from _between(before[i:a], after[j:c])
        if c < len(after):
            yield Compared("same", after[c].label, (Change("same", after[c].text),))
        i, j = a + 1, c + 1


def _between(before: Sequence[Item], after: Sequence[Item]) -> Iterator[Compared]:
    """Nothing here is equal: each newer text is held against the older one that is most like it, in order."""
    at = 0
    for item in after:
        near = range(at, min(at + NEAR, len(before)))
        best, how = -1, ALIKE
        for i in near:
            found = likeness(before[i].text, item.text, at_least=how)
            if found > how or (found == how and best < 0):
                best, how = i, found
        if best < 0:
            yield Compared("added", item.label, (Change("added", item.text),))
            continue
        yield from _removed(before[at:best])
        yield Compared("changed", item.label, tuple(by_words(before[best].text, item.text)))
        at = best + 1
    yield from _removed(before[at:])


def _removed(items: Iterable[Item]) -> Iterator[Compared]:
    for item in items:
        yield Compared("removed", item.label, (Change("removed", item.text),))
