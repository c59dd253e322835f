"""Paragraphs of an earlier version put back: a new version, so that nothing that came between is lost."""

from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from accounts import permissions
from accounts.exceptions import Denial, Refused
from accounts.models import User
from reporting.reports.choices import Why
from reporting.reports.models import AnswerVersion, ReportSection
from reporting.reports.services.answer import AnswerEdit, save_answers
from reporting.reports.services.versions import states_at
from reporting.text.pieces import Piece

__all__ = ["restore_version"]


@transaction.atomic
def restore_version(section: ReportSection, *, version: int, since: int, by: User, key: str = "") -> bool:
    """Put back the paragraphs as they were at the version with the id ``version``, or the one called ``key`` alone.

    ``since`` is the number of the answer's version that the person looked at. True where that changed anything.
    Raises Refused where somebody changed the same paragraphs since, where the version or the paragraph is not of
    this section, or where the person may not change the answer now; then nothing is changed.
    """
    old = AnswerVersion.objects.filter(answer__section=section, pk=version).first()
    if old is None:
        raise Refused(_("This version does not belong to the section."), Denial.HIDDEN)
    with permissions.remembered(by):
        then = states_at({old.answer_id: old.number})[old.answer_id].pieces
        pieces = then
        if key:
            if key not in {piece.key for piece in then}:
                raise Refused(_("This version has no such paragraph."), Denial.HIDDEN)
            pieces = put_back(states_at({old.answer_id: since})[old.answer_id].pieces, then, key)
        edit = AnswerEdit(old.answer_id, since, paragraphs=pieces)
        saved = save_answers(section, [edit], by=by, why=Why.RESTORED)
        if saved.clashes:
            raise Refused(_("Somebody changed the same paragraph meanwhile. Look at the history again."))
    return bool(saved.versions)


def put_back(now: Sequence[Piece], then: Sequence[Piece], key: str) -> list[Piece]:
    """``now`` with one paragraph as it was ``then``; one that is gone comes after the one that it followed."""
    wanted = {piece.key: piece for piece in then}[key]
    if any(piece.key == key for piece in now):
        return [wanted if piece.key == key else piece for piece in now]
    order = [piece.key for piece in now]
    before = [piece.key for piece in then][: then.index(wanted)]
    place = next((order.index(each) + 1 for each in reversed(before) if each in order), 0)
    return [*now[:place], wanted, *now[place:]]
