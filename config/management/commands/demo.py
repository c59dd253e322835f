"""(Re)create the demonstration data."""

from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from config import demonstration


class Command(BaseCommand):
    help = "Make the demonstration anew: two invented States and six agencies. Refuses on any other database."

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError("This installation is no demonstration (SERVANDA_DEMO is not set).")
        if not demonstration.is_alone():
            raise CommandError("The database holds people who do not belong to the demonstration; nothing was changed.")
        if demonstration.exists():
            call_command("flush", interactive=False, verbosity=0)
            call_command("migrate", verbosity=0)
        call_command("load_catalogue", verbosity=0)
        with transaction.atomic():
            demonstration.build(self._say if options["verbosity"] > 1 else lambda line: None)
        self.stdout.write("The demonstration is ready.")

    def _say(self, line: str) -> None:
        self.stdout.write(line)
