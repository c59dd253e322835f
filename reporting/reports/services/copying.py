"""Using what was said elsewhere: paragraphs of another answer come to the end of one, and remember their source."""

import uuid
from collections.abc import Collection

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts import permissions
from accounts.exceptions import Denial, Refused
from accounts.models import User
from reporting.questionnaires.kinds import KINDS
from reporting.reports.choices import Why
from reporting.reports.models import Answer, Paragraph, ReportSection
from reporting.reports.permissions import EDIT_ANSWER
from reporting.reports.permissions_lists import quoted_answers
from reporting.reports.services.answer import save_answers
from reporting.reports.services.edits import AnswerEdit
from reporting.text.pieces import Piece


@transaction.atomic
def copy_paragraphs(
    section: ReportSection, *, to: int, source: int, keys: Collection[uuid.UUID], by: User
) -> list[str]:
    """Add the paragraphs ``keys`` of the answer ``source`` at the end of the answer ``to``; returns their new keys.

    The text is read here and not taken from the page. Raises Refused where one of both answers is not the
    person's to read or to write, or where none of the paragraphs is there any more; nothing is copied then.
    """
    with permissions.remembered(by):
        answer = section.answers.filter(pk=to).select_related("question").first()
        if answer is None or not KINDS[answer.question.kind].has_text:
            raise Refused(_("Choose the question that the paragraphs are for."))
        origin = _readable(by, source)
        chosen = list(origin.paragraphs.filter(key__in=keys).order_by("position", "pk")) if keys else []
        if not chosen:
            raise Refused(_("Tick the paragraphs that you want to copy. Those that were taken out meanwhile are gone."))
        now, label = timezone.now(), label_of(origin)
        added = [Piece(str(uuid.uuid4()), row.text) for row in chosen]
        sources = {
            piece.key: {
                "source_answer": origin,
                "source_key": row.key,
                "source_label": label,
                "source_copied_at": now,
            }
            for piece, row in zip(added, chosen, strict=True)
        }
        stands = [Piece(str(row.key), row.text) for row in answer.paragraphs.order_by("position", "pk")]
        edit = AnswerEdit(answer.pk, answer.version, paragraphs=[*stands, *added])
        save_answers(section, [edit], by=by, why=Why.COPIED, sources=sources)
    return [piece.key for piece in added]


@transaction.atomic
def settle_source(section: ReportSection, key: uuid.UUID, *, take: bool, by: User) -> None:
    """After the source of a copied paragraph changed: take its new text, or keep one's own as looked at.

    Raises Refused where the paragraph or its source cannot be written or read, or the source is gone.
    """
    with permissions.remembered(by):
        row = Paragraph.objects.filter(answer__section=section, key=key).select_related("answer__question").first()
        if row is None or row.source_answer_id is None or row.source_key is None:
            raise Refused(_("This paragraph was not copied."), Denial.HIDDEN)
        row.answer.section = section
        permissions.require(by, EDIT_ANSWER, row.answer)
        now = timezone.now()
        if take:
            new = _readable(by, row.source_answer_id).paragraphs.filter(key=row.source_key).first()
            if new is None:
                raise Refused(_("The paragraph was taken out of its source."))
            rows = row.answer.paragraphs.order_by("position", "pk")
            pieces = [Piece(str(each.key), new.text if each.key == key else each.text) for each in rows]
            edit = AnswerEdit(row.answer_id, row.answer.version, paragraphs=pieces)
            save_answers(section, [edit], by=by, why=Why.COPIED)
        Paragraph.objects.filter(pk=row.pk).update(source_copied_at=now)


def label_of(answer: Answer) -> str:
    """ "CEDAW 4, B2, 1": cycle, section, question; the same in every language."""
    return f"{answer.report.cycle}, {answer.section.code}, {answer.question.number}"[:200]


def _readable(by: User, pk: int) -> Answer:
    rows = quoted_answers(by).select_related("question", "section__section", "report__cycle__instrument")
    found: Answer | None = rows.select_related("report__cycle__mechanism").filter(pk=pk).first()
    if found is None:
        raise Refused(_("The source cannot be read by you, or is gone."), Denial.HIDDEN)
    return found
