"""What a State keeps once and cites in many answers: laws, decisions, policies and studies."""

import datetime
from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from accounts.models import Body, StateOwned, User
from reporting.reports.choices import ItemKind
from reporting.reports.models.answer import Answer
from reporting.reports.querysets import LibraryQuerySet


class LibraryItem(StateOwned):
    """One entry of the library. Never deleted: an item that no longer serves is withdrawn, and stays readable."""

    kind = models.CharField(_("kind"), max_length=10, choices=ItemKind)
    title = models.CharField(_("title"), max_length=500)
    number = models.CharField(_("number"), max_length=120, blank=True)
    date = models.CharField(_("date"), max_length=120, blank=True)  # an ISO day, or words, as in an answer
    link = models.CharField(_("link"), max_length=2000, blank=True)
    language = models.CharField(_("language"), max_length=60, blank=True)
    valid_until = models.DateField(_("valid until"), null=True, blank=True)
    is_public = models.BooleanField(_("may be named to the mechanism"), default=True)
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="+", verbose_name=_("kept by"))
    created_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    revision = models.PositiveIntegerField(default=1)  # rises with each change: a form names the one that it opened on
    # The revision that last changed what an answer repeats of it (title, number, date, link, file).
    told_revision = models.PositiveIntegerField(default=1)
    withdrawn_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_note = models.TextField(blank=True)
    folded = models.TextField(blank=True, editable=False)  # title, number and date as they are searched
    history = HistoricalRecords(excluded_fields=["folded"])

    objects: ClassVar[Any] = LibraryQuerySet.as_manager()

    class Meta:
        ordering = ["folded", "pk"]

    def __str__(self) -> str:
        return self.title

    def has_expired(self, on: datetime.date) -> bool:
        return self.valid_until is not None and self.valid_until < on


class LibraryVersion(StateOwned):
    """One file of an item: the newest is the item's, the earlier ones stay."""

    item = models.ForeignKey(LibraryItem, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    file = models.FileField(upload_to="attachments/%Y/%m/")
    file_name = models.CharField(max_length=200)
    content_type = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)
    uploaded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField()

    class Meta:
        ordering = ["item", "-number"]
        constraints = [models.UniqueConstraint(fields=["item", "number"], name="library_version_once")]

    def __str__(self) -> str:
        return f"{self.item_id} v{self.number}"


class Citation(StateOwned):
    """An entry of an answer that names an item, by the entry's key; written by the save under its lock."""

    answer = models.ForeignKey(Answer, on_delete=models.CASCADE, related_name="citations")
    key = models.CharField(max_length=40)
    item = models.ForeignKey(LibraryItem, on_delete=models.PROTECT, related_name="citations")
    version = models.ForeignKey(LibraryVersion, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    revision = models.PositiveIntegerField()  # of the item, when the entry was last held against it
    cited_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    cited_at = models.DateTimeField()

    class Meta:
        ordering = ["answer", "pk"]
        constraints = [models.UniqueConstraint(fields=["answer", "key"], name="citation_once")]

    def __str__(self) -> str:
        return f"{self.answer_id}/{self.key}"

    @property
    def is_stale(self) -> bool:
        """Whether what the entry repeats changed in the library since it was last held against it."""
        return self.revision < self.item.told_revision
