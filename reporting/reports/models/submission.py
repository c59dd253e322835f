from django.db import models
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from accounts.models import StateOwned, User
from reporting.reports.models.report import Report


class Submission(StateOwned):
    """The frozen content of an endorsed report; immutable, numbered. A later one supersedes, never alters it."""

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="submissions")
    number = models.PositiveSmallIntegerField()
    schema = models.PositiveSmallIntegerField()
    content = models.JSONField()  # reports.freeze
    sha256 = models.CharField(max_length=64)  # over the canonical JSON of ``content``
    words = models.PositiveIntegerField()
    paragraphs = models.PositiveIntegerField()
    over_limit_reason = models.TextField(blank=True)
    objections_reason = models.TextField(blank=True)
    corrigendum_note = models.TextField(blank=True)  # why a later one was made
    authority = models.CharField(_("authority"), max_length=200)
    endorsed_on = models.DateField(_("endorsed on"))
    reference = models.CharField(_("reference of the decision"), max_length=120, blank=True)
    decision_file = models.FileField(_("decision"), upload_to="endorsements/%Y/", blank=True)
    decision_file_name = models.CharField(max_length=200, blank=True)
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ["report", "-number"]
        constraints = [models.UniqueConstraint(fields=["report", "number"], name="submission_number_once")]

    def __str__(self) -> str:
        return f"{self.report.slug} · {self.number}"

    @property
    def history_context(self) -> str:
        return self.report.slug


class Transmission(StateOwned):
    """The note verbale that carried a submission's files, and what came back: recorded, not performed."""

    submission = models.ForeignKey(Submission, on_delete=models.PROTECT, related_name="transmissions")
    note_verbale = models.CharField(_("number of the note verbale"), max_length=80)
    sent_on = models.DateField(_("date"))
    addressee = models.CharField(_("addressee"), max_length=200)
    files = models.CharField(_("files sent"), max_length=200)  # formats, "docx pdf"
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
    received_on = models.DateField(_("receipt acknowledged on"), null=True, blank=True)
    acknowledgement = models.CharField(_("acknowledgement"), max_length=200, blank=True)
    symbol = models.CharField(_("document symbol"), max_length=80, blank=True)
    returned_on = models.DateField(_("returned by the secretariat on"), null=True, blank=True)
    returned_reason = models.TextField(blank=True)
    history = HistoricalRecords()

    class Meta:
        ordering = ["-sent_on", "-pk"]

    def __str__(self) -> str:
        return self.note_verbale

    @property
    def history_context(self) -> str:
        return self.submission.report.slug
