"""What every kind of question can do; a new kind is one class in this package and one partial of the form."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from reporting.text.merge import LeafClash, merge_leaves
from reporting.text.words import count_markup

Content = dict[str, Any]
Definition = Mapping[str, Any]
Block = dict[str, Any]
# Given where a text stands ("rows/r1/label") and the text, what stands there instead.
Other = Callable[[str, str], str]


@dataclass(frozen=True)
class FieldError:
    """A value that was not accepted: where in the content ("cells/m1/m1/2024"), and a sentence that helps."""

    path: str
    sentence: str


class Kind:
    """One kind of question: owns the shape of ``Answer.content`` for it.

    ``content`` is always what ``clean`` returned, or ``{}``; an answer with nothing in it is ``{}``. ``years`` are the
    columns of tables, in order. ``paragraphs`` are the marked-up texts of the answer, for kinds that have text.
    """

    name: str
    # Whether the answer is, or is explained by, paragraphs.
    has_text = False

    def clean(
        self, content: Mapping[str, Any], definition: Definition, years: list[int]
    ) -> tuple[Content, list[FieldError]]:
        """The content as it is stored, and what was not accepted; a value with an error is not in the content.

        Takes what a form gives (text) or a workbook (text, numbers, dates). Cleaning twice changes nothing more.
        """
        raise NotImplementedError

    def is_answered(self, content: Mapping[str, Any], paragraphs: Sequence[str]) -> bool:
        raise NotImplementedError

    def missing(self, content: Mapping[str, Any], definition: Definition, years: list[int]) -> int:
        """How many values are still empty; 0 for kinds that are answered by paragraphs."""
        return 0 if self.is_answered(content, ()) else 1

    def words(
        self,
        content: Mapping[str, Any],
        definition: Definition,
        years: list[int],
        paragraphs: Sequence[str],
        language: str,
    ) -> int:
        """Words that the submission form prints in its text; what stands in an annex counts none."""
        return sum(map(count_markup, paragraphs)) if self.has_text else 0

    def merge(
        self, base: Mapping[str, Any], theirs: Mapping[str, Any], mine: Mapping[str, Any]
    ) -> tuple[Content, list[LeafClash]]:
        """Both sides' changes since ``base``, value by value; what both changed stays theirs and clashes."""
        return merge_leaves(base, theirs, mine)

    def from_post(self, data: Mapping[str, str], prefix: str) -> Content:
        """The content that plain form fields spell; not cleaned. Fields are named ``PREFIX-…`` as in ``to_post``."""
        raise NotImplementedError

    def to_post(self, content: Mapping[str, Any], prefix: str) -> dict[str, str]:
        """The names and values of the form fields that spell ``content``."""
        raise NotImplementedError

    def blocks(self, content: Mapping[str, Any], definition: Definition, years: list[int]) -> list[Block]:
        """What a document prints besides the paragraphs, as plain data; see the class for the shape."""
        return []

    def with_texts(self, content: Mapping[str, Any], other: Other) -> Content:
        """``content`` with every text that a person wrote and a document prints as ``other`` has it.

        Called with what gives back the text it is given, it tells which texts there are, in order.
        """
        return dict(content)


def named_texts(values: Mapping[str, Any], names: Sequence[str], path: str, other: Other) -> dict[str, Any]:
    """``values`` with the texts under ``names`` as ``other`` has them."""
    return {
        name: other(f"{path}{name}", value) if name in names and isinstance(value, str) and value else value
        for name, value in values.items()
    }
