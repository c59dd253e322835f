"""The demonstration's past: what is done inside ``on`` is stamped with that day."""

import datetime
from collections.abc import Iterator
from contextlib import contextmanager
from unittest import mock

from django.utils import timezone


class Clock:
    """Time in the demonstration: each act a little later than the one before, never after the real now."""

    def __init__(self) -> None:
        self._last = datetime.datetime(2000, 1, 1, tzinfo=datetime.UTC)
        self._real = timezone.now

    @contextmanager
    def on(self, day: datetime.date | str, hour: int = 10) -> Iterator[None]:
        """Let the services see this day as today."""
        date = datetime.date.fromisoformat(day) if isinstance(day, str) else day
        moment = datetime.datetime(date.year, date.month, date.day, hour, tzinfo=datetime.UTC)
        self._last = min(moment, self._real())
        with mock.patch.object(timezone, "now", self._tick):
            yield

    def _tick(self) -> datetime.datetime:
        self._last = min(self._last + datetime.timedelta(seconds=37), self._real())
        return self._last
