"""What a workbook changed, held against the page as it stands: cell by cell, and the save that comes of it."""

import copy
import dataclasses
import hashlib
import json
import re
import uuid
from collections.abc import Iterable, Mapping
from typing import Any

from exports.workbook.exceptions import Undecided
from exports.workbook.sentences import say
from reporting.questionnaires.kinds import KINDS, Kind
from reporting.questionnaires.kinds.posted import field_of, with_fields
from reporting.reports import freeze
from reporting.reports.forms.conflict import set_value, with_text
from reporting.reports.models import Answer
from reporting.reports.services.answer import AnswerEdit
from reporting.reports.services.typed import MAX_PARAGRAPH
from reporting.reports.services.versions import State
from reporting.text.markup import clean
from reporting.text.merge import LeafClash, merge_paragraphs
from reporting.text.pieces import Piece, texts

NEW, SAME, MERGED, CLASH, WRONG = "new", "same", "merged", "clash", "error"
MINE, THEIRS, BOTH = "mine", "theirs", "both"
_ROW_OF = re.compile(r"(by-\w+-)?cell-(\w+)/")
_STEPS = re.compile("[-/]")
Change = Mapping[str, str]  # as matching.Matched has it


@dataclasses.dataclass
class Entry:
    """One cell that the workbook changed. None is a paragraph or value that is not there."""

    status: str
    sheet: str
    where: str
    label: str
    is_text: bool = False
    base: Any = None
    theirs: Any = None
    mine: Any = None
    result: Any = None  # what will stand, where nothing needs to be chosen
    path: tuple[str, ...] = ()
    name: str = ""  # of the choice, for a clash
    reason: str = ""


@dataclasses.dataclass
class Planned:
    answer: Answer
    entries: list[Entry] = dataclasses.field(default_factory=list)
    pieces: list[Piece] | None = None
    content: dict[str, Any] | None = None

    @property
    def edit(self) -> AnswerEdit | None:
        """The save, upon the answer as it stands; None where nothing of the workbook is to be kept."""
        if self.pieces is None and self.content is None:
            return None
        return AnswerEdit(self.answer.pk, self.answer.version, paragraphs=self.pieces, content=self.content)


class Choices:
    """What was chosen for clashes; ``strict`` raises Undecided where nothing was."""

    def __init__(self, chosen: Mapping[str, str], *, strict: bool) -> None:
        self.chosen, self.strict = chosen, strict

    def of(self, name: str, *, both: bool) -> str:
        choice = self.chosen.get(name, "")
        if choice not in ({MINE, THEIRS, BOTH} if both else {MINE, THEIRS}):
            if self.strict:
                raise Undecided
            return THEIRS
        return choice


def plan(
    answer: Answer, base: State, theirs: State, changes: Mapping[str, Change], choices: Choices, *, apart: uuid.UUID
) -> Planned:
    """``base`` is what the workbook started from, ``theirs`` what stands; ``apart`` makes keys of texts kept beside."""
    planned = Planned(answer)
    paragraphs = {name[2:]: each for name, each in changes.items() if name.startswith("p:")}
    values = {name: each for name, each in changes.items() if not name.startswith("p:")}
    if paragraphs:
        _plan_text(planned, base, theirs, paragraphs, choices, apart)
    if values:
        _plan_values(planned, base, theirs, values, choices)
    return planned


def _entry(status: str, change: Change, **fields: Any) -> Entry:
    return Entry(status, change["sheet"], change["where"], change["label"], **fields)


# --- paragraphs ---------------------------------------------------------------------------------------------------


def _plan_text(
    planned: Planned,
    base: State,
    theirs: State,
    changes: Mapping[str, Change],
    choices: Choices,
    apart: uuid.UUID,
) -> None:
    wanted: dict[str, Change] = {}
    for key, change in changes.items():
        size = len(clean(change["text"]))
        if size > MAX_PARAGRAPH:
            reason = say("long", {"size": size, "limit": MAX_PARAGRAPH})
            planned.entries.append(_entry(WRONG, change, is_text=True, mine=change["text"], reason=reason))
        else:
            wanted[key] = change
    if not wanted:
        return
    was, their = texts(base.pieces), texts(theirs.pieces)
    mine = {**was, **{key: clean(change["text"]) for key, change in wanted.items()}}
    pieces = [Piece(key, text) for key, text in mine.items() if text.strip()]
    merged = merge_paragraphs(base.pieces, theirs.pieces, pieces)
    clashes = {clash.key for clash in merged.clashes}
    result, final, my = texts(merged.pieces), list(merged.pieces), texts(pieces)
    for key, change in wanted.items():
        sides = {"base": was.get(key), "theirs": their.get(key), "mine": my.get(key)}
        name = f"c{planned.answer.pk}-{key}" if key in clashes else ""
        status = CLASH if name else _status(sides["theirs"], sides["mine"], result.get(key))
        planned.entries.append(_entry(status, change, is_text=True, result=result.get(key), name=name, **sides))
        if name:
            choice = choices.of(name, both=sides["theirs"] is not None and sides["mine"] is not None)
            beside = str(uuid.uuid5(apart, key))
            if choice == THEIRS and sides["theirs"] is None:
                final = [piece for piece in final if piece.key != key]  # a merge keeps what only one side removed
            final = with_text(final, key, sides["mine"], choice, lambda beside=beside: beside)  # type: ignore[misc]
    planned.pieces = final


def _status(theirs: Any, mine: Any, result: Any) -> str:
    """Of a change that does not clash."""
    if theirs == mine or result == theirs:
        return SAME
    return NEW if result == mine else MERGED


# --- values -------------------------------------------------------------------------------------------------------


def _plan_values(planned: Planned, base: State, theirs: State, changes: Mapping[str, Change], choices: Choices) -> None:
    answer = planned.answer
    kind, question = KINDS[answer.question.kind], answer.question
    years = freeze.years_of(question, answer.section.report.last_year)
    typed = {name: change["text"] for name, change in changes.items()}
    content, errors = _readable(kind, base.content, typed, question.definition, years)
    merged, clashes = kind.merge(base.content, theirs.content, content)
    was, their, my, result = (_posted(kind, each) for each in (base.content, theirs.content, content, merged))
    final = copy.deepcopy(merged)
    told: set[tuple[str, ...]] = set()
    for name, change in changes.items():
        sides = {"base": was.get(name), "theirs": their.get(name), "mine": my.get(name) or None}
        if name in errors:
            planned.entries.append(_entry(WRONG, change, reason=errors[name], mine=change["text"]))
            continue
        clash = next((each for each in clashes if _covers(each, name)), None)
        if clash is None:
            status = _status(sides["theirs"] or None, sides["mine"], result.get(name) or None)
            planned.entries.append(_entry(status, change, result=result.get(name), **sides))
        elif clash.path not in told:
            told.add(clash.path)
            planned.entries.append(_clash(planned, clash, change))
    for clash in clashes:
        if clash.path not in told:
            planned.entries.append(_clash(planned, clash, next(iter(changes.values()))))
        mine_wins = choices.of(_name(planned, clash), both=False) == MINE
        set_value(final, clash.path, clash.mine if mine_wins else clash.theirs)
    planned.content = _without_empty(final)


def _readable(
    kind: Kind, base: Mapping[str, Any], typed: Mapping[str, str], definition: Mapping[str, Any], years: list[int]
) -> tuple[dict[str, Any], dict[str, str]]:
    """The content with what can be read of the fields, and a sentence for each of the others.

    A row that lacks what it needs, as its name, is left as it was, and each of its fields says so.
    """
    content, errors = with_fields(kind, base, {**_names(kind, base, typed, definition), **typed}, definition, years)
    lacking = {name: reason for name, reason in errors.items() if name not in typed}
    if not lacking:
        return content, errors
    wrong = {name: reason for name, reason in errors.items() if name in typed}
    for field, reason in lacking.items():
        row = field.removesuffix("-label").removesuffix("-title").rpartition("-")[2]
        of_row = [name for name in typed if row in _STEPS.split(name)]
        wrong |= dict.fromkeys(of_row or typed, reason)
    content, _errors = with_fields(
        kind, base, {n: text for n, text in typed.items() if n not in wrong}, definition, years
    )
    return content, wrong


def _names(
    kind: Kind, base: Mapping[str, Any], typed: Mapping[str, str], definition: Mapping[str, Any]
) -> dict[str, str]:
    """The empty names of new rows in which values were typed: without one there is no row to tell about."""
    known, found = _posted(kind, base), dict[str, str]()
    for name in typed:
        cell = _ROW_OF.match(name)
        if cell and (cell[1] or "open" in definition):
            label = f"{cell[1] or ''}row-{cell[2]}-label"
            found |= {} if label in known else {label: ""}
    return found


def _without_empty(content: dict[str, Any]) -> dict[str, Any]:
    """Nothing is stored of what has nothing in it."""
    kept = {name: _without_empty(each) if isinstance(each, dict) else each for name, each in content.items()}
    return {name: each for name, each in kept.items() if each not in ({}, [], "", None)}


def _posted(kind: Any, content: Mapping[str, Any]) -> dict[str, str]:
    return {name[2:]: str(value) for name, value in kind.to_post(content, "q").items()}


def _covers(clash: LeafClash, name: str) -> bool:
    field = field_of("/".join(clash.path))
    return name == field or name.startswith(f"{field}-")


def _name(planned: Planned, clash: LeafClash) -> str:
    return f"c{planned.answer.pk}-{'/'.join(clash.path)}"


def _clash(planned: Planned, clash: LeafClash, change: Change) -> Entry:
    sides = {"base": clash.base, "theirs": clash.theirs, "mine": clash.mine}
    return _entry(CLASH, change, path=clash.path, name=_name(planned, clash), **sides)


# --- whether the preview still holds ------------------------------------------------------------------------------


def fingerprint(parts: Iterable[tuple[int, int, bool]]) -> str:
    """Of answers, their versions, and whether they may be written: the same only while nothing of that changes."""
    return hashlib.sha256(json.dumps(sorted(parts)).encode()).hexdigest()
