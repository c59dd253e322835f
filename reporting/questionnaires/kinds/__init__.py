"""The kinds of question: one class each, found by name in ``KINDS``."""

from reporting.questionnaires.choices import QuestionKind
from reporting.questionnaires.kinds.base import Block, Content, Definition, FieldError, Kind
from reporting.questionnaires.kinds.lists import Files, LegalReferences
from reporting.questionnaires.kinds.simple import Choice, Date, Indicator, Narrative, Number
from reporting.questionnaires.kinds.tables import Table

__all__ = ["KINDS", "Block", "Content", "Definition", "FieldError", "Kind"]

KINDS: dict[str, Kind] = {
    QuestionKind.NARRATIVE.value: Narrative(),
    QuestionKind.CHOICE.value: Choice(),
    QuestionKind.TABLE.value: Table(),
    QuestionKind.LEGAL_REFERENCES.value: LegalReferences(),
    QuestionKind.INDICATOR.value: Indicator(),
    QuestionKind.FILES.value: Files(),
    QuestionKind.NUMBER.value: Number(),
    QuestionKind.DATE.value: Date(),
}
