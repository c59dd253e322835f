from typing import Any

from django.core.management.base import BaseCommand, CommandError

from accounts import jobs


class Command(BaseCommand):
    help = "Do what is due: reminders, digests, clocks, pruning. Idempotent; the worker calls it each minute."

    def handle(self, *args: Any, **options: Any) -> None:
        failed = jobs.tick()
        if failed:
            raise CommandError("These failed, see the log: " + ", ".join(failed))
