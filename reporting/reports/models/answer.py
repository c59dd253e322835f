import uuid
from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import Body, StateOwned, User
from reporting.questionnaires.choices import Disposition
from reporting.questionnaires.models import Question
from reporting.reports.choices import Change, FellOut, Why
from reporting.reports.models.report import Report
from reporting.reports.models.section import ReportSection
from reporting.reports.querysets import AnswerVersionQuerySet


class Answer(StateOwned):
    """One per question of the report: content by kind, or a reasoned way not to answer."""

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="answers")
    section = models.ForeignKey(ReportSection, on_delete=models.CASCADE, related_name="answers")
    question = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="answers")
    asked = models.BooleanField(default=True)
    fell_out = models.CharField(max_length=12, choices=FellOut, blank=True)
    is_required = models.BooleanField(default=False)
    # In the shape that the class of its kind in questionnaires/kinds.py owns; nothing filters inside it.
    content = models.JSONField(default=dict)
    # body id by leaf of ``content``, for rows and values that a contributor wrote: {"cells/m1/m1/2024": 7}
    origins = models.JSONField(default=dict)
    disposition = models.CharField(max_length=16, choices=Disposition, blank=True)
    disposition_reason = models.TextField(_("reason"), blank=True)
    disposition_expected = models.CharField(_("expected when"), max_length=120, blank=True)
    target_submission = models.ForeignKey(
        "reports.Submission", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    target_document = models.CharField(_("symbol, or title and date"), max_length=200, blank=True)
    target_paragraph = models.CharField(_("paragraph"), max_length=20, blank=True)
    target_question = models.ForeignKey(Question, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    confirmed_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    confirmed_at = models.DateTimeField(null=True, blank=True)  # "not applicable", by clearing
    done_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    done_at = models.DateTimeField(null=True, blank=True)  # the drafter's mark; locks nothing
    version = models.PositiveIntegerField(default=0)
    version_sha256 = models.CharField(max_length=64, blank=True)  # of the last version: the end of its chain
    changed_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    changed_at = models.DateTimeField(null=True)
    is_answered = models.BooleanField(default=False)  # content or a disposition
    words = models.PositiveIntegerField(default=0)
    paragraph_count = models.PositiveIntegerField(default=0)  # as numbered in the submission form
    # Translations into the submission language by key, where they were read (freeze_translations).
    translated: "dict[str, Any] | None" = None

    class Meta:
        ordering = ["section", "question__position"]
        constraints = [models.UniqueConstraint(fields=["report", "question"], name="answer_once")]
        indexes = [models.Index(fields=["section", "asked"])]

    def __str__(self) -> str:
        return self.question.code


class Paragraph(StateOwned):
    """One paragraph of a narrative or of a choice's explanation; the page makes its key."""

    answer = models.ForeignKey(Answer, on_delete=models.CASCADE, related_name="paragraphs")
    key = models.UUIDField(default=uuid.uuid4)
    position = models.PositiveIntegerField()
    text = models.TextField()
    folded = models.TextField(blank=True, editable=False)  # the text as it is searched, by text.folding
    words = models.PositiveIntegerField(default=0)
    origin = models.ForeignKey(Body, on_delete=models.PROTECT, null=True, related_name="+")
    written_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    written_at = models.DateTimeField(null=True)
    is_editorial = models.BooleanField(default=False)
    # Where it was copied from, and when it was last held against it: a later version of the source makes it stale.
    source_answer = models.ForeignKey(Answer, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    source_key = models.UUIDField(null=True, blank=True)
    source_label = models.CharField(max_length=200, blank=True)
    source_copied_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["answer", "position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["answer", "key"], name="paragraph_key_once"),
            # Comments, history and merges name a paragraph by its key: no page can bring one into another answer.
            models.UniqueConstraint(fields=["key"], name="paragraph_in_one_answer"),
        ]

    def __str__(self) -> str:
        return str(self.key)


class AnswerVersion(StateOwned):
    """What one accepted save made of an answer; a chain by SHA-256. Written by the save, never changed."""

    answer = models.ForeignKey(Answer, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    by_name = models.CharField(max_length=160)
    at = models.DateTimeField()
    why = models.CharField(max_length=14, choices=Why, default=Why.DRAFT)
    name = models.CharField(max_length=120, blank=True)  # a named version that matters
    attempt = models.UUIDField(null=True)  # the page's identifier of the save, so that one tried again counts once
    content = models.JSONField(default=dict)  # the answer's content and disposition after this save
    # keys of the paragraphs in order, after this save
    order = models.JSONField(default=list)
    previous_sha256 = models.CharField(max_length=64, blank=True)
    sha256 = models.CharField(max_length=64)

    objects: ClassVar[Any] = AnswerVersionQuerySet.as_manager()

    class Meta:
        ordering = ["answer", "number"]
        constraints = [
            models.UniqueConstraint(fields=["answer", "number"], name="answer_version_once"),
            models.UniqueConstraint(fields=["answer", "by", "attempt"], name="answer_attempt_once"),
        ]

    def __str__(self) -> str:
        return f"{self.answer_id} v{self.number}"


class ParagraphVersion(StateOwned):
    """One paragraph that a save added, changed, moved or removed."""

    version = models.ForeignKey(AnswerVersion, on_delete=models.CASCADE, related_name="paragraphs")
    answer = models.ForeignKey(Answer, on_delete=models.CASCADE, related_name="+")
    number = models.PositiveIntegerField()  # of the answer's version
    key = models.UUIDField()
    change = models.CharField(max_length=8, choices=Change)
    position = models.PositiveIntegerField()
    text = models.TextField(blank=True)  # "" when removed
    origin = models.ForeignKey(Body, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["answer", "number", "position"]
        constraints = [models.UniqueConstraint(fields=["version", "key"], name="paragraph_version_once")]
        indexes = [models.Index(fields=["answer", "key", "-number"])]

    def __str__(self) -> str:
        return f"{self.key} v{self.number}"
