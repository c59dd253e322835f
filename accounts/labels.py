"""Names that are kept as keys and bare words, and said in the language of whoever reads them.

An act or a notice is written in one language and read in another. So what names its subject is
kept twice: as the words of the day, and as what is needed to say them again. A room registers
its subjects in AppConfig.ready; a subject of which nothing is kept is shown by its words.
"""

import datetime
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.db import models
from django.utils import formats

Kept = dict[str, Any]
DAY = re.compile(r"\d{4}-\d{2}-\d{2}")  # as the record and the notices write one; 20261126 may be a reference


@dataclass(frozen=True)
class Labels:
    """How a kind of subject is named: ``keep`` when it is written, ``say`` when it is read.

    ``say`` takes all that a page shows at once and asks the database a constant number of times.
    """

    keep: Callable[[Any], Kept]
    say: Callable[[Sequence[Kept]], list[str]]


# subject type ("reports.reportsection") -> how it is named
of: dict[str, Labels] = {}


class Written(NamedTuple):
    """What was written of a subject: its type, what was kept, and its words at the time."""

    kind: str
    kept: Kept
    words: str


def kept(subject: models.Model) -> Kept:
    """What to keep of a subject beside its words; empty where its words are the same in every language."""
    known = of.get(subject._meta.label_lower)
    return known.keep(subject) if known else {}


def said(rows: Iterable[Written]) -> list[str]:
    """The name of each subject in the language of the moment; of an older row, its words as they stand."""
    rows = list(rows)
    names = [row.words for row in rows]
    for kind, known in of.items():
        places = [place for place, row in enumerate(rows) if row.kind == kind and row.kept]
        if places:
            found = known.say([rows[place].kept for place in places])
            for place, name in zip(places, found, strict=True):
                names[place] = name or names[place]
    return names


def in_words(closed_list: type[models.TextChoices], text: str) -> str:
    """The label of a key; any other text, such as what was kept before there were keys, as it stands."""
    return str(closed_list(text).label) if text in closed_list.values else text


def day_in_words(text: str) -> str:
    """A day as people write it; "" where the text is none."""
    if not DAY.fullmatch(text):
        return ""
    try:
        return formats.date_format(datetime.date.fromisoformat(text), "DATE_FORMAT")
    except ValueError:
        return ""
