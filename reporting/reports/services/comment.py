"""Comments: threads on a section, an answer or a paragraph, whose audience is fixed when they are written."""

import uuid
from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.utils import formats, timezone
from django.utils.translation import gettext as _

from accounts import history, moves, permissions
from accounts.choices import Role
from accounts.exceptions import Denial, Refused
from accounts.models import User
from accounts.permissions import Person
from reporting.reports.choices import Audience, Why
from reporting.reports.models import (
    Answer,
    AnswerVersion,
    Comment,
    ConsultationRound,
    Paragraph,
    ParagraphVersion,
    ReportSection,
)
from reporting.reports.permissions import (
    COMMENT_ON_SECTION,
    RESOLVE_COMMENT,
    SEND_SECTION,
    before_endorsed,
    visible_answer_ids,
)
from reporting.reports.permissions_comments import visible_comments
from reporting.reports.services.mentions import mentioned
from reporting.reports.services.recipients import members, tell
from reporting.text.markup import plain

MAX_TEXT = 10_000  # characters
MAX_QUOTE = 120


@transaction.atomic
def add_comment(
    section: ReportSection,
    *,
    text: str,
    by: User,
    answer: Answer | None = None,
    paragraph_key: uuid.UUID | str | None = None,
    quote: str = "",
    audience: str = Audience.SECTION,
    parent: Comment | None = None,
    urgent: bool = False,
    asks_help: bool = False,
    **suggestion: Any,
) -> Comment:
    """Write a comment, or a reply in the thread of ``parent``, which then decides place and audience.

    An ``urgent`` one is mailed to the focal points of the lead at once, one that ``asks_help`` to the coordinators;
    whoever it mentions is told at once.
    ``suggestion`` are the fields that make it one (services.suggestion).

    Raises Refused, with a reason fit to show, when the author may not comment here or may not
    read what the comment is on.
    """
    section = moves.lock(section, "report__cycle", "section", "lead")
    permissions.require(by, COMMENT_ON_SECTION, section)
    if audience not in {Audience.SECTION, Audience.BODY} and parent is None:
        raise Refused(_("Comments for the bodies consulted are written in the consultation."))
    top = _thread(section, parent, by) if parent is not None else None
    if top is not None:
        answer, paragraph_key, audience = top.answer, top.paragraph_key, top.audience
    else:
        _check_place(section, answer, paragraph_key, by)
    body_id = top.body_id if top and audience == Audience.BODY else _body_of(section, permissions.person(by))
    comment = write(
        section,
        text=text,
        by=by,
        body_id=body_id,
        answer=answer,
        paragraph_key=paragraph_key,
        quote="" if top else quote or _quote(answer, paragraph_key),
        audience=audience,
        parent=top,
        consultation=top.round if top else None,
        **suggestion,
    )
    _tell(section, comment, top, by, urgent, asks_help)
    return comment


def write(
    section: ReportSection,
    *,
    text: str,
    by: User,
    body_id: int,
    answer: Answer | None,
    paragraph_key: uuid.UUID | str | None,
    quote: str,
    audience: str,
    parent: Comment | None = None,
    consultation: ConsultationRound | None = None,
    is_objection: bool = False,
    **suggestion: Any,
) -> Comment:
    """Keep a comment whose author and place have been checked; the act says that there is one, not what it says."""
    comment = Comment.objects.create(
        state_party_id=section.state_party_id,
        section=section,
        answer=answer,
        paragraph_key=paragraph_key or None,
        quote=quote.strip()[:MAX_QUOTE],
        parent=parent,
        round=consultation,
        audience=audience,
        body_id=body_id,
        by=by,
        at=timezone.now(),
        text=checked_text(text),
        is_objection=is_objection,
        **suggestion,
    )
    act = "comment.object" if is_objection else "comment.suggest" if suggestion else "comment.add"
    record(act, comment, by=by, audience=str(audience))
    return comment


def record(act: str, comment: Comment, *, by: User, **facts: str) -> None:
    """The act of a comment, under its report."""
    history.record(act, by=by, subject=comment, context=comment.section.report.slug, **facts)


def checked_text(text: str) -> str:
    cleaned = text.replace("\r\n", "\n").strip()
    if not cleaned:
        raise Refused(_("Write the comment."))
    if len(cleaned) > MAX_TEXT:
        raise Refused(
            _("A comment may have %(limit)s characters; this one has %(count)s.")
            % {"limit": formats.number_format(MAX_TEXT), "count": formats.number_format(len(cleaned))}
        )
    return cleaned


def _thread(section: ReportSection, parent: Comment, by: User) -> Comment:
    """The comment that heads the thread of ``parent``, if the author may read it."""
    head = parent.parent_id or parent.pk
    top = visible_comments(by, section).filter(pk=head).select_related("answer", "round").first()
    if top is None:
        raise Refused(_("This comment is not open to you."), Denial.HIDDEN)
    return top


def _check_place(
    section: ReportSection, answer: Answer | None, paragraph_key: uuid.UUID | str | None, by: User
) -> None:
    """The answer belongs to the section and may be read; the paragraph stands, or stood, in the answer."""
    if answer is None:
        if paragraph_key:
            raise Refused(_("A comment on a paragraph names the question too."))
        return
    readable = visible_answer_ids(by, section)
    if answer.section_id != section.pk or (readable is not None and answer.pk not in readable):
        raise Refused(_("This question is not open to you."), Denial.HIDDEN)
    if not paragraph_key or Paragraph.objects.filter(answer=answer, key=paragraph_key).exists():
        return
    if not ParagraphVersion.objects.filter(answer=answer, key=paragraph_key).exists():
        raise Refused(_("This paragraph is not in the answer."))


def _quote(answer: Answer | None, paragraph_key: uuid.UUID | str | None) -> str:
    """The beginning of the paragraph; of what it was last, where it has been removed."""
    if answer is None or not paragraph_key:
        return ""
    row = Paragraph.objects.filter(answer=answer, key=paragraph_key).first()
    if row is not None:
        return quote_of(row.text)
    versions = ParagraphVersion.objects.filter(answer=answer, key=paragraph_key).exclude(text="")
    last = versions.order_by("-number").first()
    return quote_of(last.text) if last else ""


def quote_of(text: str) -> str:
    """The beginning of a paragraph as it is read, cut at a word."""
    read = _as_read(text)
    if len(read) <= MAX_QUOTE:
        return read
    cut = read[: MAX_QUOTE - 1]
    return (cut[: cut.rfind(" ")] if " " in cut else cut) + "…"


def is_quoted(quote: str, text: str) -> bool:
    """Whether a paragraph still says what was quoted of it."""
    asked = quote.rstrip("…").rstrip()
    return asked in text or _as_read(asked) in _as_read(text)  # most paragraphs have no marks to be read away


def _as_read(text: str) -> str:
    return " ".join(plain(text).split())


def _body_of(section: ReportSection, who: Person) -> int:
    """The body that the author speaks for: the lead, a body asked, the coordinating one, or one in the report."""
    writers = who.bodies(Role.DRAFTER, Role.FOCAL_POINT)
    if section.lead_id in writers:
        return section.lead_id
    asked = section.contributions.live().filter(body__in=writers).values_list("body_id", flat=True).first()
    if asked is not None:
        return asked
    coordinating = section.report.cycle.coordinating_body_id
    if who.is_in(coordinating, Role.COORDINATOR):
        return coordinating
    return min(who.bodies(Role.FOCAL_POINT) & section.report.body_ids)


def _tell(
    section: ReportSection, comment: Comment, top: Comment | None, by: User, urgent: bool, asks_help: bool
) -> None:
    """Whom it names, at once; then, each once, those in the thread of a reply or those that it is addressed to."""
    named = mentioned(comment, section)
    tell.people(named, kind="comment_mentioned", subject=section, by=by, urgent=True)

    def others(people: Iterable[User]) -> list[User]:
        return [user for user in people if user not in named]

    if top is not None:
        rows = Comment.objects.filter(pk=top.pk) | Comment.objects.filter(parent=top)
        thread = User.objects.filter(pk__in=rows.values("by"))
        tell.people(others(thread), kind="comment_answered", subject=section, by=by)
        return
    kind = "help_asked" if asks_help else "suggestion_made" if comment.proposal else "comment_written"
    if comment.audience == Audience.BODY:
        people = members(comment.body_id, Role.DRAFTER, Role.FOCAL_POINT, Role.COORDINATOR)
        tell.people(others(people), kind=kind, subject=section, by=by)
    else:
        leading = members(section.lead_id, Role.FOCAL_POINT)
        tell.people(others(leading), kind=kind, subject=section, by=by, urgent=urgent)
        coordinating = members(section.report.cycle.coordinating_body_id, Role.COORDINATOR)
        others_there = others(set(coordinating) - set(leading))
        tell.people(others_there, kind=kind, subject=section, by=by, urgent=asks_help)


@transaction.atomic
def object_to_edit(
    section: ReportSection,
    *,
    text: str,
    by: User,
    answer: Answer,
    paragraph_key: uuid.UUID | str | None = None,
    quote: str = "",
) -> Comment:
    """Object, as a focal point of the lead, to what a coordinator edited; to be resolved before endorsement.

    Raises Refused, with a reason fit to show, where nothing was edited, or where an objection of the body
    to the same paragraph is open: what there is more to say stands in its thread.
    """
    section = moves.lock(section, "report__cycle", "section", "lead")
    permissions.require(by, SEND_SECTION, section)
    permissions.require(by, COMMENT_ON_SECTION, section)
    _check_place(section, answer, paragraph_key, by)
    edited = AnswerVersion.objects.filter(answer=answer, why=Why.EDITORIAL)
    if paragraph_key:
        edited = edited.filter(paragraphs__key=paragraph_key)
    if not edited.exists():
        raise Refused(_("No coordinator has edited this, so there is nothing to object to. Write a comment."))
    assert section.lead_id is not None
    _refuse_second_objection(section, answer, paragraph_key)
    comment = write(
        section,
        text=text,
        by=by,
        body_id=section.lead_id,
        answer=answer,
        paragraph_key=paragraph_key,
        quote=quote or _quote(answer, paragraph_key),
        audience=Audience.SECTION,
        is_objection=True,
    )
    tell.coordinators(section.report, kind="edit_objected", subject=section, by=by, urgent=True)
    return comment


def _refuse_second_objection(section: ReportSection, answer: Answer, paragraph_key: uuid.UUID | str | None) -> None:
    rows = section.comments.filter(is_objection=True, body=section.lead_id, answer=answer).unresolved()  # type: ignore[attr-defined]
    there = rows.filter(paragraph_key=paragraph_key or None).select_related("by").first()
    if there is not None:
        raise Refused(
            _("%(name)s objected to this change on %(when)s already. Go on in the thread of that objection.")
            % {"name": there.by, "when": _moment(there.at)}
        )


# --- resolving and withdrawing -----------------------------------------------------------


def _lock(comment: Comment, by: User) -> Comment:
    """The comment as it stands, locked, if ``by`` may read it."""
    comment = moves.lock(comment, "section__report__cycle", "section__section", "resolved_by")
    if not visible_comments(by, comment.section).filter(pk=comment.pk).exists():
        raise Refused(_("This comment is not open to you."), Denial.HIDDEN)
    return comment


@transaction.atomic
def resolve_comment(comment: Comment, *, by: User) -> Comment:
    """Mark a thread as dealt with."""
    comment = _lock(comment, by)
    permissions.require(by, RESOLVE_COMMENT, comment.section)
    if comment.parent_id is not None:
        raise Refused(_("A thread is resolved as a whole, at its first comment."))
    if comment.withdrawn_at is not None:
        raise Refused(_("This comment has been withdrawn."))
    if comment.resolved_at is not None:
        raise Refused(
            _("Already resolved by %(name)s on %(when)s.")
            % {"name": comment.resolved_by, "when": _moment(comment.resolved_at)}
        )
    comment.resolved_by, comment.resolved_at = by, timezone.now()
    comment.save(update_fields=["resolved_by", "resolved_at"])
    record("comment.resolve", comment, by=by)
    tell.people([comment.by], kind="comment_resolved", subject=comment.section, by=by)
    return comment


@transaction.atomic
def reopen_comment(comment: Comment, *, by: User) -> Comment:
    """Take a thread up again that was marked as dealt with."""
    comment = _lock(comment, by)
    permissions.require(by, RESOLVE_COMMENT, comment.section)
    if comment.resolved_at is None:
        raise Refused(_("This comment is open already."))
    comment.resolved_by, comment.resolved_at = None, None
    comment.save(update_fields=["resolved_by", "resolved_at"])
    record("comment.reopen", comment, by=by)
    return comment


@transaction.atomic
def withdraw_comment(comment: Comment, *, by: User) -> Comment:
    """Take back what one wrote: the stub stays in the thread, the words are gone."""
    comment = moves.lock(comment, "section__report__cycle", "section__section")
    if comment.by_id != by.pk:
        raise Refused(_("Only its author may withdraw a comment."), Denial.NO_RIGHT)
    if not permissions.person(by).is_admitted:
        raise Refused(_("Only its author may withdraw a comment."), Denial.HIDDEN)
    too_late = before_endorsed(comment.section)
    if too_late:
        raise Refused(too_late)
    if comment.withdrawn_at is not None:
        raise Refused(_("You withdrew this comment on %(when)s.") % {"when": _moment(comment.withdrawn_at)})
    comment.withdrawn_at, comment.text, comment.quote = timezone.now(), "", ""
    comment.proposal = comment.before = ""
    comment.save(update_fields=["withdrawn_at", "text", "quote", "proposal", "before"])
    record("comment.withdraw", comment, by=by)
    return comment


def _moment(at: object) -> str:
    return formats.date_format(timezone.localtime(at), "SHORT_DATETIME_FORMAT")  # type: ignore[arg-type]
