import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _


class JobStatus(models.TextChoices):
    WAITING = "waiting", _("Waiting")
    RUNNING = "running", _("Running")
    DONE = "done", _("Done")
    FAILED = "failed", _("Failed")
    CANCELLED = "cancelled", _("Cancelled")


class Job(models.Model):
    """Long work as a person sees it: progress, heartbeat, attempts, and the file it made."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField(max_length=60)  # as registered with accounts.jobs.kind
    state_party = models.ForeignKey("accounts.StateParty", on_delete=models.CASCADE, null=True, related_name="+")
    asked_by = models.ForeignKey("accounts.User", on_delete=models.CASCADE, null=True, related_name="jobs")
    asked_at = models.DateTimeField(auto_now_add=True)
    arguments = models.JSONField(default=dict)
    label = models.CharField(max_length=200, blank=True)
    status = models.CharField(max_length=10, choices=JobStatus, default=JobStatus.WAITING)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    attempts = models.PositiveSmallIntegerField(default=0)
    heartbeat_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    error = models.TextField(blank=True)  # a sentence for the person who asked
    file = models.FileField(upload_to="jobs/%Y/%m/", blank=True)
    file_name = models.CharField(max_length=200, blank=True)
    content_type = models.CharField(max_length=100, blank=True)
    size = models.PositiveBigIntegerField(default=0)

    class Meta:
        ordering = ["-asked_at"]
        indexes = [models.Index(fields=["status", "heartbeat_at"])]

    def __str__(self) -> str:
        return self.label or self.kind
