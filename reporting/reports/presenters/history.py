"""The history of a section's answers: entries folded per person and quarter of an hour, and two versions compared."""

import datetime
from collections.abc import Iterable, Sequence
from typing import Any

from django.utils import formats, timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from accounts.labels import in_words
from reporting.questionnaires.kinds.layout import printed
from reporting.reports.choices import VersionName
from reporting.reports.models import AnswerVersion
from reporting.reports.services.versions import DISPOSITION_FIELDS, leaves, states_at
from reporting.text.differences import Change, by_paragraphs, by_words

FOLD = datetime.timedelta(minutes=15)


def entries(versions: Iterable[AnswerVersion]) -> list[dict[str, Any]]:
    """One entry per person, answer and 15 minutes, newest first; a named version ends its entry.

    ``versions`` come oldest first within each answer. {"number", "question", "by", "when", "why", "name", "first",
    "last", "count", "before"}: ids of the first and the last version, and of the one before the first.
    """
    folded: list[dict[str, Any]] = []
    ends: dict[int, AnswerVersion] = {}
    current: dict[int, dict[str, Any]] = {}
    for version in versions:
        entry = current.get(version.answer_id)
        if entry is None or not _continues(entry, version):
            entry = {
                "answer": version.answer_id,
                "number": version.answer.question.number,
                "question": version.answer.question.wording("text", get_language() or "en")[0],
                "by": version.by_name,
                "by_id": version.by_id,
                "why": version.get_why_display(),
                "why_code": version.why,
                "began_at": version.at,
                "before": ends[version.answer_id].pk if version.answer_id in ends else None,
                "first": version.pk,
                "count": 0,
            }
            folded.append(entry)
            current[version.answer_id] = entry
        entry |= {
            "last": version.pk,
            "at": version.at,
            "name": in_words(VersionName, version.name),
            "count": entry["count"] + 1,
        }
        entry["when"] = formats.date_format(timezone.localtime(version.at), "DATETIME_FORMAT")
        ends[version.answer_id] = version
    return sorted(folded, key=lambda entry: entry["at"], reverse=True)


def _continues(entry: dict[str, Any], version: AnswerVersion) -> bool:
    same = entry["by_id"] == version.by_id and entry["why_code"] == version.why
    return same and not entry["name"] and version.at - entry["began_at"] <= FOLD


def comparison(old: AnswerVersion | None, new: AnswerVersion) -> dict[str, Any]:
    """Old and new of one answer.

    {"paragraphs": [{"key", "kind", "moved", "changes"}], "values": [{"name", "changes"}]}
    """
    after = states_at({new.answer_id: new.number})[new.answer_id]
    before = states_at({new.answer_id: old.number if old else 0})[new.answer_id]
    paragraphs = by_paragraphs(before.pieces, after.pieces)
    return {
        "paragraphs": [
            {"key": each.key, "kind": each.kind, "moved": each.moved, "changes": each.words} for each in paragraphs
        ],
        "values": _values(
            {**before.content, **_said(before.disposition)}, {**after.content, **_said(after.disposition)}
        ),
    }


def _said(disposition: dict[str, Any]) -> dict[str, Any]:
    return {name: str(disposition[name]) for name in DISPOSITION_FIELDS if disposition.get(name)}


def _values(before: dict[str, Any], after: dict[str, Any]) -> list[dict[str, Any]]:
    old, new = dict(leaves(before)), dict(leaves(after))
    return [
        {"name": path, "changes": _changes(_text(old.get(path)), _text(new.get(path)))}
        for path in sorted({*old, *new})
        if old.get(path) != new.get(path)
    ]


def _text(value: Any) -> str:
    return "" if value in (None, [], {}) else printed(str(value))


def _changes(old: str, new: str) -> Sequence[Change]:
    return by_words(old, new)


def title(version: AnswerVersion | None) -> str:
    if version is None:
        return _("Before anything was written")
    when = formats.date_format(timezone.localtime(version.at), "DATETIME_FORMAT")
    return _("Version %(number)s, %(name)s, %(when)s") % {
        "number": version.number,
        "name": version.by_name,
        "when": when,
    }
