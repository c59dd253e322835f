"""An edition as a page that can be read and printed before a report is started."""

from typing import Any, NamedTuple

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from reporting.instruments.choices import ReportKind
from reporting.instruments.models.translated import Translated
from reporting.instruments.presenters.words import Words
from reporting.questionnaires import vocabulary
from reporting.questionnaires.choices import QuestionKind, StateRole, Tier
from reporting.questionnaires.kinds.layout import is_open, measures_of, rows_of, translated_definition
from reporting.questionnaires.models import Question, Questionnaire, Section


class TableSketch(NamedTuple):
    """What a table asks: names and units of what is counted, the rows, the years, the breakdowns."""

    measures: list[Any]
    rows: list[str]
    open_row: str
    years: int
    breakdowns: list[str]


class QuestionLine(NamedTuple):
    number: str
    code: str
    text: Words
    kind: str
    remarks: list[str]
    table: TableSketch | None


class SectionLine(NamedTuple):
    code: str
    title: Words
    articles: str
    leads: list[str]
    contributes: list[str]
    consults: list[str]
    guidance: Words
    questions: list[QuestionLine]


class PartLine(NamedTuple):
    title: Words
    sections: list[SectionLine]


class Edition(NamedTuple):
    questionnaire: Questionnaire
    title: Words
    notes: Words
    kinds: list[str]
    parts: list[PartLine]
    questions: int


def edition(questionnaire: Questionnaire) -> Edition:
    """Five statements, however long it is: the edition, its parts, sections and questions."""
    sections: dict[int, list[SectionLine]] = {}
    questions: dict[int, list[Question]] = {}
    total = 0
    for question in Question.objects.filter(section__questionnaire=questionnaire):
        questions.setdefault(question.section_id, []).append(question)
        total += 1
    language = questionnaire.language
    for section in Section.objects.filter(questionnaire=questionnaire):
        line = _section(section, questions.get(section.pk, []), language)
        sections.setdefault(section.part_id, []).append(line)
    return Edition(
        questionnaire,
        words(questionnaire, "title", language),
        words(questionnaire, "notes", language),
        [str(ReportKind(kind).label) for kind in questionnaire.kinds],
        [PartLine(words(part, "title", language), sections.get(part.pk, [])) for part in questionnaire.parts.all()],
        total,
    )


def words(row: Translated, field: str, original: str) -> Words:
    """The text of a field in the reader's language where there is one, else in that of the edition."""
    text, language = row.wording(field, (get_language() or original).partition("-")[0])
    return Words(text, language if text is not getattr(row, field) else original)


def _section(section: Section, questions: list[Question], language: str) -> SectionLine:
    return SectionLine(
        code=section.short_code,
        title=words(section, "title", language),
        articles=", ".join(section.articles),
        leads=[vocabulary.lead_label(code) for code in section.lead],
        contributes=[vocabulary.lead_label(code) for code in section.contribute],
        consults=[vocabulary.lead_label(code) for code in section.consult],
        guidance=words(section, "guidance", language),
        questions=[_question(question, language) for question in questions],
    )


def _question(question: Question, language: str) -> QuestionLine:
    return QuestionLine(
        number=question.number,
        code=question.code,
        text=words(question, "text", language),
        kind=str(QuestionKind(question.kind).label),
        remarks=list(_remarks(question)),
        table=_table(question) if question.kind == QuestionKind.TABLE else None,
    )


def _remarks(question: Question) -> Any:
    if question.is_required:
        yield _("required")
    yield str(Tier(question.tier).label).lower()
    if question.roles:
        yield ", ".join(str(StateRole(role).label) for role in question.roles)
    if question.repeats:
        yield _("asked once for each recommendation")
    if question.basis:
        yield _("rests on: %(basis)s") % {"basis": question.basis}


def _table(question: Question) -> TableSketch:
    translated = question.translations.get((get_language() or "").partition("-")[0], {})
    definition = translated_definition(question.definition, translated)
    return TableSketch(
        measures=measures_of(definition),
        rows=[row.label for row in rows_of(definition)] if "fixed" in definition else [],
        open_row=definition["open"] if is_open(definition) else "",
        years=definition["years"],
        breakdowns=[vocabulary.label("dimensions", code) for code in definition["breakdowns"]],
    )
