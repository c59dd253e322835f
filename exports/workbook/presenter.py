"""The preview of a filled workbook: what each cell would become, by section."""

import json
from itertools import groupby
from typing import Any

from django.utils.safestring import mark_safe
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from exports.models import FilledWorkbook
from exports.workbook.layout import choice_labels
from exports.workbook.merging import CLASH, MERGED, NEW, SAME, WRONG, Entry
from exports.workbook.sentences import say
from exports.workbook.services import Preview
from reporting.questionnaires.choices import QuestionKind
from reporting.questionnaires.kinds.layout import printed
from reporting.questionnaires.kinds.naming import named
from reporting.reports import freeze
from reporting.reports.models import Answer
from reporting.text import markup
from reporting.text.differences import by_words


def preview_of(preview: Preview, *, chosen: dict[str, str] | None = None) -> dict[str, Any]:
    """{"sections": [{"code", "title", "cells": […]}], "errors", "remarks", "counts", "seen", "can_apply"}."""
    filled = preview.filled
    sections = []
    for section, group in groupby(preview.planned, key=lambda each: each.answer.section):
        cells = [
            _cell(each.answer, entry, chosen or {})
            for each in group
            for entry in each.entries
            if entry.status not in {WRONG, SAME}
        ]
        if cells:
            title = section.section.wording("title", get_language() or "en")[0]
            sections.append({"code": section.code, "title": title, "cells": cells})
    entries = [entry for each in preview.planned for entry in each.entries]
    errors = _errors(preview, entries)
    counts = {name: sum(1 for entry in entries if entry.status == name) for name in (NEW, MERGED, CLASH, SAME)}
    unchanged = filled.unchanged + counts[SAME]
    return {
        "sections": sections,
        "errors": errors,
        "remarks": [say(code, said) for code, said in filled.remarks],
        "counts": _said(counts, len(errors), unchanged),
        "has_clash": counts[CLASH] > 0,
        "seen": preview.seen,
        "can_apply": bool(sections),
        "total": counts[NEW] + counts[MERGED] + counts[CLASH],
    }


def _said(counts: dict[str, int], errors: int, unchanged: int) -> list[tuple[str, str]]:
    """(kind, sentence) of everything that there is."""
    new, merged, clash = counts[NEW], counts[MERGED], counts[CLASH]
    found = [
        (NEW, new, ngettext("%(count)d cell is new or changed.", "%(count)d cells are new or changed.", new)),
        (
            MERGED,
            merged,
            ngettext(
                "%(count)d paragraph is put together with what others wrote.",
                "%(count)d paragraphs are put together with what others wrote.",
                merged,
            ),
        ),
        (
            CLASH,
            clash,
            ngettext(
                "%(count)d cell was changed by others too: choose.",
                "%(count)d cells were changed by others too: choose.",
                clash,
            ),
        ),
        (WRONG, errors, ngettext("%(count)d error.", "%(count)d errors.", errors)),
        (SAME, unchanged, ngettext("%(count)d cell is unchanged.", "%(count)d cells are unchanged.", unchanged)),
    ]
    return [(kind, sentence % {"count": count}) for kind, count, sentence in found if count]


def _errors(preview: Preview, entries: list[Entry]) -> list[dict[str, str]]:
    found = [
        {"sheet": sheet, "where": where, "reason": say(code, said)}
        for code, sheet, where, said in preview.filled.problems
    ]
    found += [
        {"sheet": each.sheet, "where": each.where, "reason": each.reason} for each in entries if each.status == WRONG
    ]
    for pk, reason in preview.closed.items():
        changes = preview.filled.changes[str(pk)].values()
        found += [{"sheet": each["sheet"], "where": each["where"], "reason": reason} for each in changes]
    return [{**each, **_row_and_column(each["where"])} for each in found]


def _row_and_column(where: str) -> dict[str, str]:
    return {"column": where.rstrip("0123456789"), "row": where.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")}


def _cell(answer: Answer, entry: Entry, chosen: dict[str, str]) -> dict[str, Any]:
    """What templates/exports/workbook/_cell.html draws."""
    shown = _text if entry.is_text else _value
    both = entry.is_text and entry.theirs is not None and entry.mine is not None
    return {
        "kind": entry.status,
        "label": _label(answer, entry),
        "sheet": entry.sheet,
        "where": entry.where,
        "base": shown(answer, entry.base),
        "theirs": shown(answer, entry.theirs),
        "mine": shown(answer, entry.mine),
        "is_gone": entry.mine in (None, ""),
        "is_added": entry.base in (None, ""),
        "changes": by_words(entry.theirs or "", entry.result or "") if entry.is_text and entry.status != CLASH else [],
        "by": str(answer.changed_by or ""),
        "name": entry.name,
        "chosen": chosen.get(entry.name, ""),
        "both": both,
    }


def _label(answer: Answer, entry: Entry) -> str:
    """The number of the row, and what a value of a table is called."""
    name = ""
    if entry.path and "measures" in answer.question.definition:
        name = named(entry.path, answer.content, freeze.localized(answer.question, get_language() or "en"))
    return f"{entry.label}: {name}" if name else entry.label


def _text(answer: Answer, text: str | None) -> str:
    if text is None:
        return _("(no paragraph)")
    return mark_safe(markup.html(text))  # noqa: S308 - markup.html escapes what was typed


def _value(answer: Answer, value: Any) -> str:
    if value in (None, ""):
        return _("(empty)")
    if not isinstance(value, str):
        return json.dumps(value, ensure_ascii=False)
    if answer.question.kind == QuestionKind.CHOICE:
        return choice_labels().get(value, value)
    return printed(value)


def listed(rows: Any) -> list[dict[str, Any]]:
    """Workbooks that a person handed in, the last ones first."""
    return [_listed(row) for row in rows]


def _listed(row: FilledWorkbook) -> dict[str, Any]:
    said = _("Waiting for you to look at it and apply it")
    if row.applied_at is not None:
        said = ngettext("Applied: %(count)d cell", "Applied: %(count)d cells", row.applied) % {"count": row.applied}
    return {"uuid": row.uuid, "name": row.name, "at": row.received_at, "said": said, "waits": row.applied_at is None}
