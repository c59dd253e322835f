"""Reports in every stage of preparation, with sections, answers, contributions, comments and notices, in bulk."""

import dataclasses
import datetime
import uuid
from collections.abc import Iterator

from django.db.models import Max
from django.utils import timezone

from accounts import permissions
from accounts.choices import BodyKind, Role
from accounts.models import Body, Membership, Notification, StateParty, User
from reporting.cycles.models import ReviewCycle
from reporting.cycles.permissions import cycle_grants
from reporting.cycles.titles import title_of
from reporting.instruments.models import Ratification
from reporting.questionnaires.choices import QuestionKind, QuestionnaireStatus
from reporting.questionnaires.models import Question, Questionnaire, Section
from reporting.reports.choices import Audience, Change, ContributionStatus, ReportStatus, SectionStatus
from reporting.reports.models import (
    Answer,
    AnswerVersion,
    Comment,
    Contribution,
    Paragraph,
    ParagraphVersion,
    Report,
    ReportSection,
)
from reporting.reports.permissions import contribution_grants, section_grants
from reporting.reports.services.report import falls_out
from reporting.reports.services.versions import DISPOSITION_FIELDS, version_digest
from reporting.text.folding import fold

BATCH = 25  # reports held in memory at once
TEXT = "The Ministry recorded the matter in its register and informed those concerned within thirty days."
# One report in ten stands in each of the rarer states; half are drafted.
STAGES = (
    ReportStatus.DRAFTING,
    ReportStatus.PLANNED,
    ReportStatus.DRAFTING,
    ReportStatus.CONSOLIDATION,
    ReportStatus.DRAFTING,
    ReportStatus.VALIDATION,
    ReportStatus.DRAFTING,
    ReportStatus.ENDORSED,
    ReportStatus.DRAFTING,
    ReportStatus.TRANSMITTED,
)
SECTION_STAGES = (
    SectionStatus.DRAFTING,
    SectionStatus.NOT_STARTED,
    SectionStatus.IN_REVIEW,
    SectionStatus.RETURNED,
    SectionStatus.CLEARED,
    SectionStatus.DRAFTING,
    SectionStatus.NOT_STARTED,
)


@dataclasses.dataclass
class Staff:
    """Who does what in one State: the coordinator and body, and the ministries with somebody who writes for each."""

    state: StateParty
    coordinator: User
    coordinating: Body
    ministries: list[Body]
    writers: dict[int, User]


def staff_of(state: StateParty) -> Staff:
    rows = Membership.objects.filter(state_party=state).select_related("user", "body").order_by("pk")
    coordinating = next(row for row in rows if row.role == Role.COORDINATOR and row.body.coordinates)
    writers: dict[int, User] = {}
    for row in rows:
        if row.body.kind == BodyKind.MINISTRY and (row.role == Role.DRAFTER or row.body_id not in writers):
            writers[row.body_id] = row.user
    ministries = [body for body in Body.objects.filter(state_party=state).order_by("pk") if body.pk in writers]
    return Staff(state, coordinating.user, coordinating.body, ministries, writers)


@dataclasses.dataclass
class Edition:
    """A published questionnaire with the sections and questions that reports take from it."""

    row: Questionnaire
    sections: list[Section]
    questions: dict[int, list[Question]]


def _editions(sections: int) -> list[Edition]:
    rows = Questionnaire.objects.filter(status=QuestionnaireStatus.PUBLISHED, state_party__isnull=True)
    found = []
    for row in rows.select_related("instrument", "mechanism").order_by("code"):
        some = list(row.sections.order_by("position")[: sections or None])
        questions: dict[int, list[Question]] = {each.pk: [] for each in some}
        for question in Question.objects.filter(section__in=some).select_related("section").order_by("position"):
            questions[question.section_id].append(question)
        found.append(Edition(row, some, questions))
    if not found:
        raise LookupError("No questionnaire is published; load the catalogue first.")
    return found


def add_reports(state: StateParty, count: int, *, sections: int = 0) -> list[Report]:
    """``count`` further reports of the State, each in a cycle of its own; ``sections`` of each at most (0: all)."""
    staff, editions = staff_of(state), _editions(sections)
    _bind(state, editions)
    made: list[Report] = []
    for start in range(0, count, BATCH):
        chosen = [editions[number % len(editions)] for number in range(start, min(start + BATCH, count))]
        made += _batch(staff, chosen, start)
    return made


def _bind(state: StateParty, editions: list[Edition]) -> None:
    bound = set(Ratification.objects.filter(state_party=state).values_list("instrument_id", flat=True))
    wanted = {each.row.instrument_id for each in editions if each.row.instrument_id} - bound
    Ratification.objects.bulk_create(
        Ratification(state_party=state, instrument_id=pk, in_force_on=datetime.date(2000, 1, 1)) for pk in wanted
    )


def _batch(staff: Staff, chosen: list[Edition], start: int) -> list[Report]:
    cycles = ReviewCycle.objects.bulk_create(_cycles(staff, chosen))
    grants = list(cycle_grants(cycles[0]))
    permissions.grant_new([(cycle, grants) for cycle in cycles])
    pairs = zip(cycles, chosen, strict=True)
    reports = Report.objects.bulk_create(
        _report(staff, cycle, edition.row, start + place) for place, (cycle, edition) in enumerate(pairs)
    )
    rows = ReportSection.objects.bulk_create(
        row for report, edition in zip(reports, chosen, strict=True) for row in _sections(staff, report, edition)
    )
    by_lead = {lead.pk: list(section_grants(ReportSection(lead=lead, pk=0))) for lead in staff.ministries}
    permissions.grant_new([(row, by_lead[row.lead_id]) for row in rows if row.lead_id])
    questions = {pk: found for edition in chosen for pk, found in edition.questions.items()}
    answers = Answer.objects.bulk_create(answer for row in rows for answer in _answers(row, questions[row.section_id]))
    of_section: dict[int, list[Answer]] = {row.pk: [] for row in rows}
    for answer in answers:
        of_section[answer.section_id].append(answer)
    _write(staff, rows, of_section)
    _talk(staff, rows, of_section)
    return reports


def _cycles(staff: Staff, chosen: list[Edition]) -> Iterator[ReviewCycle]:
    known = ReviewCycle.objects.filter(state_party=staff.state).values_list("mechanism", "instrument")
    last = {(a, b): number for a, b, number in known.annotate(last=Max("number_to")).order_by()}
    for edition in chosen:
        row = edition.row
        key = (row.mechanism_id, row.instrument_id)
        number = last[key] = last.get(key, 0) + 1
        yield ReviewCycle(
            state_party=staff.state,
            mechanism=row.mechanism,
            instrument=row.instrument,
            number_from=number,
            number_to=number,
            slug=f"{(row.instrument or row.mechanism).code}-{number}".lower(),
            coordinating_body=staff.coordinating,
            opened_by=staff.coordinator,
            opened_at=timezone.now(),
        )


def _report(staff: Staff, cycle: ReviewCycle, edition: Questionnaire, place: int) -> Report:
    today = timezone.localdate()
    kind, due = edition.kinds[0], today + datetime.timedelta(days=30 + 11 * place % 700)
    return Report(
        state_party=staff.state,
        cycle=cycle,
        questionnaire=edition,
        kind=kind,
        slug=f"{cycle.slug}-{kind.replace('_', '-')}",
        title=title_of(cycle, kind, due.year),
        last_year=today.year - 1,
        word_limit=21_200,
        due_on=due,
        status=STAGES[place % len(STAGES)],
        status_by=staff.coordinator,
        status_at=timezone.now(),
        started_by=staff.coordinator,
        started_at=timezone.now(),
    )


def _sections(staff: Staff, report: Report, edition: Edition) -> Iterator[ReportSection]:
    today = timezone.localdate()
    for place, section in enumerate(edition.sections):
        asked = sum(not _falls_out(report, question) for question in edition.questions[section.pk])
        yield ReportSection(
            state_party=staff.state,
            report=report,
            section=section,
            slug=section.short_code.lower(),
            position=place,
            lead=staff.ministries[(place + report.pk) % len(staff.ministries)],
            assigned_at=report.started_at,
            due_on=today + datetime.timedelta(days=(7 * place + report.pk) % 120 - 10),
            allotment=400,
            is_set_aside=not asked,
            asked=asked,
            status=_stage(report, place + report.pk) if asked else SectionStatus.NOT_STARTED,
            status_by=staff.coordinator,
            status_at=timezone.now(),
        )


def _falls_out(report: Report, question: Question) -> str:
    return falls_out(question, kind=report.kind, tier=report.tier, roles=report.cycle.roles)


def _stage(report: Report, place: int) -> SectionStatus:
    if report.status == ReportStatus.PLANNED:
        return SectionStatus.NOT_STARTED
    if report.status != ReportStatus.DRAFTING:
        return SectionStatus.CLEARED
    return SECTION_STAGES[place % len(SECTION_STAGES)]


def _answers(row: ReportSection, questions: list[Question]) -> Iterator[Answer]:
    for question in questions:
        fell_out = _falls_out(row.report, question)
        yield Answer(
            state_party_id=row.state_party_id,
            report=row.report,
            section=row,
            question=question,
            asked=not fell_out,
            fell_out=fell_out,
            is_required=question.is_required and not fell_out,
        )


def _write(staff: Staff, rows: list[ReportSection], of_section: dict[int, list[Answer]]) -> None:
    """One paragraph in the first narrative of every section begun, as the save writes it, and the counters."""
    now = timezone.now()
    written, paragraphs, versions, changes = [], [], [], []
    for row in rows:
        answer = next((each for each in of_section[row.pk] if _is_narrative(each)), None)
        if answer is None or row.status == SectionStatus.NOT_STARTED or row.lead_id is None:
            continue
        by, key, text = staff.writers[row.lead_id], uuid.uuid4(), f"{row.code}, report {row.report_id}: {TEXT}"
        answer.version, answer.is_answered, answer.words, answer.paragraph_count = 1, True, len(text.split()), 1
        answer.changed_by, answer.changed_at = by, now
        said = {"content": {}, "disposition": {name: getattr(answer, name) for name in DISPOSITION_FIELDS}}
        version = AnswerVersion(
            state_party=staff.state,
            answer=answer,
            number=1,
            by=by,
            by_name=str(by),
            at=now,
            content=said,
            order=[str(key)],
        )
        change = ParagraphVersion(
            state_party=staff.state, answer=answer, number=1, key=key, change=Change.ADDED, position=0, text=text
        )
        version.sha256 = answer.version_sha256 = version_digest(version, [change])
        paragraphs.append(
            Paragraph(
                state_party=staff.state,
                answer=answer,
                key=key,
                position=0,
                text=text,
                folded=fold(text),
                words=answer.words,
                written_by=by,
                written_at=now,
            )
        )
        row.answered, row.words, row.paragraphs = 1, answer.words, 1
        written.append(answer)
        versions.append(version)
        changes.append(change)
    Paragraph.objects.bulk_create(paragraphs)
    for change, version in zip(changes, AnswerVersion.objects.bulk_create(versions), strict=True):
        change.version = version
    ParagraphVersion.objects.bulk_create(changes)
    fields = ["version", "version_sha256", "is_answered", "words", "paragraph_count", "changed_by", "changed_at"]
    Answer.objects.bulk_update(written, fields, batch_size=500)
    for row in rows:
        row.required_missing = sum(each.is_required and not each.is_answered for each in of_section[row.pk])
    ReportSection.objects.bulk_update(rows, ["answered", "words", "paragraphs", "required_missing"], batch_size=500)


def _is_narrative(answer: Answer) -> bool:
    return answer.asked and answer.question.kind == QuestionKind.NARRATIVE


def _talk(staff: Staff, rows: list[ReportSection], of_section: dict[int, list[Answer]]) -> None:
    """For each report the first section: one question asked of the next ministry, a comment, a notice."""
    now = timezone.now()
    first = [row for row in rows if row.position == 0 and row.asked]
    bodies = staff.ministries
    asked = Contribution.objects.bulk_create(
        Contribution(
            state_party=staff.state,
            section=row,
            body=next(body for body in bodies[bodies.index(row.lead) + 1 :] + bodies if body != row.lead),
            note="What the register says.",
            due_on=row.due_on,
            asked_by=staff.coordinator,
            asked_at=now,
            status=ContributionStatus.ASKED,
        )
        for row in first
        if row.lead is not None and len(bodies) > 1
    )
    through = Contribution.answers.through
    through.objects.bulk_create(
        through(contribution=each, answer=next(a for a in of_section[each.section_id] if a.asked)) for each in asked
    )
    permissions.grant_new([(each, list(contribution_grants(each))) for each in asked])
    Comment.objects.bulk_create(
        Comment(
            state_party=staff.state,
            section=row,
            audience=Audience.SECTION,
            body=staff.coordinating,
            by=staff.coordinator,
            at=now,
            text="Say since when.",
        )
        for row in first
    )
    Notification.objects.bulk_create(
        Notification(
            recipient=staff.writers[row.lead_id],
            kind="section.return",
            subject_type=row._meta.label_lower,
            subject_id=str(row.pk),
            names={"by": str(staff.coordinator), "subject": str(row)},
            at=now,
            mailed_at=now,
        )
        for row in first
        if row.lead_id
    )
