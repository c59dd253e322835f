"""Single fields of an answer, read and told: a table is saved cell by cell."""

import dataclasses
from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import get_language

from reporting.questionnaires.kinds import KINDS
from reporting.questionnaires.kinds.computed import computed
from reporting.questionnaires.kinds.posted import field_of, shown, with_fields
from reporting.reports import freeze
from reporting.reports.models import Answer
from reporting.reports.services.edits import AnswerEdit, FieldsSaved
from reporting.text.merge import LeafClash


def read(
    answer: Answer, base: Mapping[str, Any], theirs: Mapping[str, Any], edit: AnswerEdit
) -> tuple[AnswerEdit, FieldsSaved]:
    """The edit with the whole content that its fields make of ``base``, and what the page is to be told."""
    changed = dict(edit.fields or {})
    kind = KINDS[answer.question.kind]
    years = freeze.years_of(answer.question, answer.section.report.last_year)
    content, errors = with_fields(kind, base, changed, answer.question.definition, years)
    page = {**shown(kind, base), **changed}
    told = FieldsSaved(page, shown(kind, content), shown(kind, theirs), errors)
    return dataclasses.replace(edit, content=content), told


def again(told: FieldsSaved, changed: Mapping[str, str]) -> None:
    """Of a save that is tried again after a lost reply: what stands otherwise than wanted may have clashed."""
    told.clash = [
        name for name in changed if name not in told.errors and told.stand.get(name, "") != told.wanted.get(name, "")
    ]


def note(answer: Answer, told: FieldsSaved, content: Mapping[str, Any], clashes: Sequence[LeafClash]) -> None:
    """What stands after the merge, and the fields that both sides changed."""
    told.stand = shown(KINDS[answer.question.kind], content)
    told.clash = [field_of("/".join(each.path)) for each in clashes]
    question = answer.question
    if "measures" in question.definition:
        years = freeze.years_of(question, answer.section.report.last_year)
        definition = freeze.localized(question, get_language() or "en")
        told.computed = computed(content, definition, years)
