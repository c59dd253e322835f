"""The versions of an answer: what it was at each, what a version covers by its hash."""

import dataclasses
import datetime
import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db.models import Case, OuterRef, Q, Subquery, Value, When

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


def states_at(numbers: Mapping[int, int], now: Mapping[int, Iterable[Paragraph]] | None = None) -> dict[int, State]:
    """The state of answers at given version numbers, from what stands and what has changed since.

    It costs what the answers changed since, however long their history is: one statement, and one more for the
    paragraphs that stand where they are not in hand (``now``, by answer); none where no answer is asked for.
    """
    result = {pk: State([], {}, dict.fromkeys(DISPOSITION_FIELDS)) for pk in numbers}
    asked = {pk: number for pk, number in numbers.items() if number}
    if not asked:
        return result
    # First what stands, then what changed: a save in between is then among the changes.
    texts = {pk: {str(row.key): row.text for row in rows} for pk, rows in (now or _standing(asked)).items()}
    orders: dict[int, list[str]] = {}
    for pk, number, content, order, key, text in _since(asked):
        if number == asked[pk]:
            result[pk].content, result[pk].disposition = content.get("content", {}), content.get("disposition", {})
            orders[pk] = order
        elif key is not None:
            texts[pk][str(key)] = text  # of one that was not there yet None, and no order names it
    for pk, order in orders.items():
        result[pk].pieces = [Piece(key, texts[pk][key]) for key in order]
    return result


def _standing(answers: Iterable[int]) -> dict[int, list[Paragraph]]:
    found: dict[int, list[Paragraph]] = {pk: [] for pk in answers}
    for row in Paragraph.objects.filter(answer__in=list(found)).only("answer_id", "key", "text"):
        found[row.answer_id].append(row)
    return found


def _since(numbers: Mapping[int, int]) -> Iterable[tuple[Any, ...]]:
    """(answer, number, content, order, key, text): versions from the one asked for on, and of each paragraph that a
    later one touched the text that it had then."""
    from_there, then = Q(pk__in=()), Q(pk__in=())
    for pk, number in numbers.items():
        from_there |= Q(answer=pk, number__gte=number)
        then |= Q(answer=pk, number=number)
    earlier = ParagraphVersion.objects.filter(
        answer=OuterRef("answer"), key=OuterRef("paragraphs__key"), number__lte=OuterRef("wanted")
    )
    return (
        AnswerVersion.objects.filter(from_there)
        .annotate(
            at_last=Case(When(then, then="content")),
            in_order=Case(When(then, then="order")),
            wanted=Case(*(When(answer=pk, then=Value(number)) for pk, number in numbers.items())),
            text_then=Subquery(earlier.order_by("-number").values("text")[:1]),
        )
        .order_by("answer", "number")
        .values_list("answer_id", "number", "at_last", "in_order", "paragraphs__key", "text_then")
    )


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
