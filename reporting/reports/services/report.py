"""Starting a report: its sections with proposed leads, one answer per question, and what falls out."""

import dataclasses
import datetime
from collections.abc import Iterable, Sequence

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts import history, moves, permissions
from accounts.choices import BodyKind
from accounts.exceptions import Refused
from accounts.models import Body, User
from reporting.cycles.models import ReviewCycle
from reporting.cycles.permissions import COORDINATE_CYCLE
from reporting.cycles.titles import title_of
from reporting.instruments.models import Ratification, WordLimit
from reporting.questionnaires.choices import QuestionnaireStatus, Tier
from reporting.questionnaires.models import Question, Questionnaire, Section
from reporting.reports.choices import FellOut, ReportStatus, SectionStatus
from reporting.reports.models import Answer, Report, ReportSection
from reporting.reports.permissions import COORDINATE_REPORT, before_cleared
from reporting.reports.services.counting import count_section


@dataclasses.dataclass(frozen=True)
class Dates:
    """The days of a report's calendar; each may be open."""

    due_on: datetime.date | None = None
    due_source: str = ""
    drafts_due_on: datetime.date | None = None
    review_ends_on: datetime.date | None = None
    endorsement_on: datetime.date | None = None


@transaction.atomic
def start_report(
    cycle: ReviewCycle,
    *,
    questionnaire: Questionnaire,
    kind: str,
    by: User,
    tier: str = Tier.FULL,
    dates: Dates | None = None,
    last_year: int | None = None,
) -> Report:
    """Make a planned report of the cycle from a questionnaire.

    ``last_year`` is the last full year of its tables (default: the year before this one). Raises
    Refused, with a reason fit to show, for an instrument not in force, a questionnaire of something
    else, or the same report twice.
    """
    cycle = moves.lock(cycle)
    permissions.require(by, COORDINATE_CYCLE, cycle)
    dates = dates or Dates()
    _check(cycle, questionnaire, kind, dates)
    now = timezone.now()
    report = Report.objects.create(
        state_party_id=cycle.state_party_id,
        cycle=cycle,
        questionnaire=questionnaire,
        kind=kind,
        slug=f"{cycle.slug}-{kind.replace('_', '-')}",
        tier=tier,
        title=title_of(cycle, kind, dates.due_on.year if dates.due_on else None),
        last_year=last_year or timezone.localdate().year - 1,
        word_limit=word_limit(cycle, questionnaire, kind),
        status=ReportStatus.PLANNED,
        status_by=by,
        status_at=now,
        started_by=by,
        started_at=now,
        **dataclasses.asdict(dates),
    )
    _make_sections(report)
    history.record("report.start", by=by, subject=report, kind=kind, questionnaire=questionnaire.code, tier=tier)
    return report


def _check(cycle: ReviewCycle, questionnaire: Questionnaire, kind: str, dates: Dates) -> None:
    if questionnaire.status != QuestionnaireStatus.PUBLISHED or kind not in questionnaire.kinds:
        raise Refused(_("This questionnaire does not serve that kind of report."))
    if questionnaire.mechanism_id != cycle.mechanism_id or questionnaire.instrument_id != cycle.instrument_id:
        raise Refused(_("This questionnaire belongs to another instrument than the review cycle."))
    if questionnaire.state_party_id not in (None, cycle.state_party_id):
        raise Refused(_("This questionnaire belongs to another State."))
    if Report.objects.filter(cycle=cycle, kind=kind).exists():
        raise Refused(_("This report has been started already in this review cycle."))
    if cycle.mechanism.needs_ratification and cycle.instrument is not None:
        bound = Ratification.objects.filter(state_party_id=cycle.state_party_id, instrument=cycle.instrument)
        if cycle.instrument.code != "CCD" and not bound.in_force(timezone.localdate()).exists():
            raise Refused(
                _("%(instrument)s is not in force for the State, so no report is due under it.")
                % {"instrument": cycle.instrument.said("short_name")}
            )
    if dates.due_on and dates.drafts_due_on and dates.drafts_due_on > dates.due_on:
        raise Refused(_("The ministries’ drafts close after the report is due. Choose an earlier day for the drafts."))


def word_limit(cycle: ReviewCycle, questionnaire: Questionnaire, kind: str) -> int | None:
    """The limit of the mechanism for this kind of report, else of the questionnaire, else none."""
    row = WordLimit.objects.filter(mechanism=cycle.mechanism_id, report_kind=kind).first()
    return row.words if row is not None else questionnaire.length_words


def _make_sections(report: Report) -> None:
    """Sections in the questionnaire's order, each with a proposed lead and allotment, and its answers."""
    sections = list(report.questionnaire.sections.select_related("part").order_by("position"))
    leads = proposed_leads(report.state_party_id, sections)
    last_words = words_of_last_report(report, sections)
    rows = ReportSection.objects.bulk_create(
        ReportSection(
            state_party_id=report.state_party_id,
            report=report,
            section=section,
            slug=section.short_code.lower(),
            position=position,
            lead=leads.get(section.pk),
            due_on=report.drafts_due_on,
            assigned_at=report.started_at if section.pk in leads else None,
            last_words=last_words.get(section.pk),
        )
        for position, section in enumerate(sections)
    )
    by_section = {row.section_id: row for row in rows}
    questions = Question.objects.filter(section__in=sections).select_related("section").order_by("position")
    answers = Answer.objects.bulk_create(
        _answer(report, by_section[question.section_id], question) for question in questions
    )
    _share_out_words(report, rows, answers)
    for row in rows:
        mine = [answer for answer in answers if answer.section_id == row.pk]
        row.is_set_aside = not any(answer.asked for answer in mine)
        row.report = report
        count_section(row, mine)
    ReportSection.objects.bulk_update(
        rows, ["is_set_aside", "asked", "answered", "required_missing", "words", "paragraphs", "allotment"]
    )
    for row in rows:
        permissions.regrant(row)


def _answer(report: Report, row: ReportSection, question: Question) -> Answer:
    fell_out = falls_out(question, kind=report.kind, tier=report.tier, roles=report.cycle.roles)
    return Answer(
        state_party_id=report.state_party_id,
        report=report,
        section=row,
        question=question,
        asked=not fell_out,
        fell_out=fell_out,
        is_required=question.is_required and not fell_out and not question.section.is_optional,
    )


def falls_out(question: Question, *, kind: str, tier: str, roles: Sequence[str]) -> str:
    """Why a question is not asked in such a report, or ""."""
    kinds = question.kinds or question.section.kinds
    if kinds and kind not in kinds:
        return FellOut.KIND
    if question.roles and roles and not set(question.roles) & set(roles):
        return FellOut.ROLE
    if tier == Tier.CORE and question.tier == Tier.FULL:
        return FellOut.TIER
    return ""


def proposed_leads(state_party_id: int, sections: Iterable[Section]) -> dict[int, Body]:
    """For each section the first body whose remit the questionnaire proposes as lead; never a consulted body."""
    bodies = Body.objects.filter(state_party_id=state_party_id, is_active=True)
    bodies = bodies.exclude(kind__in=[BodyKind.CONSULTED, BodyKind.MISSION]).prefetch_related("remits")
    by_remit: dict[str, Body] = {}
    for body in bodies.order_by("pk"):
        for remit in body.remits.all():
            by_remit.setdefault(remit.code, body)
    found = {}
    for section in sections:
        proposed = next((by_remit[code] for code in section.lead if code in by_remit), None)
        if proposed is not None:
            found[section.pk] = proposed
    return found


def words_of_last_report(report: Report, sections: Iterable[Section]) -> dict[int, int]:
    """Words of the same section in the State's last report under the instrument: same code, else the same articles."""
    last = (
        Report.objects.filter(
            state_party_id=report.state_party_id,
            cycle__mechanism=report.cycle.mechanism_id,
            cycle__instrument=report.cycle.instrument_id,
            cycle__number_from__lt=report.cycle.number_from,
        )
        .order_by("-cycle__number_from")
        .first()
    )
    if last is None:
        return {}
    rows = list(last.sections.select_related("section"))
    by_code = {row.section.code: row.words for row in rows}
    by_article = {str(article): row.words for row in rows for article in row.section.articles}
    found = {}
    for section in sections:
        words = by_code.get(section.code)
        if words is None:
            words = next((by_article[str(each)] for each in section.articles if str(each) in by_article), None)
        if words is not None:
            found[section.pk] = words
    return found


def _share_out_words(report: Report, rows: Sequence[ReportSection], answers: Sequence[Answer]) -> None:
    """Propose allotments: 95 per cent of the limit, by the number of printed questions asked in each section."""
    if not report.word_limit:
        return
    weight = {row.pk: 0 for row in rows}
    for answer in answers:
        if answer.asked and answer.question.is_exported:
            weight[answer.section_id] += 1
    total = sum(weight.values())
    for row in rows:
        if weight[row.pk]:
            row.allotment = max(10, int(report.word_limit * 0.95 * weight[row.pk] / total) // 10 * 10)


@transaction.atomic
def set_dates(report: Report, *, dates: Dates, by: User) -> Report:
    """Change the calendar of a report and the year in its title; an overridden due date is kept with its source."""
    report = moves.lock(report, "cycle")
    permissions.require(by, COORDINATE_REPORT, report)
    if dates.due_on != report.due_on and dates.due_on and not dates.due_source.strip():
        raise Refused(_("Give the source of the due date, such as the paragraph of the concluding observations."))
    before = {name: getattr(report, name) for name in dataclasses.asdict(dates)}
    for name, value in dataclasses.asdict(dates).items():
        setattr(report, name, value)
    report.title = title_of(report.cycle, report.kind, report.due_on.year if report.due_on else None)
    report.save(update_fields=[*before, "title"])
    history.record("report.set_dates", by=by, subject=report, before=before, after=dataclasses.asdict(dates))
    return report


@transaction.atomic
def ask_question(answer: Answer, *, asked: bool, is_required: bool, by: User) -> Answer:
    """Put a question back, set one aside, or change whether it is required, until the section is cleared."""
    section = moves.lock(answer.section, "report__cycle", "section__part")
    permissions.require(by, COORDINATE_REPORT, section.report)
    reason = before_cleared(section)
    if reason:
        raise Refused(reason)
    answers = list(section.answers.select_related("question").order_by("question__position"))
    changed = next(each for each in answers if each.pk == answer.pk)
    changed.asked = asked
    changed.fell_out = "" if asked else FellOut.COORDINATOR
    changed.is_required = is_required and asked
    changed.save(update_fields=["asked", "fell_out", "is_required"])
    section.is_set_aside = not any(each.asked for each in answers)
    count_section(section, answers)
    section.save(update_fields=["is_set_aside", "asked", "answered", "required_missing", "words", "paragraphs"])
    history.record(
        "answer.ask", by=by, subject=section, question=changed.question.code, asked=asked, required=changed.is_required
    )
    return changed


@transaction.atomic
def delete_planned_report(report: Report, *, by: User) -> None:
    """Delete a report that is still planned and in which nothing was written."""
    report = moves.lock(report, "cycle")
    permissions.require(by, COORDINATE_REPORT, report)
    written = (
        report.answers.filter(version__gt=0).exists()
        or report.sections.exclude(status=SectionStatus.NOT_STARTED).exists()
    )
    if report.status != ReportStatus.PLANNED or written:
        raise Refused(_("Only a planned report in which nothing was written can be deleted."))
    history.record("report.delete", by=by, subject=report)
    report.delete()
