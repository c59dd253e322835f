"""What a save works on: a section and its answers as they stand, locked, and who may write in them.

One statement for the section and its answers, with the person's rights to them; one more for what the person's
body is asked, where it does not lead; one for files, where an answer of that kind is written; one for each kind of
target, where an answer refers to one.
"""

import dataclasses
import datetime
from collections.abc import Iterable
from functools import cached_property

from django.db.models import CharField, F, QuerySet, Value
from django.db.models.functions import Coalesce, NullIf
from django.utils.translation import gettext as _

from accounts.exceptions import Denial, Refused
from accounts.models import User
from accounts.permissions import Person, holding
from reporting.cycles.choices import COORDINATE
from reporting.cycles.models import ReviewCycle
from reporting.questionnaires.choices import QuestionKind
from reporting.reports import freeze, freeze_translations
from reporting.reports.choices import DRAFT, WRITE_CONTRIBUTION, ContributionStatus
from reporting.reports.models import Answer, Attachment, Contribution, Paragraph, ReportSection

# What a save does not read of a section and what is around it: long texts, and the facts of other pages.
UNREAD = (
    "question__roles",
    "question__kinds",
    "section__status_note",
    "section__due_on",
    "section__allotment",
    "section__assigned_at",
    "section__reopened_at",
    "section__cleared_own_drafting",
    "section__last_words",
    "section__section__see",
    "section__section__lead",
    "section__section__contribute",
    "section__section__consult",
    "section__section__kinds",
    "section__section__guidance",
    "section__section__questionnaire",
    "section__section__cluster",
    "section__section__is_optional",
    "section__section__position",
    "section__section__part__title",
    "section__section__part__translations",
    "section__section__part__questionnaire",
    "section__section__part__position",
    "section__report__title",
    "section__report__status_note",
    "section__report__status_by",
    "section__report__status_at",
    "section__report__due_source",
    "section__report__due_on",
    "section__report__drafts_due_on",
    "section__report__review_ends_on",
    "section__report__endorsement_on",
    "section__report__validation_until",
    "section__report__validation_round",
    "section__report__published_at",
    "section__report__word_limit",
    "section__report__started_by",
    "section__report__started_at",
    "section__report__questionnaire",
    "section__report__tier",
    "section__report__cycle__roles",
    "section__report__cycle__procedure",
    "section__report__cycle__opened_by",
    "section__report__cycle__opened_at",
    "section__report__cycle__dialogue_on",
    "section__report__cycle__number_from",
    "section__report__cycle__number_to",
    "section__report__cycle__slug",
    "section__lead__slug",
    "section__lead__kind",
    "section__lead__coordinates",
    "section__lead__remits",
)


@dataclasses.dataclass
class Locked:
    """A section and its answers by id, locked until the transaction ends."""

    section: ReportSection
    answers: dict[int, Answer]
    who: Person
    at: datetime.datetime

    @property
    def by(self) -> User:
        user: User = self.who.user
        return user

    @cached_property
    def files(self) -> dict[int, Attachment]:
        """The files of the section's answers by id, those removed included."""
        mine = [pk for pk, answer in self.answers.items() if answer.question.kind == QuestionKind.FILES]
        return {row.pk: row for row in Attachment.objects.filter(answer__in=mine)}

    def file_with(self, answer: Answer, sha256: str) -> Attachment | None:
        """The file of an answer with these very bytes, if it has one."""
        rows = (row for row in self.files.values() if row.answer_id == answer.pk and row.removed_at is None)
        return next((row for row in rows if row.sha256 == sha256), None)

    def paragraphs_of(self, answer_ids: Iterable[int]) -> dict[int, list[Paragraph]]:
        """The paragraphs of answers in order; an answer that was never saved has none, and is not asked for."""
        found: dict[int, list[Paragraph]] = {pk: [] for pk in answer_ids}
        saved = [pk for pk in found if pk in self.answers and self.answers[pk].version]
        if saved:
            for row in Paragraph.objects.filter(answer__in=saved).order_by("answer_id", "position", "pk"):
                found[row.answer_id].append(row)
        return found

    def origin_of(self, answer: Answer) -> int | None:
        """The body that a new paragraph or value comes from: the lead, or the body asked for this answer."""
        if self.who.holds(DRAFT, self.section):
            return self.section.lead_id
        live = [row for row in self.section.contributions.all() if row.status != ContributionStatus.WITHDRAWN]
        asked = [row for row in live if answer.pk in row.answer_ids and self.who.holds(WRITE_CONTRIBUTION, row)]
        return asked[0].body_id if asked else None


def lock(rows: "QuerySet[Answer]", who: Person, at: datetime.datetime) -> Locked:
    """Lock the section whose answers these are, read them and the person's rights: one statement.

    Of an answer, ``before_me`` is the name of who changed it last.
    Raises Refused, as of what does not exist, where there are none.
    """
    answers: list[Answer] = list(
        rows.select_for_update(of=("self", "section"))
        .select_related("section__section__part", "section__report__cycle", "section__lead", "question")
        .defer(*UNREAD)
        .annotate(
            before_me=Coalesce(
                NullIf("changed_by__name", Value("")), "changed_by__email", Value(""), output_field=CharField()
            ),
            may_draft=holding(who.user, DRAFT, ReportSection, "section"),
            may_coordinate=holding(who.user, COORDINATE, ReviewCycle, "report__cycle"),
        )
        .order_by("question__position")
    )
    if not answers:
        raise Refused(_("Nothing is asked in this section."), Denial.HIDDEN)
    section, rights = answers[0].section, vars(answers[0])
    for answer in answers:
        answer.section, answer.report = section, section.report
    freeze.load_targets(answers)
    freeze_translations.load(section.report, answers)
    may_draft, may_coordinate = rights["may_draft"], rights["may_coordinate"]
    who.learn(DRAFT, section, may_draft)
    who.learn(COORDINATE, section.report.cycle, may_coordinate)
    locked = Locked(section, {row.pk: row for row in answers}, who, at)
    if not (may_draft or may_coordinate):
        _read_contributions(locked)
    return locked


def _read_contributions(locked: Locked) -> None:
    """What bodies are asked in the section, with the person's right to write there: one statement."""
    rows = Contribution.objects.filter(section_id=locked.section.pk).annotate(
        asked_for=F("answers"), may_write=holding(locked.who.user, WRITE_CONTRIBUTION, Contribution)
    )
    found: dict[int, Contribution] = {}
    for row in rows.order_by("pk"):
        kept = found.setdefault(row.pk, row)
        kept.section = locked.section
        kept.__dict__.setdefault("answer_ids", set()).add(row.asked_for)
    for row in found.values():
        locked.who.learn(WRITE_CONTRIBUTION, row, row.may_write)  # type: ignore[attr-defined]
    locked.section.keep_contributions(list(found.values()))
