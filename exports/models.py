from django.db import models

from accounts.models import StateOwned
from reporting.reports.models import Submission


class StoredFile(StateOwned):
    """A file of a submission, made once per format and language, and served ever after."""

    submission = models.ForeignKey(Submission, on_delete=models.PROTECT, related_name="files_made")
    format = models.CharField(max_length=10)  # slug of exports.registry.FORMATS
    language = models.CharField(max_length=12)
    file = models.FileField(upload_to="submissions/%Y/")
    name = models.CharField(max_length=200)
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64, db_index=True)
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["submission", "format", "language"]
        constraints = [
            models.UniqueConstraint(fields=["submission", "format", "language"], name="file_made_once"),
        ]

    def __str__(self) -> str:
        return self.name
