"""Named questions about what binds a State."""

import datetime
from typing import Self

from django.db.models import Q

from accounts.querysets import StateQuerySet


class RatificationQuerySet(StateQuerySet):
    def in_force(self, on: datetime.date) -> Self:
        return self.filter(Q(denounced_on__isnull=True) | Q(denounced_on__gt=on), in_force_on__lte=on)
