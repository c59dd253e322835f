"""Citing from the library in an answer."""

import uuid
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounts import permissions
from accounts.exceptions import Denial, Refused
from accounts.models import User
from reporting.questionnaires.choices import QuestionKind
from reporting.reports.models import Answer, LibraryItem, ReportSection
from reporting.reports.permissions import EDIT_ANSWER
from reporting.reports.permissions_library import READ_LIBRARY
from reporting.reports.services.answer import AnswerEdit, save_answers

# By the kind of the question: the list in its content, and what an entry of it repeats of an item.
LISTS: dict[str, tuple[str, tuple[str, ...]]] = {
    QuestionKind.LEGAL_REFERENCES: ("references", ("title", "number", "date", "link")),
}


@transaction.atomic
def cite(section: ReportSection, *, answer: int, item: int, by: User) -> str:
    """Add an entry for an item at the end of an answer's list; returns its key.

    Raises Refused where the answer takes no entries or the person may not write in it, and where the item is not in
    the State's library or withdrawn.
    """
    with permissions.remembered(by):
        row = answer_of(section, answer, by)
        found = _item(item, by)
        listed, _names = LISTS[row.question.kind]
        key = uuid.uuid4().hex[:8]
        entry = {"key": key, **told(row, found), "library": found.pk}
        content = {**row.content, listed: [*row.content.get(listed, []), entry]}
        save_answers(section, [AnswerEdit(row.pk, row.version, content=content)], by=by)
    return key


def told(answer: Answer, item: LibraryItem) -> dict[str, Any]:
    """What an entry of this answer says of the item."""
    _listed, names = LISTS[answer.question.kind]
    return {name: getattr(item, name) for name in names if getattr(item, name)}


def answer_of(section: ReportSection, pk: int, by: User) -> Answer:
    """The answer of the section, for somebody who may write in it now."""
    row: Answer | None = section.answers.filter(pk=pk).select_related("question").first()
    if row is None or row.question.kind not in LISTS:
        raise Refused(_("Choose a question that asks for laws or files."), Denial.HIDDEN)
    row.section = section
    permissions.require(by, EDIT_ANSWER, row)
    return row


def _item(pk: int, by: User) -> LibraryItem:
    found: LibraryItem | None = LibraryItem.objects.of(by).filter(pk=pk).first()
    if found is None:
        raise Refused(_("This item is not in your State’s library."), Denial.HIDDEN)
    permissions.require(by, READ_LIBRARY, found)
    return found
