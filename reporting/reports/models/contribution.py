from functools import cached_property
from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from accounts.models import Body, StateOwned, User
from reporting.reports.choices import CONTRIBUTION_PERMISSIONS, ROUND_PERMISSIONS, ContributionStatus, RoundStatus
from reporting.reports.models.answer import Answer
from reporting.reports.models.report import Report
from reporting.reports.models.section import ReportSection
from reporting.reports.querysets import ContributionQuerySet


class Contribution(StateOwned):
    """A body asked for named questions of a section, until a date; it writes in the section's own answers."""

    section = models.ForeignKey(ReportSection, on_delete=models.CASCADE, related_name="contributions")
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="contributions")
    answers = models.ManyToManyField(Answer, related_name="contributions")
    note = models.TextField(_("what is asked"), blank=True)
    due_on = models.DateField(_("due on"), null=True, blank=True)
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    status = models.CharField(max_length=10, choices=ContributionStatus, default=ContributionStatus.ASKED)
    status_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    status_at = models.DateTimeField(null=True)
    status_note = models.TextField(blank=True)
    history = HistoricalRecords(m2m_fields=[answers])

    objects: ClassVar[Any] = ContributionQuerySet.as_manager()

    class Meta:
        ordering = ["section__position", "body__name"]
        permissions = CONTRIBUTION_PERMISSIONS
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["section", "body"],
                condition=~models.Q(status=ContributionStatus.WITHDRAWN),
                name="contribution_once_per_body",
            )
        ]

    def __str__(self) -> str:
        return f"{self.section.code} · {self.body}"

    @cached_property
    def answer_ids(self) -> set[int]:
        """Ids of the answers asked for; no statement where ``answers`` was prefetched."""
        return {answer.pk for answer in self.answers.all()}

    @property
    def history_context(self) -> str:
        return self.section.report.slug


class ConsultationRound(StateOwned):
    """Chosen sections shown to consulted bodies until a date, as a frozen copy on which they comment."""

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="rounds")
    number = models.PositiveSmallIntegerField()
    bodies = models.ManyToManyField(Body, related_name="rounds")
    note = models.TextField(_("to the bodies consulted"), blank=True)
    closes_on = models.DateField(_("comments until"))
    # The copy: content of the chosen sections in the shape of reports.freeze.
    content = models.JSONField()
    opened_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()
    status = models.CharField(max_length=8, choices=RoundStatus, default=RoundStatus.OPEN)
    status_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    status_at = models.DateTimeField(null=True)
    status_note = models.TextField(blank=True)
    history = HistoricalRecords(excluded_fields=["content"])

    class Meta:
        ordering = ["-number"]
        permissions = ROUND_PERMISSIONS
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["report", "number"], name="round_number_once")]

    def __str__(self) -> str:
        return f"{self.report.slug} · {self.number}"

    @property
    def history_context(self) -> str:
        return self.report.slug
