"""What a person chose where two sides had changed the same text or value.

For each answer ``a12_version`` is the version to choose upon. For each clash with number i of that
answer: ``a12_c_i_choice`` (mine, theirs, both), ``…_kind`` (text, value, disposition), ``…_key`` or
``…_path``, and ``…_mine``, ``…_theirs``, ``…_base`` as JSON.
"""

import copy
import dataclasses
import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.utils import timezone

from reporting.reports.models import Answer, ReportSection
from reporting.reports.services.answer import AnswerClash, AnswerEdit, Saved
from reporting.reports.services.versions import states_at
from reporting.text.merge import Clash, LeafClash
from reporting.text.pieces import Piece


@dataclasses.dataclass
class Resolution:
    edits: list[AnswerEdit] = dataclasses.field(default_factory=list)
    clashes: list[AnswerClash] = dataclasses.field(default_factory=list)
    undecided: bool = False

    def as_saved(self, section: ReportSection) -> Saved:
        """The same choices once more, for the page."""
        return Saved(section=section, at=timezone.now(), clashes=self.clashes)


def resolution(answers: Sequence[Answer], data: Mapping[str, str], *, new_key: Callable[[], str]) -> Resolution:
    found = Resolution()
    numbers = {answer.pk: int(data.get(f"a{answer.pk}_version") or 0) for answer in answers}
    states = states_at(numbers)
    for answer in answers:
        state = states[answer.pk]
        pieces, content = list(state.pieces), copy.deepcopy(state.content)
        disposition: dict[str, Any] | None = None
        clash = AnswerClash(answer)
        answer.version = numbers[answer.pk]
        for each in _posted(data, f"a{answer.pk}_c_"):
            choice, mine = each.get("choice", ""), _loaded(each.get("mine", "null"))
            found.undecided |= choice not in {"mine", "theirs", "both"}
            theirs, base = _loaded(each.get("theirs", "null")), _loaded(each.get("base", "null"))
            if each.get("kind") == "text":
                pieces = with_text(pieces, each.get("key", ""), mine, choice, new_key)
                clash.texts.append(Clash(each.get("key", ""), base, theirs, mine))
            elif each.get("kind") == "value":
                path = tuple(_loaded(each.get("path", "[]")))
                clash.values.append(LeafClash(path, base, theirs, mine))
                if choice == "mine":
                    set_value(content, path, mine)
            else:
                clash.disposition = mine
                disposition = mine if choice == "mine" else disposition
        found.clashes.append(clash)
        found.edits.append(
            AnswerEdit(
                answer.pk,
                numbers[answer.pk],
                paragraphs=pieces if clash.texts else None,
                content=content if clash.values else None,
                disposition=disposition,
            )
        )
    return found


def _posted(data: Mapping[str, str], prefix: str) -> list[dict[str, str]]:
    entries: dict[str, dict[str, str]] = {}
    for name, value in data.items():
        if name.startswith(prefix):
            number, _line, field = name[len(prefix) :].partition("_")
            entries.setdefault(number, {})[field] = value
    return list(entries.values())


def _loaded(text: str) -> Any:
    try:
        return json.loads(text)
    except ValueError:
        return None


def with_text(pieces: list[Piece], key: str, mine: str | None, choice: str, new_key: Callable[[], str]) -> list[Piece]:
    """The paragraphs with my text in place of theirs, or after it; None is a paragraph that I removed."""
    if choice not in {"mine", "both"}:
        return pieces
    index = next((place for place, piece in enumerate(pieces) if piece.key == key), None)
    if mine is None:
        return [piece for piece in pieces if piece.key != key] if choice == "mine" else pieces
    if index is None:
        return [*pieces, Piece(key or new_key(), mine)]
    if choice == "mine":
        return [*pieces[:index], Piece(key, mine), *pieces[index + 1 :]]
    return [*pieces[: index + 1], Piece(new_key(), mine), *pieces[index + 1 :]]


def set_value(content: dict[str, Any], path: Sequence[str], value: Any) -> None:
    """Put a value at a path of names and keys; None takes it away."""
    place: Any = content
    for step in path[:-1]:
        if isinstance(place, list):
            place = next((each for each in place if each.get("key") == step), {})
        else:
            place = place.setdefault(step, {})
    last = path[-1]
    if isinstance(place, list):
        place[:] = [each for each in place if each.get("key") != last] + ([value] if value is not None else [])
    elif value is None:
        place.pop(last, None)
    else:
        place[last] = value
