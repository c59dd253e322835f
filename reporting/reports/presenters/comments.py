"""Threads beside a section: who said what on which paragraph, to whom, and what can be done about it."""

from collections.abc import Sequence
from typing import Any

from django.utils import formats, timezone
from django.utils.translation import gettext as _

from accounts import permissions
from reporting.reports.choices import Audience
from reporting.reports.models import Answer, Comment
from reporting.reports.permissions import COMMENT_ON_SECTION, RESOLVE_COMMENT
from reporting.reports.permissions_comments import visible_comments
from reporting.reports.presenters.outline import Place


def threads(here: Place) -> list[dict[str, Any]]:
    """The threads that the person may read, open ones first: one statement."""
    rows = list(
        visible_comments(here.user, here.section)
        .select_related("by", "body", "answer__question", "resolved_by")
        .order_by("at", "pk")
    )
    by_parent: dict[int, list[Comment]] = {}
    tops = []
    for row in rows:
        if row.parent_id is None:
            tops.append(row)
        else:
            by_parent.setdefault(row.parent_id, []).append(row)
    may_resolve = permissions.allows(here.user, RESOLVE_COMMENT, here.section)
    may_reply = permissions.allows(here.user, COMMENT_ON_SECTION, here.section)
    shown = [_thread(here, row, by_parent.get(row.pk, []), may_resolve, may_reply) for row in tops]
    return sorted(shown, key=lambda thread: thread["is_resolved"])


def _thread(
    here: Place, row: Comment, replies: Sequence[Comment], may_resolve: bool, may_reply: bool
) -> dict[str, Any]:
    resolved = row.resolved_at is not None
    return {
        **_comment(here, row),
        "about": _about(row),
        "quote": row.quote,
        "audience": row.get_audience_display(),
        "is_resolved": resolved or row.withdrawn_at is not None,
        "resolved": _("Resolved by %(name)s") % {"name": row.resolved_by} if resolved else "",
        "replies": [_comment(here, each) for each in replies],
        "may_reply": may_reply and not resolved,
        "may_resolve": may_resolve and not resolved,
        "may_reopen": may_resolve and resolved,
        "resolve_url": here.url("comment_resolve", row.pk),
        "reopen_url": here.url("comment_reopen", row.pk),
    }


def _comment(here: Place, row: Comment) -> dict[str, Any]:
    withdrawn = row.withdrawn_at is not None
    return {
        "pk": row.pk,
        "by": str(row.by),
        "body": str(row.body),
        "when": formats.date_format(timezone.localtime(row.at), "j F, H:i"),
        "text": _("Withdrawn by its author.") if withdrawn else row.text,
        "is_withdrawn": withdrawn,
        "is_objection": row.is_objection,
        "withdraw_url": here.url("comment_withdraw", row.pk) if row.by_id == here.user.pk and not withdrawn else "",
    }


def _about(row: Comment) -> str:
    if row.answer is None:
        return _("on the section")
    said = {"number": row.answer.question.number}
    if row.paragraph_key:
        return _("on a paragraph of question %(number)s") % said
    return _("on question %(number)s") % said


def box(here: Place, answers: Sequence[Answer]) -> dict[str, Any] | None:
    """The box for a new comment, with its audiences in full words; None where one may not comment."""
    if not permissions.allows(here.user, COMMENT_ON_SECTION, here.section):
        return None
    audiences = [(Audience.SECTION, Audience.SECTION.label), (Audience.BODY, Audience.BODY.label)]
    return {
        "url": here.url("comment_add"),
        "audiences": audiences,
        "questions": [(answer.pk, answer.question.number) for answer in answers],
    }
