from django.db import models


class Notification(models.Model):
    """What a person should hear of: kind, subject and names, never content."""

    recipient = models.ForeignKey("accounts.User", on_delete=models.CASCADE, related_name="notifications")
    kind = models.CharField(max_length=40)
    subject_type = models.CharField(max_length=60)  # "reports.reportsection"
    subject_id = models.CharField(max_length=40)
    # Names for the sentence: {"by": "A. Okello", "section": "F2", "due": "2026-11-26"}
    names = models.JSONField(default=dict)
    at = models.DateTimeField()
    is_urgent = models.BooleanField(default=False)  # mailed at once, not in the digest
    read_at = models.DateTimeField(null=True, blank=True)
    mailed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-at", "-id"]
        indexes = [
            models.Index(fields=["recipient", "read_at", "-at"]),
            models.Index(fields=["mailed_at", "is_urgent"]),
        ]

    def __str__(self) -> str:
        return f"{self.kind} → {self.recipient}"
