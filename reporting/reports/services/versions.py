"""The versions of an answer: what it was at each, what a version covers by its hash."""

import dataclasses
import datetime
import hashlib
import json
from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import Case, Q, When

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
    """The state of answers at given version numbers: one statement, none where no answer is asked for."""
    result = {pk: State([], {}, dict.fromkeys(DISPOSITION_FIELDS)) for pk in numbers}
    wanted = Q(pk__in=())
    for pk, number in numbers.items():
        wanted |= Q(answer=pk, number=number)
    if not numbers:
        return result
    rows = (
        AnswerVersion.objects.filter(answer__in=numbers, number__lte=max(numbers.values()))
        .annotate(at_last=Case(When(wanted, then="content")), in_order=Case(When(wanted, then="order")))
        .order_by("answer", "number")
        .values_list("answer_id", "number", "at_last", "in_order", "paragraphs__key", "paragraphs__text")
    )
    texts: dict[int, dict[str, str]] = {pk: {} for pk in numbers}
    orders: dict[int, list[str]] = {}
    for pk, number, content, order, key, text in rows:
        if number > numbers[pk]:
            continue
        if key is not None:
            texts[pk][str(key)] = text
        if number == numbers[pk]:
            result[pk].content, result[pk].disposition = content.get("content", {}), content.get("disposition", {})
            orders[pk] = order
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
