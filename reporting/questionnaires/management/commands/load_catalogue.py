from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from reporting.instruments.exceptions import CatalogueInvalid
from reporting.questionnaires.services.catalogue import load_catalogue


class Command(BaseCommand):
    help = (
        "Loads instruments, themes, agencies and questionnaires. Every file is checked before anything is written; "
        "loading twice changes nothing; a published questionnaire is never changed."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "folder",
            nargs="?",
            type=Path,
            metavar="DIR",
            help="A folder of catalogue files. Without it the product's own catalogue is loaded.",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            loaded = load_catalogue(options["folder"])
        except CatalogueInvalid as invalid:
            faults = "\n".join(map(str, invalid.faults))
            raise CommandError(f"Nothing was loaded.\n{faults}") from None
        if not options["verbosity"]:
            return
        self.stdout.write(
            f"Instruments: {loaded.instruments}, themes: {loaded.themes}, questionnaires: {loaded.questionnaires}, "
            f"questions: {loaded.questions}; rows changed: {loaded.changes}."
        )
