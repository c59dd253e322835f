"""A report that is being written, made through the product's own services: one call."""

import datetime
import uuid
from types import SimpleNamespace
from typing import Any

from django.utils import timezone

from accounts import permissions
from accounts.choices import Role
from reporting.cycles.models import ReviewCycle
from reporting.instruments.choices import Family
from reporting.instruments.models import Instrument, Mechanism, Ratification
from reporting.questionnaires.choices import QuestionKind, QuestionnaireStatus
from reporting.questionnaires.kinds.layout import table_definition
from reporting.questionnaires.models import Part, Question, Questionnaire, Section
from reporting.reports.models import Answer, Contribution, Report, ReportSection
from reporting.reports.services.answer import AnswerEdit, Saved, save_answers
from reporting.reports.services.report import start_report
from reporting.text.pieces import Piece
from tests import factories

TABLE = table_definition(
    {
        "measures": [
            {"name": "Licensed at year end", "unit": "agencies", "nature": "stock"},
            {"name": "Inspected", "unit": "agencies", "nature": "flow"},
        ],
        "years": 3,
        "breakdowns": ["sex"],
    }
)
PORTS = table_definition({"measures": [{"name": "Arrivals"}], "years": 2, "rows": {"open": "port"}})
# kind, text, required, definition
QUESTIONS: list[tuple[str, str, bool, dict[str, Any]]] = [
    (QuestionKind.NARRATIVE, "Who may recruit, and under what authorization?", True, {}),
    (QuestionKind.TABLE, "Agencies licensed and inspected", True, TABLE),
    (QuestionKind.CHOICE, "Are recruitment fees prohibited?", False, {}),
    (QuestionKind.LEGAL_REFERENCES, "Laws on recruitment", False, {}),
    (QuestionKind.INDICATOR, "Share of agencies inspected", False, {}),
    (QuestionKind.NUMBER, "Complaints received", False, {}),
    (QuestionKind.DATE, "Date of the licensing law", False, {}),
    (QuestionKind.FILES, "Evidence", False, {}),
    (QuestionKind.TABLE, "Arrivals by port", False, PORTS),
]


def questionnaire(*, sections: int = 2, prefix: str = "CMWP", questions=QUESTIONS) -> Questionnaire:
    mechanism, _created = Mechanism.objects.get_or_create(
        code="CMW", defaults={"name": "Committee on Migrant Workers", "acronym": "CMW", "family": next(iter(Family))}
    )
    instrument, _created = Instrument.objects.get_or_create(
        code="CMW",
        defaults={"short_name": "CMW", "title": "Migrant Workers Convention", "kind": "convention"},
    )
    made = Questionnaire.objects.create(
        code=prefix,
        instrument=instrument,
        mechanism=mechanism,
        edition="2026",
        title="Periodic report",
        kinds=["periodic"],
        order="articles",
        status=QuestionnaireStatus.PUBLISHED,
        content_sha256="0" * 64,
    )
    part = Part.objects.create(questionnaire=made, code="VI", title="Part VI: Conditions", position=1)
    for number in range(1, sections + 1):
        row = Section.objects.create(
            questionnaire=made,
            part=part,
            code=f"{prefix}-F{number}",
            title=f"Recruitment {number}",
            articles=[str(65 + number)],
            lead=["health"] if number == 1 else ["justice"],
            guidance=[{"text": "Licensing, fees and sanctions", "basis": ""}],
            position=number,
        )
        for place, (kind, text, required, definition) in enumerate(questions, start=1):
            Question.objects.create(
                section=row,
                code=f"{row.code}-Q{place}",
                kind=kind,
                text=text,
                is_required=required,
                definition=definition,
                position=number * 1000 + place,
            )
    return made


def report(cast: SimpleNamespace, *, sections: int = 2, number: int = 3, made=None, status: str = "drafting") -> Report:
    """A periodic report of Arcadia, open for drafting; Health leads F1, Justice the rest."""
    form = made or questionnaire(sections=sections)
    Ratification.objects.get_or_create(
        state_party=cast.arcadia, instrument=form.instrument, defaults={"in_force_on": datetime.date(2003, 7, 1)}
    )
    cycle = ReviewCycle.objects.create(
        state_party=cast.arcadia,
        mechanism=form.mechanism,
        instrument=form.instrument,
        number_from=number,
        number_to=number,
        slug=f"cmw-{number}",
        coordinating_body=cast.mechanism,
        opened_by=cast.amina,
        opened_at=timezone.now(),
    )
    permissions.regrant(cycle)
    made = start_report(cycle, questionnaire=form, kind="periodic", by=cast.amina, last_year=2025)
    Report.objects.filter(pk=made.pk).update(status=status)
    return Report.objects.get(pk=made.pk)


def section(of: Report, slug: str = "f1") -> ReportSection:
    return ReportSection.objects.select_related("report__cycle", "section__part", "lead").get(report=of, slug=slug)


def answer(of: ReportSection, number: int = 1) -> Answer:
    return of.answers.select_related("question", "section__report__cycle").get(question__code__endswith=f"-Q{number}")


def piece(text: str, key: str | None = None) -> Piece:
    return Piece(key or str(uuid.uuid4()), text)


def write(of: ReportSection, number: int, *texts: str, by: Any, **edit: Any) -> Saved:
    """Save paragraphs, or ``content`` and the rest of an edit, from the version as it stands."""
    row = answer(of, number)
    if texts:
        edit["paragraphs"] = [piece(text) for text in texts]
    return save_answers(of, [AnswerEdit(row.pk, row.version, **edit)], by=by)


def ask(of: ReportSection, body: Any, *numbers: int, by: Any, status: str = "asked") -> Contribution:
    """A contribution of ``body`` to the questions of these numbers."""
    row = Contribution.objects.create(
        state_party=of.state_party, section=of, body=body, asked_by=by, asked_at=timezone.now(), status=status
    )
    row.answers.set([answer(of, number) for number in numbers])
    permissions.regrant(row)
    return row


def statistics_office(cast: SimpleNamespace) -> SimpleNamespace:
    body = factories.body(cast.arcadia, "statistics", name="Statistics Office")
    focal = factories.member("Selma", body, Role.FOCAL_POINT)
    return SimpleNamespace(body=body, selma=focal)
