"""Synthetic data for measurements."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from config import demonstration, scale


class Command(BaseCommand):
    help = (
        "Add synthetic States with reports and requests, in bulk, to measure pages with; the password of everybody is "
        "that of the demonstration. Refuses on a database that holds anybody but invented people."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--states", type=int, default=1, help="how many States to add (1)")
        parser.add_argument("--reports", type=int, default=20, help="reports of each State (20)")
        parser.add_argument("--requests", type=int, default=20, help="requests of each State (20)")
        parser.add_argument("--sections", type=int, default=0, help="sections of each report at most (0: all)")

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError("This installation is no demonstration (SERVANDA_DEMO is not set).")
        if not demonstration.is_alone():
            raise CommandError("The database holds people who do not belong to the demonstration; nothing was changed.")
        wrong = [name for name in ("states", "reports", "requests", "sections") if options[name] < 0]
        if wrong:
            raise CommandError(f"--{wrong[0]} is a number from 0 on.")
        size = scale.Size(options["reports"], options["requests"], options["sections"])
        try:
            scale.seed(options["states"], size, self.stdout.write)
        except LookupError as error:
            raise CommandError(str(error)) from error
