"""Named questions about editions."""

from typing import Any, Self

from django.db import models
from django.db.models import Q

from reporting.questionnaires.choices import QuestionnaireStatus


class QuestionnaireQuerySet(models.QuerySet[Any]):
    def published(self) -> Self:
        return self.filter(status=QuestionnaireStatus.PUBLISHED)

    def readable(self) -> Self:
        """Editions that people may read: published, or retired and still behind old reports."""
        return self.exclude(status=QuestionnaireStatus.DRAFT)

    def for_state(self, state_party_id: int | None) -> Self:
        """The common editions, and those made for this State from a list of issues."""
        return self.filter(Q(state_party__isnull=True) | Q(state_party_id=state_party_id))
