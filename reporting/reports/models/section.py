from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from accounts.models import Body, StateOwned, User
from reporting.questionnaires.models import Section
from reporting.reports.choices import SECTION_PERMISSIONS, SectionStatus
from reporting.reports.models.report import Report
from reporting.reports.querysets import SectionQuerySet


class ReportSection(StateOwned):
    """One section of the questionnaire in one report: the unit of work, permission and review."""

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="sections")
    section = models.ForeignKey(Section, on_delete=models.PROTECT, related_name="+")
    slug = models.SlugField(max_length=40)  # "f2"
    position = models.PositiveIntegerField()
    lead = models.ForeignKey(
        Body, on_delete=models.PROTECT, null=True, blank=True, related_name="led", verbose_name=_("lead body")
    )
    drafters = models.ManyToManyField(User, through="NamedDrafter", related_name="+")
    due_on = models.DateField(_("due on"), null=True, blank=True)
    allotment = models.PositiveIntegerField(_("words allotted"), null=True, blank=True)
    assigned_at = models.DateTimeField(null=True, blank=True)
    reopened_at = models.DateTimeField(null=True, blank=True)
    status = models.CharField(max_length=12, choices=SectionStatus, default=SectionStatus.NOT_STARTED)
    status_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    status_at = models.DateTimeField(null=True)
    status_note = models.TextField(blank=True)
    # Nothing asked: set aside, and counts as cleared.
    is_set_aside = models.BooleanField(default=False)
    # Cleared by somebody who drafted in it, for want of a second coordinator.
    cleared_own_drafting = models.BooleanField(default=False)
    # Counters, written by the save under its lock; lists, rulers and paragraph numbers read these.
    asked = models.PositiveIntegerField(default=0)
    answered = models.PositiveIntegerField(default=0)
    required_missing = models.PositiveIntegerField(default=0)
    words = models.PositiveIntegerField(default=0)
    paragraphs = models.PositiveIntegerField(default=0)
    last_words = models.PositiveIntegerField(null=True, blank=True)  # the same section in the last report
    history = HistoricalRecords(
        excluded_fields=["asked", "answered", "required_missing", "words", "paragraphs", "last_words"]
    )

    objects: ClassVar[Any] = SectionQuerySet.as_manager()

    class Meta:
        ordering = ["report", "position"]
        permissions = SECTION_PERMISSIONS
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["report", "section"], name="report_section_once"),
            models.UniqueConstraint(fields=["report", "slug"], name="report_section_slug_once"),
        ]
        indexes = [models.Index(fields=["report", "position"]), models.Index(fields=["lead", "status"])]

    def __str__(self) -> str:
        return f"{self.slug.upper()} {self.section.title}"

    @property
    def code(self) -> str:
        return self.slug.upper()

    @property
    def history_context(self) -> str:
        return self.report.slug

    def keep_contributions(self, rows: list[Any]) -> None:
        """Let ``contributions.all()`` be these, which were read already."""
        known = self.contributions.all()  # type: ignore[attr-defined]
        known._result_cache = rows
        self._prefetched_objects_cache = {**getattr(self, "_prefetched_objects_cache", {}), "contributions": known}


class NamedDrafter(StateOwned):
    """A drafter of the lead body named for the section; until some are named, all of the body's draft."""

    section = models.ForeignKey(ReportSection, on_delete=models.CASCADE, related_name="named")
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["section", "user"], name="named_drafter_once")]


class Presence(StateOwned):
    """Who has a section open to write in, and where: one row for each person and section, which the clock sweeps."""

    section = models.ForeignKey(ReportSection, on_delete=models.CASCADE, related_name="+")
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    question = models.PositiveSmallIntegerField(null=True)  # its number in the section
    at = models.DateTimeField(db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["section", "user"], name="presence_once")]
