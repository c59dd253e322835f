"""The review board as a sheet: bodies in rows, sections in columns, as the page shows them."""

import datetime
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

from exports import document as doc


def listing_of_board(matrix: dict[str, Any], *, language: str, generated_at: datetime.datetime) -> doc.Listing:
    """``matrix`` is what ``presenters.board.matrix`` gives; its words are in ``language`` already."""
    with translation.override(language):
        sections = [doc.Column(column.code, 22) for column in matrix["columns"]]
        columns = (
            doc.Column(_("Lead body"), 34),
            doc.Column(_("Focal points"), 24),
            *sections,
            doc.Column(_("On time"), 12),
            doc.Column(_("Words of share"), 26),
        )
        bodies = [_body(row) for row in matrix["rows"]]
        budget = [_("Word budget"), "", *(column["said"] for column in matrix["budget"]["columns"]), "", ""]
        return doc.Listing(
            title=_("Review board"),
            columns=columns,
            rows=tuple(map(tuple, [*bodies, budget])),
            language=language,
            direction="rtl" if translation.get_language_bidi() else "ltr",
            generated_at=generated_at,
        )


def _body(row: Any) -> list[str]:
    cells = [cell.said if cell else "" for cell in row.cells]
    return [row.name, row.people, *cells, row.on_time, row.ruler.get("sentence", "")]
