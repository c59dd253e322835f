"""Consultations: the frozen copy that was shared, what the bodies said of it, and what the State answered."""

from itertools import groupby
from operator import attrgetter
from typing import Any

from django.db.models import Count, Exists, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts import permissions
from accounts.choices import BodyKind
from accounts.models import Body, User
from reporting.reports.choices import RoundStatus
from reporting.reports.models import Comment, ConsultationRound, Report
from reporting.reports.permissions import ANSWER_IN_ROUND, CLOSE_ROUND, COMMENT_IN_ROUND, SEE_ROUND
from reporting.reports.permissions_comments import visible_round_comments
from reporting.reports.presenters.words import day, page_url
from reporting.text import markup


def consulted_bodies(report: Report) -> QuerySet[Body]:
    rows = Body.objects.filter(state_party_id=report.state_party_id, kind=BodyKind.CONSULTED, is_active=True)
    return rows.order_by("name")


def rounds_of(report: Report) -> list[dict[str, Any]]:
    """The rounds of a report for its coordinators, the last first: one statement."""
    threads = Comment.objects.filter(
        round=OuterRef("consultationround"), parent__isnull=True, withdrawn_at__isnull=True
    )
    waiting_for = threads.filter(~Exists(Comment.objects.filter(parent=OuterRef("pk"))))
    # Every round has bodies: read from there, a round and its bodies come together.
    shares: Any = ConsultationRound.bodies.through.objects.filter(consultationround__report=report)
    shares = shares.select_related("consultationround", "body").defer("consultationround__content")
    shares = shares.annotate(threads=_number(threads), waiting=_number(waiting_for))
    result = []
    in_order = shares.order_by("-consultationround__number", "body__name")
    for row, grouped in groupby(in_order, key=attrgetter("consultationround")):
        group = list(grouped)
        waiting, total = group[0].waiting, group[0].threads
        count = ngettext("%(count)d comment", "%(count)d comments", total) % {"count": total}
        left = ngettext("%(count)d without an answer", "%(count)d without an answer", waiting) % {"count": waiting}
        result.append(
            {
                "number": row.number,
                "url": page_url("report_consultation_round", report.slug, row.number),
                "is_open": row.status == RoundStatus.OPEN,
                "status": row.get_status_display(),
                "bodies": ", ".join(str(share.body) for share in group),
                "until": day(row.closes_on),
                "comments": f"{count}, {left}" if waiting else count,
            }
        )
    return result


def _number(rows: Any) -> Coalesce:
    """How many there are of the comments on the round at hand."""
    return Coalesce(Subquery(rows.order_by().values("round").annotate(count=Count("pk")).values("count")), 0)


def shared_with(user: User) -> list[ConsultationRound]:
    """The rounds that are open to the person's bodies, open ones first, without their content."""
    mine = permissions.person(user).bodies()
    rows = ConsultationRound.objects.of(user).filter(bodies__in=mine).distinct().defer("content")
    found = list(rows.select_related("report__cycle__instrument", "report__state_party").order_by("-opened_at"))
    permissions.person(user).prefetch(found)
    seen = [row for row in found if permissions.allows(user, SEE_ROUND, row)]
    return sorted(seen, key=lambda row: row.status != RoundStatus.OPEN)


def page(consultation: ConsultationRound, user: User, typed: dict[str, Any] | None = None) -> dict[str, Any]:
    """A round as it is read: its sections with the threads beside each question.

    ``typed`` is a form that goes back to its place: {"place": "CODE" or "c12", "form"}.
    """
    report = consultation.report
    rows = visible_round_comments(user, consultation).select_related(
        "by", "body", "section__section", "answer__question"
    )
    comments = list(rows)
    replies: dict[int, list[Comment]] = {}
    for row in comments:
        if row.parent_id is not None:
            replies.setdefault(row.parent_id, []).append(row)
    may_comment = permissions.allows(user, COMMENT_IN_ROUND, consultation)
    may_answer = permissions.allows(user, ANSWER_IN_ROUND, consultation)
    threads: dict[str, list[dict[str, Any]]] = {}
    for row in comments:
        if row.parent_id is None:
            place = row.answer.question.code if row.answer is not None else row.section.section.code
            thread = _comment(row, user, report)
            thread["replies"] = [_comment(each, user, report) for each in replies.get(row.pk, [])]
            thread["may_answer"] = may_answer and row.withdrawn_at is None
            thread["form"] = (typed or {}).get("form") if (typed or {}).get("place") == f"c{row.pk}" else None
            threads.setdefault(place, []).append(thread)
    content = consultation.content
    return {
        "consultation": consultation,
        "title": consultation.report.title_here,
        "until": day(consultation.closes_on),
        "is_open": consultation.status == RoundStatus.OPEN,
        "bodies": [str(body) for body in consultation.bodies.all()],
        "may_comment": may_comment,
        "may_answer": may_answer,
        "may_close": consultation.status == RoundStatus.OPEN and permissions.allows(user, CLOSE_ROUND, consultation),
        "language": content["report"]["language"],
        "sections": [_section(each, threads, typed) for each in content["sections"]],
    }


def _section(section: dict[str, Any], threads: dict[str, list[Any]], typed: dict[str, Any] | None) -> dict[str, Any]:
    asked = [each for each in section["answers"] if each["asked"]]
    return {
        "code": section["code"],
        "short_code": section["short_code"],
        "heading": section["heading"],
        "threads": threads.get(section["code"], []),
        "form": _form_at(typed, section["code"]),
        "questions": [
            {
                "code": each["code"],
                "number": each["number"],
                "text": each["question"],
                "sentence": each["disposition"]["sentence"] if each["disposition"] else "",
                "choice": each["choice"],
                "paragraphs": [paragraph_html(row["text"]) for row in each["paragraphs"]],
                "blocks": [_block(row) for row in each["blocks"]],
                "is_empty": not each["is_answered"],
                "threads": threads.get(each["code"], []),
                "form": _form_at(typed, each["code"]),
            }
            for each in asked
        ],
    }


def _form_at(typed: dict[str, Any] | None, place: str) -> Any:
    return typed["form"] if typed and typed["place"] == place else None


def paragraph_html(source: str) -> SafeString:
    return mark_safe(markup.html(source))  # noqa: S308 - escaped and cleaned by the markup itself


def _block(block: dict[str, Any]) -> dict[str, Any]:
    """A block with names that a template can tell apart: "items" would be a dict's own method."""
    return {**block, "list": block.get("items") if block["type"] != "table" else None}


def _comment(row: Comment, user: User, report: Report) -> dict[str, Any]:
    withdrawn = row.withdrawn_at is not None
    mine = row.by_id == user.pk and not withdrawn
    return {
        "pk": row.pk,
        "by": str(row.by),
        "body": str(row.body),
        "at": row.at,
        "text": _("%(name)s withdrew this comment.") % {"name": row.by} if withdrawn else row.text,
        "is_withdrawn": withdrawn,
        "withdraw_url": page_url("consultation_withdraw", report.slug, row.pk) if mine else "",
    }
