from django.db import models


class HistoryChain(models.Model):
    """The end of one chain: ``state:ARC``, ``agency:ILO`` or ``installation``. Locked while a row is added."""

    name = models.CharField(max_length=40, unique=True)
    last_number = models.PositiveBigIntegerField(default=0)
    last_sha256 = models.CharField(max_length=64, blank=True)

    def __str__(self) -> str:
        return self.name


class HistoryEntry(models.Model):
    """One act. Append-only: it copies names and labels and holds no cascading key, so it outlives its subject."""

    chain = models.CharField(max_length=40)
    number = models.PositiveBigIntegerField()
    at = models.DateTimeField()
    actor_id = models.BigIntegerField(null=True)
    actor_name = models.CharField(max_length=160, blank=True)
    act = models.CharField(max_length=60)
    subject_type = models.CharField(max_length=60, blank=True)
    subject_id = models.CharField(max_length=40, blank=True)
    subject_label = models.CharField(max_length=300, blank=True)
    # Labels of what the subject belongs to, so that a page can filter without joining: {"report": "cmw-3-periodic"}
    context = models.CharField(max_length=120, blank=True)
    reason = models.TextField(blank=True)
    # What changed, as names and labels: {"from": "in_review", "to": "cleared"}
    facts = models.JSONField(default=dict)
    previous_sha256 = models.CharField(max_length=64, blank=True)
    sha256 = models.CharField(max_length=64)

    class Meta:
        ordering = ["chain", "number"]
        constraints = [models.UniqueConstraint(fields=["chain", "number"], name="history_number_once")]
        indexes = [
            models.Index(fields=["chain", "context", "-number"]),
            models.Index(fields=["chain", "subject_type", "subject_id", "-number"]),
        ]

    def __str__(self) -> str:
        return f"{self.chain} {self.number}: {self.act}"
