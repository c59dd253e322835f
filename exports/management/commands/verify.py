from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from exports import verifying


class Command(BaseCommand):
    help = (
        "Say which submission, format and language a file is, or each file of a zip; exit status 1 if it, or one of "
        "them, is none."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            with open(options["file"], "rb") as file:
                verdict = verifying.verify(file)
        except OSError as error:
            raise CommandError(f"{options['file']} cannot be read: {error.strerror}.") from None
        for each in verdict.inside:
            self.stdout.write(f"{each.name}: {each.sentence}")
        if not verdict.is_known:
            raise CommandError(f"{verdict.sentence} SHA-256 {verdict.sha256}")
        self.stdout.write(f"{verdict.sentence} SHA-256 {verdict.sha256}")
