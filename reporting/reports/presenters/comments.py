"""Threads beside a section: who said what on which paragraph, to whom, and what can be done about it."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from heroicons.templatetags.heroicons import heroicon_outline

from accounts import permissions
from reporting.reports.choices import Audience
from reporting.reports.models import Answer, Comment, Paragraph
from reporting.reports.permissions import COMMENT_ON_SECTION, EDIT_ANSWER, RESOLVE_COMMENT
from reporting.reports.presenters.outline import Place
from reporting.reports.services.comment import is_quoted, quote_of
from reporting.text.differences import by_words


@dataclass(frozen=True)
class Spot:
    """A paragraph that stands: its number in the assembled report, if it is printed, and its text."""

    answer_id: int
    number: int | None
    text: str


Spots = dict[str, Spot]  # by the key of the paragraph


def spots(
    answers: Sequence[Answer], paragraphs: Mapping[int, Sequence[Paragraph]], numbers: Mapping[int, int]
) -> Spots:
    """The paragraphs that comments may be on; ``numbers`` are those of the first paragraph of each answer."""
    found = {}
    for answer in answers:
        printed = answer.paragraph_count and not answer.disposition
        for place, row in enumerate(paragraphs[answer.pk]):
            number = numbers[answer.pk] + place if printed else None
            found[str(row.key)] = Spot(answer.pk, number, row.text)
    return found


# What of a comment, and of those around it, stands on the page.
READ = (
    *(field.attname for field in Comment._meta.concrete_fields),
    "by__name",
    "by__email",
    "body__name",
    "resolved_by__name",
    "resolved_by__email",
    "answer__asked",
    "answer__disposition",
    "answer__question__code",
    "answer__question__position",
    "answer__question__kind",
)


NEWEST = 6  # open threads that stand beside the answers; all of them stand on a page of their own


@dataclass(frozen=True)
class Line:
    """A thread as far as it is counted; ``last`` is the newest comment in it."""

    pk: int
    paragraph: str
    is_resolved: bool
    last: int


def lines(visible: QuerySet[Comment]) -> list[Line]:
    """All threads among the comments that one may read, the one that was last written in first: one statement."""
    tops: list[tuple[int, str, bool]] = []
    last: dict[int, int] = {}
    for pk, parent, key, resolved, withdrawn in visible.order_by("pk").values_list(
        "pk", "parent_id", "paragraph_key", "resolved_at", "withdrawn_at"
    ):
        last[parent or pk] = pk
        if parent is None:
            tops.append((pk, str(key or ""), resolved is not None or withdrawn is not None))
    found = [Line(pk, key, is_resolved, last[pk]) for pk, key, is_resolved in tops]
    return sorted(found, key=lambda line: -line.last)


def newest(here: Place, visible: QuerySet[Comment], lines: Sequence[Line], spots: Spots) -> list[dict[str, Any]]:
    """The open threads that were last written in: one statement, none where nothing is open."""
    chosen = [line.pk for line in lines if not line.is_resolved][:NEWEST]
    rows = visible.filter(Q(pk__in=chosen) | Q(parent__in=chosen))
    found = {thread["pk"]: thread for thread in threads(here, rows, spots)} if chosen else {}
    return [found[pk] for pk in chosen if pk in found]


def threads(here: Place, visible: QuerySet[Comment], spots: Spots) -> list[dict[str, Any]]:
    """The threads among the comments that the person may read, open ones first: one statement."""
    rows = list(
        visible.select_related("by", "body", "answer__question", "resolved_by").only(*READ).order_by("at", "pk")
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
    shown = [_thread(here, row, by_parent.get(row.pk, []), spots, may_resolve, may_reply) for row in tops]
    return sorted(shown, key=lambda thread: thread["is_resolved"])


def margin(here: Place, lines: Sequence[Line], spots: Spots) -> dict[str, dict[str, Any]]:
    """What stands beside each paragraph: how many threads are open on it, and where one writes another."""
    may_comment = permissions.allows(here.user, COMMENT_ON_SECTION, here.section)
    open_on = Counter(line.paragraph for line in lines if not line.is_resolved)
    address, beside = here.url("section_comments"), {}
    icon = heroicon_outline("chat-bubble-left", size=18, aria_hidden="true")  # drawn once for all of them
    for key, spot in spots.items():
        count = open_on[key]
        if may_comment or count:
            beside[key] = {
                "url": f"{address}?paragraph={key}",
                "open": count,
                "icon": icon,
                "label": _side_label(spot.number, count),
            }
    return beside


def _side_label(number: int | None, count: int) -> str:
    said = {"number": number, "count": count}
    if count and number is not None:
        text = ngettext(
            "Paragraph %(number)s: %(count)d open comment", "Paragraph %(number)s: %(count)d open comments", count
        )
    elif count:
        text = ngettext("This paragraph: %(count)d open comment", "This paragraph: %(count)d open comments", count)
    elif number is not None:
        text = _("Comment on paragraph %(number)s")
    else:
        text = _("Comment on this paragraph")
    return text % said


def _thread(
    here: Place, row: Comment, replies: Sequence[Comment], spots: Spots, may_resolve: bool, may_reply: bool
) -> dict[str, Any]:
    resolved = row.resolved_at is not None
    key = str(row.paragraph_key or "")
    spot = spots.get(key)
    return {
        **_comment(here, row),
        **_about(here, row, spot),
        "paragraph": key,
        "quote": row.quote,
        "has_changed": bool(row.quote and spot and not is_quoted(row.quote, spot.text)),
        "audience": str(row.get_audience_display()),
        "is_resolved": resolved or row.withdrawn_at is not None,
        "resolved": _("Resolved by %(name)s") % {"name": row.resolved_by} if resolved else "",
        "suggestion": _suggestion(here, row) if row.proposal else None,
        "replies": [_comment(here, each) for each in replies],
        "may_reply": may_reply and not resolved,
        "may_resolve": may_resolve and not resolved,
        "may_reopen": may_resolve and resolved and not row.outcome,
        "resolve_url": here.url("comment_resolve", row.pk),
        "reopen_url": here.url("comment_reopen", row.pk),
    }


def _suggestion(here: Place, row: Comment) -> dict[str, Any]:
    """The suggested wording against the one that stood there, and where it is accepted or declined."""
    answer = row.answer
    assert answer is not None
    answer.section, answer.report = here.section, here.report
    may_settle = not row.outcome and permissions.allows(here.user, RESOLVE_COMMENT, here.section)
    may_settle = may_settle and permissions.allows(here.user, EDIT_ANSWER, answer)
    return {
        "changes": by_words(row.before, row.proposal),
        "outcome": row.get_outcome_display(),
        "accept_url": here.url("suggestion_accept", row.pk) if may_settle else "",
        "decline_url": here.url("suggestion_decline", row.pk) if may_settle else "",
    }


def _comment(here: Place, row: Comment) -> dict[str, Any]:
    withdrawn = row.withdrawn_at is not None
    return {
        "pk": row.pk,
        "by": str(row.by),
        "body": str(row.body),
        "when": formats.date_format(timezone.localtime(row.at), "SHORT_DATETIME_FORMAT"),
        "text": _("Withdrawn by its author.") if withdrawn else row.text,
        "is_withdrawn": withdrawn,
        "is_objection": row.is_objection,
        "withdraw_url": here.url("comment_withdraw", row.pk) if row.by_id == here.user.pk and not withdrawn else "",
    }


def _about(here: Place, row: Comment, spot: Spot | None) -> dict[str, Any]:
    """Where a thread stands, in words and as a link; with the section once its paragraph is gone."""
    if row.paragraph_key and spot is None and row.answer and row.answer.asked:
        return {"about": _("on the section"), "is_moved": True}
    if row.answer is None:
        return {"about": _("on the section")}
    said = {"number": row.answer.question.number}
    if spot is None:
        return {"about": _("on question %(number)s") % said, "about_url": f"{here.url()}#q{said['number']}"}
    text = _("on a paragraph of question %(number)s") % said
    if spot.number is not None:
        text = _("on paragraph %(number)s") % {"number": spot.number}
    return {"about": text, "about_url": f"{here.url()}#p-{row.paragraph_key}"}


def box(
    here: Place,
    answers: Sequence[Answer],
    spots: Spots,
    paragraph: str = "",
    *,
    objects: bool = False,
    helps: Answer | None = None,
) -> dict[str, Any] | None:
    """The box for a new comment, with its audiences in full words; None where one may not comment.

    On a ``paragraph`` it says which, and quotes it; ``objects`` where it objects to an edit of it; ``helps`` is the
    question that the coordinators are asked to help with.
    """
    if not permissions.allows(here.user, COMMENT_ON_SECTION, here.section):
        return None
    spot = spots.get(paragraph)
    audiences = [(Audience.SECTION, Audience.SECTION.label), (Audience.BODY, Audience.BODY.label)]
    return {
        "url": here.url("comment_add"),
        "audiences": audiences,
        "questions": [(answer.pk, answer.question.number) for answer in answers],
        "paragraph": paragraph if spot else "",
        "answer": spot.answer_id if spot else "",
        "number": spot.number if spot else None,
        "quote": quote_of(spot.text) if spot else "",
        "wording": spot.text if spot else "",
        "objects": objects,
        "helps": {"answer": helps.pk, "number": helps.question.number} if helps else None,
    }
