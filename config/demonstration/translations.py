"""A report of the demonstration that is submitted in another language than it is written in, as far as translated."""

import datetime
from typing import Any

from config.demonstration.reports import key_of
from config.demonstration.states import World, read
from reporting.reports.choices import Why
from reporting.reports.freeze_translations import sources_of
from reporting.reports.models import Answer, Report, ReportSection
from reporting.reports.services.answer import AnswerEdit, save_answers
from reporting.reports.services.translation import TranslationEdit, save_translations
from reporting.text.pieces import Piece

DAY = datetime.timedelta(days=1)


def build(world: World, name: str, report: Report) -> None:
    """The first texts of some sections, and one paragraph that a coordinator changed afterwards."""
    data = read(name)
    said, state = data["translations"], data["state"]
    sections = ReportSection.objects.filter(report=report, section__code__in=said["sections"])
    for section in sections.select_related("section", "report__cycle"):
        day = section.status_at.date()
        with world.clock.on(day + DAY):
            _translate(section, said["sections"][section.section.code], world.person(state, said["by"]))
    with world.clock.on(day + 2 * DAY):
        _edit(report, data["edited"], world.person(state, data["report"]["by"]))


def _translate(section: ReportSection, texts: list[str], by: Any) -> None:
    rows = section.answers.select_related("question").prefetch_related("paragraphs").order_by("question__position")
    sources = [each for row in rows for each in sources_of(row, row.paragraphs.all())]
    edits = [
        TranslationEdit(source.key, 0, source.digest, text.strip())
        for source, text in zip(sources, texts, strict=False)
    ]
    save_translations(section, edits, by=by)


def _edit(report: Report, said: dict[str, Any], by: Any) -> None:
    answer = Answer.objects.select_related("section", "report", "state_party", "question").get(
        report=report, question__code=said["question"]
    )
    key = key_of(answer, said["paragraph"])
    pieces = [
        Piece(str(row.key), said["text"].strip() if str(row.key) == key else row.text)
        for row in answer.paragraphs.all()
    ]
    save_answers(answer.section, [AnswerEdit(answer.pk, answer.version, paragraphs=pieces)], by=by, why=Why.EDITORIAL)
