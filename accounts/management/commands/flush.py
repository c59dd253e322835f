from typing import Any

from django.core.management.commands import flush
from django.db import connections

from accounts import append_only


class Command(flush.Command):
    """Django's own, which SQLite carries out with DELETE: the record of acts goes with all the rest, or stays whole."""

    def handle(self, **options: Any) -> None:
        connection = connections[options["database"]]
        append_only.unlock(connection)
        try:
            super().handle(**options)
        finally:
            append_only.lock(connection)
