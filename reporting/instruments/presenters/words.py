"""Words of the reference data in the reader's language, with the language that they are in."""

from typing import Any, NamedTuple

from django.utils.html import format_html
from django.utils.translation import get_language

from reporting.instruments.choices import Coverage
from reporting.instruments.models import Theme
from reporting.instruments.models.translated import Translated

LEVELS = {Coverage.GAP: 1, Coverage.PARTIAL: 2, Coverage.WELL_DEVELOPED: 3}


class Words(NamedTuple):
    text: Any
    language: str

    @property
    def lang(self) -> str:
        """The attribute that a page needs around the text where it is in another language than the page."""
        return "" if self.language == _reader() else format_html(' lang="{}"', self.language)


def words(row: Translated, field: str) -> Words:
    """The text of a field in the reader's language where there is one."""
    return Words(*row.wording(field, _reader()))


def _reader() -> str:
    return (get_language() or "en").partition("-")[0]


class CoverageSign(NamedTuple):
    level: int  # 1 little, 2 partly, 3 well developed
    label: str


def coverage(theme: Theme) -> CoverageSign:
    return CoverageSign(LEVELS[Coverage(theme.coverage)], str(theme.get_coverage_display()))
