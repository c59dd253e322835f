from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import Body, StateOwned, User
from reporting.reports.choices import Audience, Outcome
from reporting.reports.models.answer import Answer
from reporting.reports.models.contribution import ConsultationRound
from reporting.reports.models.section import ReportSection
from reporting.reports.querysets import CommentQuerySet


class Comment(StateOwned):
    """A remark on a section, answer or paragraph, with another wording or none, or a reply to one. Never deleted."""

    section = models.ForeignKey(ReportSection, on_delete=models.CASCADE, related_name="comments")
    answer = models.ForeignKey(Answer, on_delete=models.CASCADE, null=True, blank=True, related_name="comments")
    paragraph_key = models.UUIDField(null=True, blank=True)
    quote = models.CharField(max_length=120, blank=True)
    parent = models.ForeignKey("self", on_delete=models.CASCADE, null=True, blank=True, related_name="replies")
    round = models.ForeignKey(
        ConsultationRound, on_delete=models.CASCADE, null=True, blank=True, related_name="comments"
    )
    audience = models.CharField(_("who reads it"), max_length=12, choices=Audience, default=Audience.SECTION)
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="+")  # the author's, when written
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    text = models.TextField(_("comment"))
    # A suggestion: another wording for the paragraph, that wording and the answer's version when it was made.
    proposal = models.TextField(_("suggested wording"), blank=True)
    before = models.TextField(blank=True)
    base_version = models.PositiveIntegerField(null=True, blank=True)
    outcome = models.CharField(max_length=10, choices=Outcome, blank=True)
    is_objection = models.BooleanField(default=False)  # to an editorial change, or in validation
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    resolved_at = models.DateTimeField(null=True, blank=True)
    resolved_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    objects: ClassVar[Any] = CommentQuerySet.as_manager()

    class Meta:
        ordering = ["at", "pk"]
        indexes = [models.Index(fields=["section", "parent", "resolved_at"])]

    def __str__(self) -> str:
        return f"{self.by} · {self.section.code}"


class Attachment(StateOwned):
    """A file of an answer, or of its section as a whole: internal, until a coordinator makes it an annex."""

    section = models.ForeignKey(ReportSection, on_delete=models.CASCADE, related_name="attachments")
    answer = models.ForeignKey(Answer, on_delete=models.CASCADE, null=True, blank=True, related_name="attachments")
    title = models.CharField(_("title"), max_length=200)
    file = models.FileField(upload_to="attachments/%Y/%m/")
    file_name = models.CharField(max_length=200)
    content_type = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)
    # Where the file is one of the library: the stored bytes are the library's, there is no second copy.
    library_version = models.ForeignKey(
        "reports.LibraryVersion", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    is_annex = models.BooleanField(default=False)
    uploaded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["uploaded_at"]

    def __str__(self) -> str:
        return self.title
