from typing import Any

from django.core.management.commands import flush
from django.db import connections

from accounts import append_only


class Command(flush.Command):
    """Django's own, which SQLite carries out with DELETE: what is guarded goes with all the rest, or stays whole."""

    def handle(self, **options: Any) -> None:
        with append_only.lifted(connections[options["database"]]):
            super().handle(**options)
