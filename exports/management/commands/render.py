from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from exports import output
from exports.formats.exceptions import CannotRender
from exports.formats.json import DocumentInvalid, load
from exports.registry import FORMATS


class Command(BaseCommand):
    help = (
        "Draw a JSON file of a report or a letter as PDF, Word or Excel: the same bytes as were drawn beside it. "
        "Asks no database."
    )
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", help="a JSON file as exported")
        parser.add_argument("--format", choices=list(FORMATS), help="default: the ending of the output")
        parser.add_argument("--output", required=True, metavar="FILE")

    def handle(self, *args: Any, **options: Any) -> None:
        path = options["file"]
        wanted = options["format"] or Path(options["output"]).suffix.lstrip(".").lower()
        if wanted not in FORMATS:
            raise CommandError(f"“{wanted}” is no format. Name one with --format: {', '.join(FORMATS)}.")
        try:
            document = load(Path(path).read_bytes())
            data = FORMATS[wanted].render(document)
        except OSError as error:
            raise CommandError(f"{path} cannot be read: {error.strerror}.") from None
        except (DocumentInvalid, CannotRender) as error:
            raise CommandError(f"{path}: {error}") from None
        output.write(options["output"], data)
