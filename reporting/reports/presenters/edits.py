"""What the coordinators edited in a section since it was sent: old and new of each paragraph, and who objected."""

from collections.abc import Mapping
from typing import Any

from django.db.models import Max
from django.utils import formats, timezone
from django.utils.translation import get_language

from accounts import permissions
from reporting.reports.choices import SectionStatus, Why
from reporting.reports.models import Comment, ParagraphVersion
from reporting.reports.permissions import COMMENT_ON_SECTION, SEND_SECTION
from reporting.reports.permissions_comments import visible_comments
from reporting.reports.presenters.outline import Place
from reporting.reports.services.versions import State, states_at
from reporting.text.differences import by_paragraphs


def edits(here: Place, *, typed: Mapping[str, str] | None = None) -> dict[str, Any]:
    """The context of reports/section/edits.html: five statements, three where nothing was edited.

    {"questions": [{"number", "text", "answer", "changes"}], "elsewhere": objections to what is not shown,
    "may_object"}; a change is {"key", "moved", "changes", "by", "when", "objections", "may_object", "typed"}.
    ``typed`` are the fields of a form that comes back: "answer", "paragraph" and "text".
    """
    rows = _edited(here)
    objections = _objections(here)
    numbers = {row.answer_id: row.number for row in rows}  # of the last edit: the rows come oldest first
    first = {row.answer_id: row.number for row in reversed(rows)}
    before = states_at({pk: number - 1 for pk, number in first.items()})
    after = states_at(numbers)
    may_object = permissions.allows(here.user, SEND_SECTION, here.section)
    may_object = may_object and permissions.allows(here.user, COMMENT_ON_SECTION, here.section)
    questions, language = [], get_language() or "en"
    for pk in numbers:
        mine = [row for row in rows if row.answer_id == pk]
        changes = _changes(before[pk], after[pk], mine)
        for change in changes:
            change["objections"] = objections.pop((pk, change["key"]), [])
            own = [each for each in change["objections"] if each["body_id"] == here.section.lead_id]
            change["may_object"] = may_object and not own
            sent = typed or {}
            is_this = (sent.get("answer"), sent.get("paragraph")) == (str(pk), change["key"])
            change["typed"] = sent.get("text", "") if is_this else ""
        if changes:
            question = mine[0].answer.question
            text = question.wording("text", language)[0]
            questions.append({"answer": pk, "number": question.number, "text": text, "changes": changes})
    return {
        "questions": questions,
        "elsewhere": [each for found in objections.values() for each in found],
        "may_object": may_object,
    }


def _edited(here: Place) -> list[ParagraphVersion]:
    """The paragraphs edited since the section was last sent, as they were saved, oldest first: two statements."""
    sent_at = here.section.history.filter(status=SectionStatus.IN_REVIEW).aggregate(at=Max("status_at"))["at"]
    rows = ParagraphVersion.objects.filter(answer__section=here.section, version__why=Why.EDITORIAL)
    if sent_at is not None:
        rows = rows.filter(version__at__gte=sent_at)
    rows = rows.select_related("answer__question", "version").defer("text", "version__content", "version__order")
    return list(rows.order_by("answer__question__position", "answer", "number", "position"))


def _changes(before: State, after: State, rows: list[ParagraphVersion]) -> list[dict[str, Any]]:
    """One entry for each paragraph that is not as it was; by whom it was edited last."""
    last = {str(row.key): row.version for row in rows}
    found = []
    for each in by_paragraphs(before.pieces, after.pieces):
        if each.kind == "same" and not each.moved:
            continue
        # A paragraph may stand elsewhere because others were moved: it has no version of its own.
        version = last.get(each.key, rows[-1].version)
        key = each.key if each.key in last else ""
        found.append(
            {
                "key": key,
                "moved": each.moved,
                "changes": each.words,
                "by": version.by_name,
                "when": formats.date_format(timezone.localtime(version.at), "DATETIME_FORMAT"),
            }
        )
    return found


def _objections(here: Place) -> dict[tuple[int | None, str], list[dict[str, Any]]]:
    """Open objections by answer and key of the paragraph: one statement."""
    rows = visible_comments(here.user, here.section).threads().filter(is_objection=True).unresolved()  # type: ignore[attr-defined]
    found: dict[tuple[int | None, str], list[dict[str, Any]]] = {}
    for row in rows.select_related("by", "body").order_by("at", "pk"):
        found.setdefault((row.answer_id, str(row.paragraph_key or "")), []).append(_objection(here, row))
    return found


def _objection(here: Place, row: Comment) -> dict[str, Any]:
    return {
        "pk": str(row.pk),
        "by": str(row.by),
        "body": str(row.body),
        "body_id": row.body_id,
        "when": formats.date_format(timezone.localtime(row.at), "DATETIME_FORMAT"),
        "text": row.text,
        "quote": row.quote,
        "url": f"{here.url('section_comments')}#c-{row.pk}",
    }
