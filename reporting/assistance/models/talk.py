import uuid
from typing import Any, ClassVar

from django.db import models

from accounts.models import Agency, StateOwned, User
from reporting.assistance.models.request import AssistanceRequest
from reporting.assistance.querysets import MessageQuerySet, NoteQuerySet


class Message(StateOwned):
    """Said between the State and all agencies addressed, or one; the audience is fixed when it is written."""

    request = models.ForeignKey(AssistanceRequest, on_delete=models.PROTECT, related_name="messages")
    # The agency that it is between; none: all that were addressed.
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, null=True, related_name="+")
    # The agency that wrote; none: the State.
    sender = models.ForeignKey(Agency, on_delete=models.PROTECT, null=True, related_name="+")
    text = models.TextField()
    # Made with the form, so that a form sent twice says it once.
    token = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    objects: ClassVar[Any] = MessageQuerySet.as_manager()

    class Meta:
        ordering = ["at", "pk"]
        indexes = [models.Index(fields=["request", "at"])]

    def __str__(self) -> str:
        return f"{self.request_id} {self.at:%Y-%m-%d}"


class Note(StateOwned):
    """Written inside one agency; neither a State nor another agency reads it."""

    request = models.ForeignKey(AssistanceRequest, on_delete=models.PROTECT, related_name="notes")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    text = models.TextField()
    # Made with the form, so that a form sent twice says it once.
    token = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    objects: ClassVar[Any] = NoteQuerySet.as_manager()

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.agency_id} {self.at:%Y-%m-%d}"
