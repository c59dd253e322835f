"""Files of answers as a reader sees them: name, kind, size, whether they go out, and what may be done with them."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

from accounts import permissions
from accounts.files import kind_name
from reporting.reports.models import Answer, Attachment
from reporting.reports.permissions import COORDINATE_REPORT, EDIT_ANSWER, UPLOAD_TO_SECTION
from reporting.reports.presenters.outline import Place
from reporting.reports.services.attachment import named_in

Held = dict[int, dict[str, Any]]


def held(here: Place, answers: Sequence[Answer], reasons: Mapping[int, str | None] | None = None) -> Held:
    """The files that these answers name, by id: one statement, none where they name none.

    ``reasons`` says by answer why the person may not write in it, or None; without it nothing is to be done here.
    """
    by_file = {pk: answer for answer in answers for pk in named_in(answer.content)}
    if not by_file:
        return {}
    rows = Attachment.objects.filter(pk__in=by_file, section=here.section, removed_at__isnull=True)
    return {row.pk: _file(here, row, by_file[row.pk], reasons) for row in rows}


def all_of(here: Place) -> dict[str, Any]:
    """The files of a section, of its answers and of the whole, and whether one may add to those of the whole."""
    rows = here.section.attachments.filter(removed_at=None).select_related("answer__question", "uploaded_by")
    may_add = permissions.may_ever(here.user, UPLOAD_TO_SECTION, here.section)
    why_not = permissions.why_not(here.user, UPLOAD_TO_SECTION, here.section)
    shown = [{**_listed(here, row), "decide": _decision(here, row)} for row in rows]
    for each, row in zip(shown, rows, strict=True):
        if row.answer is None:
            url = here.url("attachment_change", row.pk, "remove")
            each["remove"] = {"url": url, "why_not": why_not} if may_add else None
        else:
            row.answer.section = here.section
            reason = permissions.why_not(here.user, EDIT_ANSWER, row.answer)
            each["remove"] = _removal(here, row, row.answer, {row.answer.pk: reason})
    return {"files": shown, "may_add": may_add, "why_not_add": why_not}


def _listed(here: Place, row: Attachment) -> dict[str, Any]:
    """A file in the list of its section: what it is, who brought it, and the question it answers."""
    question = row.answer.question.number if row.answer else None
    return {
        **described(here, row),
        "by": row.uploaded_by,
        "at": row.uploaded_at,
        "question": question,
        "question_url": f"{here.url()}#q{question}" if question else "",
    }


def _file(here: Place, row: Attachment, answer: Answer, reasons: Mapping[int, str | None] | None) -> dict[str, Any]:
    return {
        **described(here, row),
        "decide": None if reasons is None else _decision(here, row),
        "remove": None if reasons is None else _removal(here, row, answer, reasons),
    }


def described(here: Place, row: Attachment) -> dict[str, Any]:
    """What a file is."""
    return {
        "pk": row.pk,
        "title": row.title,
        "name": row.file_name,
        "kind": kind_name(row.content_type),
        "size": filesizeformat(row.size),
        "url": here.url("attachment", row.pk),
        "is_annex": row.is_annex,
        "is_of_section": row.answer_id is None,
        "said": _("Annex to the report") if row.is_annex else _("Internal"),
    }


def _decision(here: Place, row: Attachment) -> dict[str, Any] | None:
    """What a coordinator may make of the file; others are shown nothing."""
    if not permissions.may_ever(here.user, COORDINATE_REPORT, here.report):
        return None
    return {
        "id": f"file-{row.pk}",
        "url": here.url("attachment_change", row.pk, "internal" if row.is_annex else "annex"),
        "label": _("Keep it internal") if row.is_annex else _("Make it an annex to the report"),
        "why_not": permissions.why_not(here.user, COORDINATE_REPORT, here.report),
    }


def _removal(
    here: Place, row: Attachment, answer: Answer, reasons: Mapping[int, str | None]
) -> dict[str, str | None] | None:
    if not permissions.may_ever(here.user, EDIT_ANSWER, answer):
        return None
    return {"url": here.url("attachment_change", row.pk, "remove"), "why_not": reasons.get(answer.pk)}
