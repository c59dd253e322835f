from functools import cached_property
from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from accounts.models import Body, StateOwned, User
from reporting.cycles.models import ReviewCycle
from reporting.cycles.titles import title_read
from reporting.instruments.choices import ReportKind
from reporting.questionnaires.choices import Tier
from reporting.questionnaires.models import Questionnaire
from reporting.reports.choices import ContributionStatus, ReportStatus
from reporting.reports.querysets import ReportQuerySet


class Report(StateOwned):
    """One document of a review cycle: what Geneva gets, and everything behind it."""

    cycle = models.ForeignKey(ReviewCycle, on_delete=models.PROTECT, related_name="reports")
    questionnaire = models.ForeignKey(Questionnaire, on_delete=models.PROTECT, related_name="reports")
    kind = models.CharField(_("kind"), max_length=30, choices=ReportKind)
    slug = models.SlugField(max_length=80)  # "cmw-3-periodic"
    tier = models.CharField(_("form"), max_length=10, choices=Tier, default=Tier.FULL)
    title = models.CharField(_("title"), max_length=300)  # in the usual words, in the submission language
    last_year = models.PositiveSmallIntegerField(_("last year of the tables"))
    word_limit = models.PositiveIntegerField(_("word limit"), null=True, blank=True)
    due_on = models.DateField(_("due on"), null=True, blank=True)
    due_source = models.CharField(_("source of the date"), max_length=200, blank=True)
    drafts_due_on = models.DateField(_("ministries’ drafts close on"), null=True, blank=True)
    review_ends_on = models.DateField(_("coordinator’s review ends on"), null=True, blank=True)
    endorsement_on = models.DateField(_("endorsement planned on"), null=True, blank=True)
    validation_until = models.DateField(_("validation until"), null=True, blank=True)
    validation_round = models.PositiveSmallIntegerField(default=0)
    published_at = models.DateTimeField(null=True, blank=True)
    status = models.CharField(max_length=14, choices=ReportStatus, default=ReportStatus.PLANNED)
    status_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    status_at = models.DateTimeField(null=True)
    status_note = models.TextField(blank=True)
    started_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    started_at = models.DateTimeField()
    history = HistoricalRecords()

    objects: ClassVar[Any] = ReportQuerySet.as_manager()

    class Meta:
        ordering = ["-started_at"]
        constraints = [
            models.UniqueConstraint(fields=["cycle", "kind"], name="report_once_per_cycle"),
            models.UniqueConstraint(fields=["state_party", "slug"], name="report_slug_once"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def title_here(self) -> str:
        """The title in the language of the moment; lists load the State, the cycle and its instrument for it."""
        due_year = self.due_on.year if self.due_on else None
        return title_read(self.title, self.cycle, self.kind, due_year, state=self.state_party.name)

    @property
    def history_context(self) -> str:
        return self.slug

    @cached_property
    def body_ids(self) -> set[int]:
        """Ids of the bodies in the report: those that lead a section, and those asked in one."""
        return set(self.bodies)

    @cached_property
    def bodies(self) -> dict[int, Body]:
        """The bodies in the report by id: one statement."""
        leads = self.sections.filter(lead__isnull=False).order_by().values("lead_id")
        live = [status for status in ContributionStatus if status != ContributionStatus.WITHDRAWN]
        asked = self.sections.filter(contributions__status__in=live).order_by().values("contributions__body_id")
        return Body.objects.filter(models.Q(pk__in=leads) | models.Q(pk__in=asked)).in_bulk()


class ValidationReply(StateOwned):
    """What one body said of the draft in one round of validation."""

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="replies")
    body = models.ForeignKey("accounts.Body", on_delete=models.PROTECT, related_name="+")
    round = models.PositiveSmallIntegerField()
    reply = models.CharField(max_length=14)  # choices.Reply
    text = models.TextField(_("objection"), blank=True)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True, blank=True)  # an objection answered by the coordinator
    settled_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    settled_note = models.TextField(blank=True)
    history = HistoricalRecords()

    class Meta:
        ordering = ["round", "body__name"]
        constraints = [models.UniqueConstraint(fields=["report", "body", "round"], name="reply_once_per_round")]

    def __str__(self) -> str:
        return f"{self.body}: {self.reply}"

    @property
    def history_context(self) -> str:
        return self.report.slug
