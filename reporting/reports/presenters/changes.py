"""What a page is told after it saved by itself: the version it now knows, and what it has to change to show it."""

import datetime
from collections.abc import Mapping, Sequence
from typing import Any

from django.utils import formats, timezone
from django.utils.translation import gettext as _

from accounts.exceptions import Refused
from reporting.reports.choices import SectionStatus
from reporting.reports.models import ReportSection
from reporting.reports.services.answer import Saved
from reporting.reports.services.changes import TextSaved
from reporting.reports.services.edits import FieldsSaved
from reporting.text import boxes


def told(
    saved: Saved, answers: Sequence[TextSaved], errors: Mapping[str, str], boxed: Mapping[int, str]
) -> dict[str, Any]:
    """{"at", "words" of the section, "answers": {ID: {"v", "text", "after", "clash": {KEY: {"theirs", "mine"}}, "by":
    {KEY: [NAME, TIME]}}}, "errors": {KEY: SENTENCE}}; what is empty is left out. ``boxed`` are texts sent in one box.
    Of an answer of which fields were sent, see ``_fields``.
    """
    reply: dict[str, Any] = {
        "at": clock(saved.at),
        "words": saved.section.words,
        "answers": {each.answer_id: _answer(saved, each, boxed) for each in answers},
    }
    if errors:
        reply["errors"] = dict(errors)
    return reply


def _answer(saved: Saved, each: TextSaved, boxed: Mapping[int, str]) -> dict[str, Any]:
    if each.fields is not None:
        return _fields(each, each.fields)
    stands = {piece.key: piece.text for piece in saved.stands[each.answer_id][1]}
    found: dict[str, Any] = {
        "text": dict(each.changes.text),
        "after": dict(each.changes.after),
        "clash": {
            clash.key: {"theirs": stands.get(clash.key) if clash.theirs is not None else None, "mine": clash.mine}
            for clash in each.clashes
        },
        "by": {key: [name, clock(at)] for key, (name, at) in each.by.items()},
    }
    if each.answer_id in boxed:
        box = _box(saved, each)
        found = {"by": found["by"], **({"box": box} if box != boxed[each.answer_id] else {})}
    return {"v": each.version, **{name: value for name, value in found.items() if value or name == "box"}}


def _fields(each: TextSaved, told: FieldsSaved) -> dict[str, Any]:
    """{"v", "fields" that the page has to show otherwise, "wrong": sentences, "clash": theirs, "who", "computed"}.

    "who" changed other fields meanwhile; "computed" as in kinds/computed.
    """
    otherwise = {
        name: told.stand.get(name, "")
        for name in {**told.page, **told.stand}
        if name not in told.errors and name not in told.clash and told.stand.get(name, "") != told.page.get(name, "")
    }
    found = {
        "fields": otherwise,
        "wrong": told.errors,
        "clash": {name: told.stand.get(name, "") for name in told.clash},
        "who": each.who,
    }
    found["computed"] = told.computed
    return {"v": each.version, **{name: value for name, value in found.items() if value}}


def _box(saved: Saved, each: TextSaved) -> str:
    """All that stands; after a paragraph that others changed too, one's own text of it, so that both can be read."""
    mine = {clash.key: clash.mine for clash in each.clashes if clash.theirs is not None and clash.mine}
    pieces = []
    for piece in saved.stands[each.answer_id][1]:
        pieces.append(piece)
        if piece.key in mine:
            pieces.append(type(piece)(piece.key, mine[piece.key] or ""))
    return boxes.join(pieces)


def refused(section: ReportSection, reason: Refused) -> dict[str, Any]:
    """{"refused": the reason, "moved": who moved the section and when}."""
    moved = ""
    said = {"name": section.status_by, "when": clock(section.status_at) if section.status_at else ""}
    if section.status_at and section.status_by_id:
        if section.status == SectionStatus.IN_REVIEW:
            moved = _("%(name)s sent this for review at %(when)s.") % said
        elif section.status == SectionStatus.CLEARED:
            moved = _("%(name)s cleared this at %(when)s.") % said
    return {"refused": reason.reason, **({"moved": moved} if moved else {})}


def clock(moment: datetime.datetime) -> str:
    """The time of day; with the day where it is not today."""
    at = timezone.localtime(moment)
    return formats.date_format(at, "H:i" if at.date() == timezone.localdate() else "SHORT_DATETIME_FORMAT")
