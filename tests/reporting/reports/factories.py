"""A tiny questionnaire, with every kind of question, and a report made from it by the product's own services."""

import datetime
import uuid
from itertools import count
from types import SimpleNamespace

from accounts.models import User
from reporting.cycles.models import ReviewCycle
from reporting.cycles.services import open_cycle
from reporting.instruments.choices import Family, ReportKind
from reporting.instruments.models import Instrument, Mechanism, Ratification, WordLimit
from reporting.questionnaires.choices import QuestionnaireStatus
from reporting.questionnaires.kinds.layout import table_definition
from reporting.questionnaires.models import Part, Question, Questionnaire, Section
from reporting.reports.models import Report, ReportSection
from reporting.reports.services.answer import AnswerEdit, save_answers
from reporting.reports.services.report import start_report
from reporting.reports.services.section import Assignment, assign_sections
from reporting.text.pieces import Piece

_number = count(1)
FULL_TABLE = {"measures": [{"name": "Permits", "unit": "permits", "nature": "flow"}], "years": 2, "breakdowns": ["sex"]}
# (code, lead remit, [(kind, required, definition)])
SECTIONS = [
    ("F1", "health", [("narrative", True, {}), ("choice", False, {}), ("table", False, table_definition(FULL_TABLE))]),
    ("F2", "justice", [("narrative", True, {}), ("legal_references", False, {}), ("number", False, {})]),
    ("G1", "health", [("narrative", True, {}), ("indicator", False, {}), ("date", False, {}), ("files", False, {})]),
]


def mechanism(**fields) -> Mechanism:
    words = {"addressee": "the Committee", "report_word": "report", "state_word": "State party"}
    number = next(_number)
    return Mechanism.objects.create(
        **{"code": f"M{number}", "name": "Committee", "acronym": f"M{number}", "family": Family.TREATY_BODY}
        | words
        | fields
    )


def instrument(**fields) -> Instrument:
    number = next(_number)
    return Instrument.objects.create(
        **{
            "code": f"CMW{number}",
            "short_name": "Migrant workers",
            "title": "Convention on migrant workers",
            "kind": "convention",
            "reporting_article": "73",
            "has_reporting": True,
            "mechanism": fields.pop("mechanism", None) or mechanism(),
        }
        | fields
    )


def ratify(state, instrument: Instrument, since=datetime.date(2005, 1, 1)) -> Ratification:
    return Ratification.objects.create(state_party=state, instrument=instrument, in_force_on=since)


def questionnaire(instrument: Instrument) -> Questionnaire:
    """Two parts, three sections, all kinds of question; the first question of each section is required."""
    number = next(_number)
    made = Questionnaire.objects.create(
        code=f"q{number}",
        instrument=instrument,
        mechanism=instrument.mechanism,
        edition="1",
        title="Questionnaire",
        kinds=[ReportKind.PERIODIC, ReportKind.INTERNAL_SHEET],
        order="articles",
        status=QuestionnaireStatus.PUBLISHED,
        content_sha256="0" * 64,
    )
    parts = {
        letter: Part.objects.create(questionnaire=made, code=letter, title=f"Part {letter}", position=position)
        for position, letter in enumerate("FG")
    }
    place = 0
    for position, (code, lead, questions) in enumerate(SECTIONS):
        section = Section.objects.create(
            questionnaire=made,
            part=parts[code[0]],
            code=f"Q{number}-{code}",
            title=f"Subject of {code}",
            articles=[str(position + 7)],
            lead=[lead],
            position=position,
        )
        for index, (kind, required, definition) in enumerate(questions, start=1):
            place += 1
            Question.objects.create(
                section=section,
                code=f"{section.code}-Q{index}",
                kind=kind,
                text=f"Describe {code}, {index}.",
                is_required=required,
                is_exported=kind != "choice",
                definition=definition,
                position=place,
            )
    return made


def cycle(cast: SimpleNamespace, *, limit: int | None = 500, **fields) -> ReviewCycle:
    treaty = fields.pop("instrument", None) or instrument()
    ratify(cast.arcadia, treaty)
    if limit:
        WordLimit.objects.create(mechanism=treaty.mechanism, report_kind=ReportKind.PERIODIC, words=limit)
    body = fields.pop("body", cast.mechanism)
    return open_cycle(treaty, number_from=3, coordinating_body=body, by=fields.pop("by", cast.amina), **fields)


def report(cast: SimpleNamespace, *, opened: bool = True, kind: str = ReportKind.PERIODIC, **fields) -> Report:
    """F1 and G1 led by Health, F2 by Justice."""
    from reporting.reports.services.move import move_report

    made = cycle(cast, **fields)
    row = start_report(made, questionnaire=questionnaire(made.instrument), kind=kind, by=cast.amina)
    assign(row, cast)
    return move_report(row, move="open", by=cast.amina) if opened else row


def assign(report: Report, cast: SimpleNamespace) -> None:
    leads = {"f1": cast.health.pk, "f2": cast.justice.pk, "g1": cast.health.pk}
    rows = [Assignment(row.pk, leads[row.slug], None, row.allotment) for row in report.sections.all()]
    assign_sections(report, rows, by=cast.amina)


def section(report: Report, slug: str) -> ReportSection:
    return report.sections.select_related("report__cycle", "section", "lead").get(slug=slug)


def write(section: ReportSection, text: str, by: User, *, question: int = 1, key: str = "", **fields) -> str:
    """Save one paragraph into a question of the section; returns its key."""
    answer = section.answers.get(question__code=f"{section.section.code}-Q{question}")
    key = key or str(uuid.uuid4())
    edit = AnswerEdit(answer.pk, answer.version, paragraphs=[Piece(key, text)])
    save_answers(section, [edit], by=by, **fields)
    return key


def set_state(row, status: str, **fields) -> None:
    """Put a row into a state without the way there, for tables of what each state allows."""
    type(row).objects.filter(pk=row.pk).update(status=status, **fields)
    row.refresh_from_db()


def pass_through(report: Report, cast: SimpleNamespace) -> None:
    """Every section written, sent and cleared."""
    from reporting.reports.services.section import move_section

    for slug, by in (("f1", cast.jonas), ("f2", cast.rosa), ("g1", cast.jonas)):
        row = section(report, slug)
        write(row, f"The text of {slug}.", by)
        move_section(section(report, slug), move="send_for_review", by=by)
        move_section(section(report, slug), move="clear", by=cast.amina)


def validated(cast: SimpleNamespace, **fields) -> Report:
    """A report in validation to which both bodies had no objection."""
    return to_validation(report(cast, **fields), cast)


def to_validation(row: Report, cast: SimpleNamespace) -> Report:
    from reporting.reports.services.move import move_report
    from reporting.reports.services.validation import record_reply

    pass_through(row, cast)
    move_report(row, move="consolidate", by=cast.amina)
    until = datetime.date.today() + datetime.timedelta(days=7)
    row = move_report(row, move="validate", by=cast.amina, until=until)
    for body, by in ((cast.health, cast.jonas), (cast.justice, cast.rosa)):
        record_reply(row, body=body, reply="no_objection", by=by)
    return row


def endorsed(cast: SimpleNamespace, **fields) -> Report:
    return to_endorsement(report(cast, **fields), cast)


def to_endorsement(row: Report, cast: SimpleNamespace) -> Report:
    from reporting.reports.services.submission import endorse

    row = to_validation(row, cast)
    endorse(row, authority="Council of Ministers", endorsed_on=datetime.date.today(), by=cast.amina)
    row.refresh_from_db()
    return row
