from typing import Any

from django.core.management.base import BaseCommand, CommandError

from accounts import history


class Command(BaseCommand):
    help = "Check the chains of the record of acts. Exit status 1 if one does not hold."

    def handle(self, *args: Any, **options: Any) -> None:
        broken = 0
        for entry, what in history.broken_links():
            self.stdout.write(f"{entry.chain} {entry.number}: {what}")
            broken += 1
        if broken:
            raise CommandError(f"{broken} entries are not as they were written.")
        self.stdout.write("All chains hold.")
