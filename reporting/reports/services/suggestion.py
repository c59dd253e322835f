"""Suggestions: another wording for one paragraph, which the lead body accepts or declines."""

import uuid

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts import moves, permissions
from accounts.exceptions import Denial, Refused
from accounts.models import User
from reporting.reports.choices import Audience, Outcome, Why
from reporting.reports.models import Answer, Comment, Paragraph, ReportSection
from reporting.reports.permissions import EDIT_ANSWER, RESOLVE_COMMENT
from reporting.reports.permissions_comments import visible_comments
from reporting.reports.services.answer import save_answers
from reporting.reports.services.comment import add_comment, record
from reporting.reports.services.edits import AnswerEdit
from reporting.reports.services.recipients import tell
from reporting.reports.services.typed import cleaned
from reporting.reports.services.versions import states_at
from reporting.text.pieces import Piece


@transaction.atomic
def suggest(
    section: ReportSection,
    *,
    answer: Answer,
    paragraph_key: uuid.UUID,
    proposal: str,
    by: User,
    text: str = "",
    audience: str = Audience.SECTION,
) -> Comment:
    """Propose another wording of one paragraph, with or without a word on why.

    Raises Refused where one may not comment here, and where the wording is empty or no other.
    """
    moves.lock(section)  # so that the wording and the version are of one moment
    row = Paragraph.objects.filter(answer=answer, answer__section=section, key=paragraph_key).first()
    if row is None:
        raise Refused(_("This paragraph is not in the answer."))
    (piece,) = cleaned([Piece(str(paragraph_key), proposal)]) or [Piece(str(paragraph_key), "")]
    if not piece.text:
        raise Refused(_("Write the wording that you suggest."))
    if piece.text == row.text:
        raise Refused(_("The suggested wording is the one that stands there."))
    answer.refresh_from_db(fields=["version"])
    return add_comment(
        section,
        text=text.strip() or _("Another wording"),
        by=by,
        answer=answer,
        paragraph_key=paragraph_key,
        audience=audience,
        proposal=piece.text,
        before=row.text,
        base_version=answer.version,
    )


@transaction.atomic
def accept_suggestion(comment: Comment, *, by: User) -> Comment:
    """Put the suggested wording in place, merged with what was changed since elsewhere in the paragraph.

    Raises Refused when the same words were changed meanwhile, or the paragraph is gone.
    """
    comment = _lock(comment, by)
    key = str(comment.paragraph_key)
    base = states_at({comment.answer_id: comment.base_version})[comment.answer_id]  # type: ignore[dict-item, index]
    pieces = [Piece(each.key, comment.proposal if each.key == key else each.text) for each in base.pieces]
    if not Paragraph.objects.filter(answer=comment.answer_id, key=key).exists():
        raise Refused(_("The paragraph has been removed. Decline the suggestion, or copy its words by hand."))
    edit = AnswerEdit(comment.answer_id, comment.base_version, paragraphs=pieces)  # type: ignore[arg-type]
    saved = save_answers(comment.section, [edit], by=by, why=Why.SUGGESTED)
    if saved.clashes:
        raise Refused(
            _("The same words of the paragraph were changed since. Take over by hand what fits, and decline the rest.")
        )
    return _settle(comment, Outcome.ACCEPTED, by)


@transaction.atomic
def decline_suggestion(comment: Comment, *, by: User) -> Comment:
    """Leave the paragraph as it is; the suggestion stays readable."""
    return _settle(_lock(comment, by), Outcome.DECLINED, by)


def _lock(comment: Comment, by: User) -> Comment:
    """The suggestion as it stands, locked, if ``by`` may decide on it now."""
    comment = moves.lock(comment, "section__report__cycle", "section__section", "answer__question", "resolved_by")
    if not visible_comments(by, comment.section).filter(pk=comment.pk).exists() or not comment.proposal:
        raise Refused(_("This comment is not open to you."), Denial.HIDDEN)
    assert comment.answer is not None
    comment.answer.section = comment.section
    permissions.require(by, RESOLVE_COMMENT, comment.section)
    permissions.require(by, EDIT_ANSWER, comment.answer)
    if comment.withdrawn_at is not None:
        raise Refused(_("This comment has been withdrawn."))
    if comment.outcome:
        said = {"outcome": comment.get_outcome_display(), "name": comment.resolved_by}
        raise Refused(_("Already settled by %(name)s: %(outcome)s.") % said)
    return comment


def _settle(comment: Comment, outcome: Outcome, by: User) -> Comment:
    comment.outcome, comment.resolved_by, comment.resolved_at = outcome, by, timezone.now()
    comment.save(update_fields=["outcome", "resolved_by", "resolved_at"])
    record("comment.accept" if outcome == Outcome.ACCEPTED else "comment.decline", comment, by=by)
    tell.people([comment.by], kind=f"suggestion_{outcome}", subject=comment.section, by=by)
    return comment
