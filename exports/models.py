import uuid

from django.db import models

from accounts.models import StateOwned, User
from reporting.reports.models import Report, ReportSection, Submission


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


class Workbook(StateOwned):
    """A workbook that was downloaded to be filled in; what stood in it is read again from the versions."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="workbooks")
    section = models.ForeignKey(ReportSection, on_delete=models.CASCADE, null=True, related_name="+")
    owner = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    language = models.CharField(max_length=12)
    edition_sha256 = models.CharField(max_length=64)  # of the questionnaire
    versions = models.JSONField(default=dict)  # {id of the answer: its version then}

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return str(self.uuid)


class FilledWorkbook(StateOwned):
    """A workbook that came back and waits for its person to look at it and apply it, once."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    workbook = models.ForeignKey(Workbook, on_delete=models.CASCADE, related_name="filled")
    owner = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=255)  # of the file
    sha256 = models.CharField(max_length=64)
    received_at = models.DateTimeField()
    # As exports.workbook.matching found them: {answer: {field: {"text", "sheet", "where", "label"}}}
    changes = models.JSONField(default=dict)
    problems = models.JSONField(default=list)  # [code, sheet, place, what the sentence needs]
    remarks = models.JSONField(default=list)  # [code, what the sentence needs]
    unchanged = models.PositiveIntegerField(default=0)  # cells
    applied_at = models.DateTimeField(null=True)
    applied = models.PositiveIntegerField(default=0)  # cells

    class Meta:
        ordering = ["-received_at", "-pk"]

    def __str__(self) -> str:
        return self.name
