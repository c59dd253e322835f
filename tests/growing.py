"""The same page at 1, 3 and 300 rows: rows made in bulk, past the services, and statements counted.

Each ``add_…`` gives ``count`` further rows to the cast's State, or to what it is called with.
"""

import datetime
from collections.abc import Callable, Mapping

from django.contrib.auth.models import Group
from django.utils import timezone

from accounts import history, permissions
from accounts.choices import BodyKind, Level, Role
from accounts.models import Agency, AgencyPosting, Body, Membership, Notification, RoleGroup, StateParty, User
from config.scale.reports import add_reports
from reporting.instruments.models import Instrument, Provision, Theme
from reporting.questionnaires.choices import Disposition, QuestionnaireStatus
from reporting.questionnaires.models import Question, Questionnaire, Section
from reporting.reports.choices import ContributionStatus, Reply
from reporting.reports.models import (
    Answer,
    Comment,
    ConsultationRound,
    Contribution,
    Report,
    ReportSection,
    Submission,
    ValidationReply,
)
from reporting.reports.permissions import contribution_grants, round_grants
from tests.reporting.reports import factories as made

SIZES = (1, 3, 300)


def counts(
    visits: Mapping[str, Callable[[], object]], grow: Callable[[int], object], statements
) -> dict[str, list[int]]:
    """The statements of every visit at each size, by name; ``grow(n)`` adds n rows."""
    found: dict[str, list[int]] = {name: [] for name in visits}
    there = 0
    for size in SIZES:
        grow(size - there)
        there = size
        for name, visit in visits.items():
            visit()  # what is kept for good is kept
            with statements() as seen:
                visit()
            found[name].append(len(seen))
    return found


def over(found: Mapping[str, list[int]], most: int) -> dict[str, list[int]]:
    """The pages that cost more than ``most`` statements, or not the same at each size."""
    return {name: seen for name, seen in found.items() if len(set(seen)) > 1 or max(seen) > most}


def page(client, address: str) -> Callable[[], object]:
    def visit() -> None:
        response = client.get(address)
        assert response.status_code == 200, (address, response.status_code)

    return visit


# --- people and bodies -------------------------------------------------------------------


def add_people(body: Body, role: str, count: int) -> list[User]:
    start = User.objects.count()
    users: list[User] = User.objects.bulk_create(
        User(email=f"p{start + n}@many.example.org", name=f"Person {start + n:03}", state_party=body.state_party)
        for n in range(count)
    )
    Membership.objects.bulk_create(
        Membership(state_party=body.state_party, user=user, body=body, role=role) for user in users
    )
    group = Group.objects.get(role_group__body=body, role_group__role=role)
    User.groups.through.objects.bulk_create(User.groups.through(user=user, group=group) for user in users)
    return users


def add_officers(agency: Agency, count: int) -> None:
    start = User.objects.count()
    users = User.objects.bulk_create(
        User(email=f"o{start + n}@many.example.org", name=f"Officer {start + n:03}", agency=agency)
        for n in range(count)
    )
    AgencyPosting.objects.bulk_create(AgencyPosting(user=user, agency=agency, level=Level.DESK) for user in users)


def add_bodies(state: StateParty, count: int) -> list[Body]:
    start = Body.objects.count()
    bodies = Body.objects.bulk_create(
        Body(state_party=state, slug=f"body-{start + n}", name=f"Ministry {start + n:03}", kind=BodyKind.MINISTRY)
        for n in range(count)
    )
    pairs = [(body, role) for body in bodies for role in (Role.DRAFTER, Role.FOCAL_POINT)]
    groups = Group.objects.bulk_create(Group(name=f"body:{body.pk}:{role}") for body, role in pairs)
    RoleGroup.objects.bulk_create(
        RoleGroup(group=group, body=body, role=role) for group, (body, role) in zip(groups, pairs, strict=True)
    )
    return bodies


def add_acts(subject, by: User, count: int) -> None:
    for number in range(count):
        history.record("report.set_dates", by=by, subject=subject, reason=f"Because {number}.")


def add_notices(user: User, count: int) -> None:
    """Of the newest sections of the State."""
    Notification.objects.bulk_create(
        Notification(
            recipient=user,
            kind="section.return",
            subject_type="reports.reportsection",
            subject_id=str(section.pk),
            names={"by": "Amina", "subject": section.code},
            at=timezone.now(),
        )
        for section in ReportSection.objects.filter(state_party=user.state_party).order_by("-pk")[:count]
    )


# --- reference data ----------------------------------------------------------------------


def add_instruments(state: StateParty, count: int) -> list[Instrument]:
    """Each in force for the State, with three articles under three themes that are made with the first."""
    themes = [
        Theme.objects.get_or_create(code=f"t{n}", defaults={"title": f"Theme {n}", "coverage": "partial"})[0]
        for n in range(3)
    ]
    start, mechanism = Instrument.objects.count(), made.mechanism()
    rows = Instrument.objects.bulk_create(
        Instrument(
            code=f"I{start + n}",
            short_name=f"Instrument {start + n}",
            title=f"Convention {start + n}",
            kind="core_treaty",
            has_reporting=True,
            mechanism=mechanism,
            position=start + n,
        )
        for n in range(count)
    )
    for row in rows[: None if count < 10 else 20]:
        made.ratify(state, row)
    articles = Provision.objects.bulk_create(
        Provision(instrument=row, article=str(n), label=f"Article {n}", position=n) for row in rows for n in range(3)
    )
    through = Theme.provisions.through
    through.objects.bulk_create(through(theme=themes[n % 3], provision=article) for n, article in enumerate(articles))
    return rows


def add_themes(count: int) -> list[Theme]:
    start = Theme.objects.count()
    themes = Theme.objects.bulk_create(
        Theme(code=f"many{start + n}", title=f"Theme {start + n}", coverage="partial", position=start + n)
        for n in range(count)
    )
    articles = list(Provision.objects.all()[:3])
    through = Theme.provisions.through
    through.objects.bulk_create(through(theme=theme, provision=article) for theme in themes for article in articles)
    return themes


# --- one report --------------------------------------------------------------------------


def report_of(state: StateParty, sections: int, questions: int = 1) -> Report:
    """A report in drafting of ``sections`` sections, each with ``questions`` narratives."""
    Questionnaire.objects.update(status=QuestionnaireStatus.RETIRED)
    edition = made.questionnaire(made.instrument())
    part = edition.parts.first()
    edition.sections.all().delete()
    rows = Section.objects.bulk_create(
        Section(
            questionnaire=edition,
            part=part,
            code=f"{edition.code}-S{n}",
            title=f"Subject {n}",
            lead=["health"],
            position=n,
        )
        for n in range(sections)
    )
    Question.objects.bulk_create(
        Question(section=row, code=f"{row.code}-Q{n}", kind="narrative", text=f"Describe {n}.", position=n)
        for row in rows
        for n in range(1, questions + 1)
    )
    return add_reports(state, 1)[0]


def add_talk(report: Report, cast) -> None:
    """In every section a contribution of another body, and a comment."""
    rows = list(report.sections.filter(contributions__isnull=True).select_related("lead"))
    now = timezone.now()
    asked = Contribution.objects.bulk_create(
        Contribution(
            state_party=cast.arcadia,
            section=row,
            body=cast.justice if row.lead == cast.health else cast.health,
            asked_by=cast.amina,
            asked_at=now,
            status=ContributionStatus.ASKED,
        )
        for row in rows
    )
    through = Contribution.answers.through
    answers = dict(Answer.objects.filter(report=report).values_list("section", "pk"))
    through.objects.bulk_create(through(contribution=row, answer_id=answers[row.section_id]) for row in asked)
    permissions.grant_new([(row, list(contribution_grants(row))) for row in asked])
    Comment.objects.bulk_create(
        Comment(state_party=cast.arcadia, section=row, body=cast.mechanism, by=cast.amina, at=now, text="Since when?")
        for row in rows
    )


def add_rounds(report: Report, cast, count: int) -> None:
    """Consultations of the human rights institution, each with a remark that nobody answered."""
    start, now = report.rounds.count(), timezone.now()
    content = {"report": {"language": "en"}, "sections": []}
    rounds = ConsultationRound.objects.bulk_create(
        ConsultationRound(
            state_party=cast.arcadia,
            report=report,
            number=start + n + 1,
            closes_on=timezone.localdate() + datetime.timedelta(days=9),
            content=content,
            opened_by=cast.amina,
            opened_at=now,
        )
        for n in range(count)
    )
    through = ConsultationRound.bodies.through
    through.objects.bulk_create(through(consultationround=row, body=cast.nhri) for row in rounds)
    permissions.grant_new([(row, list(round_grants(rounds[0]))) for row in rounds])
    section = report.sections.first()
    Comment.objects.bulk_create(
        Comment(state_party=cast.arcadia, section=section, round=row, body=cast.nhri, by=cast.nuri, at=now, text="Why?")
        for row in rounds
    )


def add_submissions(report: Report, by: User, count: int) -> None:
    start = report.submissions.count()
    Submission.objects.bulk_create(
        Submission(
            state_party_id=report.state_party_id,
            report=report,
            number=start + n + 1,
            schema=1,
            content={"report": {"language": "en"}},
            sha256="0" * 64,
            words=1,
            paragraphs=1,
            authority="Council of Ministers",
            endorsed_on=timezone.localdate(),
            recorded_by=by,
            recorded_at=timezone.now(),
        )
        for n in range(count)
    )


def add_replies(report: Report, bodies: list[Body], by: User, reply: str = Reply.NO_OBJECTION) -> None:
    ValidationReply.objects.bulk_create(
        ValidationReply(
            state_party_id=report.state_party_id,
            report=report,
            body=body,
            round=report.validation_round,
            reply=reply,
            by=by,
            at=timezone.now(),
        )
        for body in bodies
    )


def add_open_ends(report: Report, cast, bodies: list[Body]) -> None:
    """In every section what the checks find: words beyond the share, a figure without source, a reference that leads
    nowhere, an objection to an edit; and in validation an objection of every body.

    Each section has three questions; the second becomes an indicator, the third refers to the first.
    """
    report.sections.update(status="in_review", words=30_000, paragraphs=1, allotment=10, required_missing=1)
    first, second, third = (report.answers.filter(question__position=n) for n in (1, 2, 3))
    Question.objects.filter(answers__in=second).update(kind="indicator")
    second.update(content={"value": "3"})
    firsts = dict(first.values_list("section", "question"))
    for row in (rows := list(third)):
        row.disposition, row.target_question_id = Disposition.SEE_QUESTION, firsts[row.section_id]
    Answer.objects.bulk_update(rows, ["disposition", "target_question"])
    said = {"state_party": cast.arcadia, "by": cast.jonas, "body": cast.health, "at": timezone.now(), "text": "No."}
    sections = report.sections.all()
    Comment.objects.bulk_create(Comment(section=row, is_objection=True, **said) for row in sections)
    add_replies(report, bodies, cast.jonas, Reply.OBJECTION)
