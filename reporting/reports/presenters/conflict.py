"""Both texts side by side, where two people changed the same paragraph or value."""

import json
from typing import Any

from django.utils.safestring import mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from reporting.questionnaires.choices import Disposition
from reporting.questionnaires.kinds.layout import printed
from reporting.questionnaires.kinds.naming import named
from reporting.reports import freeze
from reporting.reports.models import Answer
from reporting.reports.presenters.outline import Place
from reporting.reports.presenters.section import head
from reporting.reports.services.answer import AnswerClash, Saved
from reporting.text import markup


def conflict(here: Place, saved: Saved, *, undecided: bool = False) -> dict[str, Any]:
    """{"answers": [{"prefix", "version", "number", "question", "by", "clashes": […]}], "undecided", "head"}."""
    return {
        "answers": [_answer(clash) for clash in saved.clashes],
        "head": head(here),
        "undecided": undecided,
        "kept": bool(saved.versions),
        "resolve_url": here.url("section_conflict"),
    }


def _answer(clash: AnswerClash) -> dict[str, Any]:
    answer = clash.answer
    entries = [_text(each.key, each.base, each.theirs, each.mine) for each in clash.texts]
    entries += [_value(answer, each.path, each.base, each.theirs, each.mine) for each in clash.values]
    if clash.disposition:
        entries.append(_disposition(answer, clash.disposition))
    prefix = f"a{answer.pk}"
    return {
        "prefix": prefix,
        "version": answer.version,
        "number": answer.question.number,
        "question": answer.question.wording("text", get_language() or "en")[0],
        "by": str(answer.changed_by or ""),
        "clashes": [{**entry, "name": f"{prefix}_c_{place}"} for place, entry in enumerate(entries)],
    }


def _text(key: str, base: str | None, theirs: str | None, mine: str | None) -> dict[str, Any]:
    return {
        "kind": "text",
        "key": key,
        "path": "",
        "label": _("A paragraph"),
        "mine": _shown_text(mine),
        "theirs": _shown_text(theirs),
        "both": True,
        **_raw(base, theirs, mine),
    }


def _shown_text(text: str | None) -> str:
    if text is None:
        return _("(removed)")
    return mark_safe(markup.html(text))  # noqa: S308 - markup.html escapes what was typed


def _value(answer: Answer, path: tuple[str, ...], base: Any, theirs: Any, mine: Any) -> dict[str, Any]:
    definition = freeze.localized(answer.question, get_language() or "en")
    name = named(path, answer.content, definition) if "measures" in definition else ""
    return {
        "kind": "value",
        "key": "",
        "path": json.dumps(path),
        "label": name or _("The value at %(place)s") % {"place": " / ".join(path)},
        "mine": _shown(mine),
        "theirs": _shown(theirs),
        "both": False,
        **_raw(base, theirs, mine),
    }


def _shown(value: Any) -> str:
    if value in (None, ""):
        return _("(empty)")
    return printed(value) if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _disposition(answer: Any, mine: dict[str, Any]) -> dict[str, Any]:
    labels = dict(Disposition.choices)
    return {
        "kind": "disposition",
        "key": "",
        "path": "",
        "label": _("How the question is answered otherwise"),
        "mine": str(labels.get(mine.get("disposition", ""), _("It is answered here"))),
        "theirs": str(labels.get(answer.disposition, _("It is answered here"))),
        "both": False,
        **_raw(None, None, mine),
    }


def _raw(base: Any, theirs: Any, mine: Any) -> dict[str, str]:
    names = {"base_json": base, "theirs_json": theirs, "mine_json": mine}
    return {name: json.dumps(value, ensure_ascii=False) for name, value in names.items()}
