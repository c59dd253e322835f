"""The versions of an answer: what it was at each, what a version covers by its hash."""

import dataclasses
import datetime
import hashlib
import json
from collections.abc import Iterable, Sequence
from typing import Any

from reporting.reports.models import Answer, AnswerVersion, Paragraph, ParagraphVersion
from reporting.text.pieces import Piece

DISPOSITION_FIELDS = (
    "disposition",
    "disposition_reason",
    "disposition_expected",
    "target_submission_id",
    "target_document",
    "target_paragraph",
    "target_question_id",
)


@dataclasses.dataclass
class State:
    """One side of a merge: paragraphs in order, content, disposition."""

    pieces: list[Piece]
    content: dict[str, Any]
    disposition: dict[str, Any]


def state_of(answer: Answer, rows: Iterable[Paragraph]) -> State:
    """The state of an answer as it stands, from its paragraphs in order."""
    pieces = [Piece(str(row.key), row.text) for row in rows]
    return State(pieces, answer.content, {name: getattr(answer, name) for name in DISPOSITION_FIELDS})


def states_at(numbers: dict[int, int]) -> dict[int, State]:
    """The state of answers at given version numbers: two statements."""
    result = {pk: State([], {}, dict.fromkeys(DISPOSITION_FIELDS)) for pk in numbers}
    if not numbers:
        return result
    versions = AnswerVersion.objects.filter(answer__in=numbers).only("answer_id", "number", "content", "order")
    orders: dict[int, list[str]] = {}
    for row in versions:
        if row.number == numbers[row.answer_id]:
            result[row.answer_id].content = row.content.get("content", {})
            result[row.answer_id].disposition = row.content.get("disposition", {})
            orders[row.answer_id] = row.order
    texts: dict[int, dict[str, str]] = {pk: {} for pk in numbers}
    for each in ParagraphVersion.objects.filter(answer__in=numbers).order_by("answer", "number"):
        if each.number <= numbers[each.answer_id]:
            texts[each.answer_id][str(each.key)] = each.text
    for pk, order in orders.items():
        result[pk].pieces = [Piece(key, texts[pk][key]) for key in order]
    return result


def leaves(value: Any, path: str = "") -> Iterable[tuple[str, Any]]:
    """(path, value) of everything in a content, with lists of keyed objects by key."""
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from leaves(inner, f"{path}/{name}" if path else name)
    elif isinstance(value, list) and all(isinstance(each, dict) and "key" in each for each in value):
        for each in value:
            yield from leaves({k: v for k, v in each.items() if k != "key"}, f"{path}/{each['key']}")
    else:
        yield path, value


def version_digest(version: AnswerVersion, changes: Sequence[ParagraphVersion]) -> str:
    """SHA-256 over a version, its paragraphs, and the version before it."""
    said = {
        "answer": version.answer_id,
        "number": version.number,
        "by": [version.by_id, version.by_name],
        "at": version.at.astimezone(datetime.UTC).isoformat(),
        "why": str(version.why),
        "content": version.content,
        "order": version.order,
        "paragraphs": [[str(each.key), str(each.change), each.position, each.text] for each in changes],
        "previous": version.previous_sha256,
    }
    return hashlib.sha256(json.dumps(said, sort_keys=True, ensure_ascii=False).encode()).hexdigest()
