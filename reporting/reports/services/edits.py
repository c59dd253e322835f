"""What a save is asked for, and what became of it."""

import dataclasses
import datetime
from collections.abc import Mapping, Sequence
from typing import Any

from accounts.files import Received
from reporting.reports.models import Answer, AnswerVersion, ReportSection
from reporting.text.changes import Box, Changes
from reporting.text.merge import Clash, LeafClash
from reporting.text.pieces import Piece


@dataclasses.dataclass(frozen=True)
class AnswerEdit:
    """What a page, a row of a workbook or the API asks of one answer; None leaves that part as it is.

    ``disposition`` maps the names of DISPOSITION_FIELDS to values; ``uploads`` are files by the key of the
    entry of the content that each belongs to. Instead of all ``paragraphs`` there may be the ``changes`` to
    those of the version; instead of the whole ``content`` the ``fields`` that changed, as in kinds/posted.
    """

    answer_id: int
    base_version: int | None
    paragraphs: Sequence[Piece] | None = None
    changes: Changes | Box | None = None
    content: dict[str, Any] | None = None
    fields: Mapping[str, str] | None = None
    disposition: dict[str, Any] | None = None
    uploads: Mapping[str, Received] | None = None


@dataclasses.dataclass
class AnswerClash:
    """What both sides changed in one answer: theirs stands, mine is kept here until a person chooses."""

    answer: Answer
    texts: list[Clash] = dataclasses.field(default_factory=list)
    values: list[LeafClash] = dataclasses.field(default_factory=list)
    disposition: dict[str, Any] | None = None

    def __bool__(self) -> bool:
        return bool(self.texts or self.values or self.disposition)


@dataclasses.dataclass
class FieldsSaved:
    """What became of single fields: as the page has them, as it wants them in their stored spelling, as they stand, a
    sentence for each that was not read, and those that both sides changed.
    """

    page: dict[str, str]
    wanted: dict[str, str]
    stand: dict[str, str]
    errors: dict[str, str]
    clash: list[str] = dataclasses.field(default_factory=list)
    computed: dict[str, str] = dataclasses.field(default_factory=dict)  # as kinds/computed


@dataclasses.dataclass
class Saved:
    """The outcome of a save: new versions by answer id, clashes, and who else changed what was merged."""

    section: ReportSection
    at: datetime.datetime
    versions: dict[int, int] = dataclasses.field(default_factory=dict)
    clashes: list[AnswerClash] = dataclasses.field(default_factory=list)
    merged_with: dict[int, str] = dataclasses.field(default_factory=dict)
    # By answer id: paragraphs that the edit wanted, version and paragraphs now, the version that an earlier try made.
    wanted: dict[int, list[Piece]] = dataclasses.field(default_factory=dict)
    stands: dict[int, tuple[int, list[Piece]]] = dataclasses.field(default_factory=dict)
    # Of edits of single fields, by answer id: the fields that the page has now, those that stand, what was not read.
    fields: dict[int, FieldsSaved] = dataclasses.field(default_factory=dict)
    before: dict[int, AnswerVersion] = dataclasses.field(default_factory=dict)
