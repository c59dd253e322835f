"""Named questions about instruments and what binds a State."""

import datetime
from typing import Any, Self

from django.db import models
from django.db.models import Q

from accounts.querysets import StateQuerySet
from reporting.text.folding import fold


class RatificationQuerySet(StateQuerySet):
    def in_force(self, on: datetime.date) -> Self:
        return self.filter(Q(denounced_on__isnull=True) | Q(denounced_on__gt=on), in_force_on__lte=on)


class SearchQuerySet(models.QuerySet[Any]):
    """Reference data with a ``folded`` column."""

    def matching(self, text: str) -> Self:
        """The rows that have every word of ``text``; none for a text without words."""
        words = fold(text).split()
        found = self if words else self.none()
        for word in words:
            found = found.filter(folded__contains=word)
        return found
