from django.db import models

from accounts.models import StateOwned, User
from reporting.reports.choices import TranslationWhy
from reporting.reports.models.answer import Answer
from reporting.reports.models.section import ReportSection


class Translation(StateOwned):
    """One text of a section in another language: a paragraph, a name of a row, a note, the title of a source.

    Its source is the text that the translator had before them; where the text reads otherwise now, it is stale.
    """

    section = models.ForeignKey(ReportSection, on_delete=models.CASCADE, related_name="translations")
    # None for the title of an annex.
    answer = models.ForeignKey(Answer, on_delete=models.CASCADE, null=True, related_name="translations")
    language = models.CharField(max_length=12)
    key = models.CharField(max_length=240)  # which text: "17/p/…" a paragraph, "17/c/notes/…" a leaf, "annex/5"
    text = models.TextField()
    words = models.PositiveIntegerField(default=0)
    source = models.TextField()
    source_version = models.PositiveIntegerField(default=0)  # of the answer
    version = models.PositiveIntegerField(default=0)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["section", "pk"]
        constraints = [models.UniqueConstraint(fields=["section", "language", "key"], name="translation_once")]

    def __str__(self) -> str:
        return f"{self.key} {self.language}"


class TranslationVersion(StateOwned):
    """What one accepted save made of a translation. Written by the save; the database refuses any change of it."""

    translation = models.ForeignKey(Translation, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    text = models.TextField()
    source = models.TextField()
    source_version = models.PositiveIntegerField(default=0)
    why = models.CharField(max_length=10, choices=TranslationWhy, default=TranslationWhy.WRITTEN)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    by_name = models.CharField(max_length=160)
    at = models.DateTimeField()

    class Meta:
        ordering = ["translation", "number"]
        constraints = [models.UniqueConstraint(fields=["translation", "number"], name="translation_version_once")]

    def __str__(self) -> str:
        return f"{self.translation_id} v{self.number}"
