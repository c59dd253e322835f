from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from exports import store


class Command(BaseCommand):
    help = "Say which submission, format and language a file is; exit status 1 if it is none."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            with open(options["file"], "rb") as file:
                verdict = store.verify(file)
        except OSError as error:
            raise CommandError(f"{options['file']} cannot be read: {error.strerror}.") from None
        if verdict.file is None:
            raise CommandError(f"{verdict.sentence} SHA-256 {verdict.sha256}")
        self.stdout.write(f"{verdict.sentence} SHA-256 {verdict.sha256}")
